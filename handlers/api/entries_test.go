package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/handlers/api/apitest"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// listSite is a site with a service that Mia gives.
type listSite struct {
	*apitest.Site
	cut, mia string
}

// openList opens the whole program for a business that gives haircuts.
func openList(t *testing.T) listSite {
	t.Helper()
	s := listSite{Site: apitest.Open(t)}
	s.cut = s.AddService("Cut", time.Hour, 0)
	s.mia = s.AddStaffMember("Mia", s.cut)
	return s
}

// number counts in the database.
func (s listSite) number(query string) (n int) {
	s.T.Helper()
	if err := s.DB.Pool().QueryRowContext(s.Context(), query).Scan(&n); err != nil {
		s.T.Fatal(err)
	}
	return n
}

// add puts somebody on the list and gives the entry's id.
func (s listSite) add(name string) string {
	s.T.Helper()
	return s.Add("/entries", map[string]any{
		"service_id": s.cut, "name": name, "email": strings.ToLower(name) + "@example.com", "consent": true,
	})
}

type listEntry struct {
	ID, State, Source string
	Note              *string
	Priority          int
	Customer          struct {
		ID, Name     string
		Email, Phone *string
	}
	Wishes struct {
		OnlyStaff []string `json:"only_staff_member_ids"`
		Earliest  *string  `json:"earliest_on"`
		Notice    int      `json:"notice_minutes"`
		Windows   []struct {
			Weekday  *int
			From, To string
		}
	}
	Tags []struct{ ID, Name string }
}

type entryPage struct {
	Data []listEntry
	Next *string `json:"next_cursor"`
	Find *string
}

func TestStaffPutSomebodyOnTheListWithAllThatThePageAsks(t *testing.T) {
	s := openList(t)
	body := map[string]any{
		"service_id": s.cut, "name": "Ada Lovelace", "email": "ada@example.com", "phone": "030 123456", "consent": true, "priority": 2, "note": "Likes it short",
		"wishes": map[string]any{
			"only_staff_member_ids": []string{s.mia}, "earliest_on": "2027-04-01", "notice_minutes": 90,
			"windows": []any{map[string]any{"weekday": 1, "from": "09:00", "to": "12:00"}, map[string]any{"weekday": nil, "from": "18:00", "to": "24:00", "preferred": true}},
		},
	}
	q := apitest.Request{Method: "POST", Path: "/entries", Body: body, Header: map[string]string{"Idempotency-Key": "once"}}
	var e, again listEntry
	first := s.Send(q).Want(http.StatusCreated, &e)
	if e.State != "waiting" || e.Source != "staff" || e.Priority != 2 || *e.Note != "Likes it short" || *e.Customer.Phone != "+4930123456" {
		t.Errorf("%+v", e)
	}
	if w := e.Wishes; len(w.OnlyStaff) != 1 || *w.Earliest != "2027-04-01" || w.Notice != 90 || len(w.Windows) != 2 || *w.Windows[0].Weekday != 1 || w.Windows[1].Weekday != nil || w.Windows[1].To != "24:00" {
		t.Errorf("wishes %+v", w)
	}
	s.Send(q).Want(http.StatusCreated, &again)
	var list entryPage
	s.Get("/entries").Want(http.StatusOK, &list)
	if again.ID != e.ID || len(list.Data) != 1 {
		t.Errorf("sent again it is %s, and the list has %d", again.ID, len(list.Data))
	}
	if got := s.Get(strings.TrimPrefix(first.Header.Get("Location"), "/api/v1")).Want(http.StatusOK, nil); got.Header.Get("ETag") != first.Header.Get("ETag") {
		t.Errorf("the ETag is %s, and was %s", got.Header.Get("ETag"), first.Header.Get("ETag"))
	}
	s.Post("/entries", body).Refused(http.StatusConflict, "already_waiting")
	s.Post("/entries", map[string]any{"service_id": "nobody's", "name": "Ada", "email": "no address"}).Refused(http.StatusUnprocessableEntity, "invalid", "service_id", "email", "consent")
	s.Post("/entries", map[string]any{"service_id": s.cut, "name": "Ada", "wishes": map[string]any{"windows": []any{map[string]any{"weekday": 1, "from": "12:00", "to": "09:00"}}}}).
		Refused(http.StatusUnprocessableEntity, "invalid", "wishes/windows/0")
	s.Post("/entries", map[string]any{"service_id": s.cut, "name": "Ada", "wishes": map[string]any{"only_staff_member_ids": []string{"nobody"}}}).
		Refused(http.StatusUnprocessableEntity, "invalid", "wishes/only_staff_member_ids")
	var second listEntry
	perm := s.AddService("Perm", time.Hour, 0)
	s.Post("/entries", map[string]any{"service_id": perm, "customer_id": e.Customer.ID, "consent": true}).Want(http.StatusCreated, &second)
	if second.Customer.ID != e.Customer.ID || second.Customer.Name != "Ada Lovelace" {
		t.Errorf("a known customer: %+v", second)
	}
}

func TestTheListIsReadPageByPageInEachOrderAndFiltered(t *testing.T) {
	s := openList(t)
	var ids []string
	for i := range 7 {
		ids = append(ids, s.add(fmt.Sprintf("Guest%d", i)))
		s.Pass(time.Minute)
	}
	s.Patch("/entries/"+ids[5], map[string]any{"priority": 3, "reason": "Urgent"}).Want(http.StatusOK, nil)
	read := func(query string) (got []string) {
		t.Helper()
		for path := "/entries?limit=3" + query; ; {
			var p entryPage
			s.Get(path).Want(http.StatusOK, &p)
			for _, e := range p.Data {
				got = append(got, e.ID)
			}
			if p.Next == nil {
				return got
			}
			path = "/entries?limit=3" + query + "&cursor=" + *p.Next
		}
	}
	same := func(what string, got []string, want ...string) {
		t.Helper()
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	same("by place", read(""), ids[5], ids[0], ids[1], ids[2], ids[3], ids[4], ids[6])
	same("by joining", read("&order=joined"), ids...)
	same("the newest first", read("&order=new"), ids[6], ids[5], ids[4], ids[3], ids[2], ids[1], ids[0])
	same("by change", read("&order=changed")[:2], ids[5], ids[6])
	s.Post("/entries/"+ids[2]+"/pause", nil).Want(http.StatusOK, nil)
	s.Delete("/entries/"+ids[3]).Want(http.StatusNoContent, nil)
	same("paused ones", read("&state=paused"), ids[2])
	same("those off the list", read("&state=ended"), ids[3])
	same("somebody else's service", read("&service_id=unknown"))
	same("of an import", read("&source=import"))
	same("who joined tomorrow", read("&joined_from=2030-01-01"))
	var p entryPage
	s.Get("/entries?limit=3").Want(http.StatusOK, &p)
	s.Get("/entries?order=new&cursor="+*p.Next).Refused(http.StatusUnprocessableEntity, "invalid", "cursor")
	s.Get("/entries?cursor=AAAA").Refused(http.StatusUnprocessableEntity, "invalid", "cursor")
	s.Get("/entries?joined_from=2027-05-02&joined_to=2027-05-01").Refused(http.StatusUnprocessableEntity, "invalid", "joined_to")
	// Whoever stood behind the place is gone: the list ends there, and does not begin anew.
	s.Get("/entries?limit=5&order=joined").Want(http.StatusOK, &p)
	for _, id := range ids[5:] {
		s.Delete("/entries/"+id).Want(http.StatusNoContent, nil)
	}
	next := *p.Next
	s.Get("/entries?limit=5&order=joined&cursor="+next).Want(http.StatusOK, &p)
	if len(p.Data) != 0 || p.Next != nil {
		t.Errorf("behind the end: %+v", p)
	}
}

func TestWhoIsSearchedForStandsInNoAddress(t *testing.T) {
	s := openList(t)
	ada := s.add("Ada")
	s.add("Grace")
	for _, typed := range []string{"ad", "ADA@example.com"} {
		var p entryPage
		s.Post("/entries/search", map[string]any{"filter": map[string]any{"search": typed}}).Want(http.StatusOK, &p)
		if len(p.Data) != 1 || p.Data[0].ID != ada || p.Find == nil || strings.Contains(strings.ToLower(*p.Find), "ada") {
			t.Fatalf("%s: %+v", typed, p)
		}
		var listed entryPage
		s.Get("/entries?find="+*p.Find).Want(http.StatusOK, &listed)
		if len(listed.Data) != 1 || listed.Data[0].ID != ada {
			t.Errorf("with find: %+v", listed)
		}
		file := s.Post("/entries/export?find="+*p.Find, nil).Want(http.StatusOK, nil)
		if text := string(file.Body); !strings.Contains(text, "ada@example.com") || strings.Contains(text, "grace@") {
			t.Errorf("exported: %s", text)
		}
	}
	if n := s.number("SELECT COUNT(*) FROM audit_entries WHERE action = 'list.export' AND actor = 'key'"); n != 2 {
		t.Errorf("%d exports are noted as the key's", n)
	}
}

func TestAnEntryIsChangedAllAtOnceOrNotAtAll(t *testing.T) {
	s := openList(t)
	id := s.add("Ada")
	first := s.Get("/entries/"+id).Want(http.StatusOK, nil).Header.Get("ETag")
	s.Send(apitest.Request{Method: "GET", Path: "/entries/" + id, Header: map[string]string{"If-None-Match": first}}).Want(http.StatusNotModified, nil)
	s.Pass(time.Minute)
	change := func(tag string, body any) apitest.Answer {
		return s.Send(apitest.Request{Method: "PATCH", Path: "/entries/" + id, Body: body, Header: map[string]string{"If-Match": tag}})
	}
	var e listEntry
	change(first, map[string]any{"note": "Call first", "wishes": map[string]any{"notice_minutes": 60, "earliest_on": "2027-04-01"}}).Want(http.StatusOK, &e)
	if *e.Note != "Call first" || e.Wishes.Notice != 60 {
		t.Errorf("%+v", e)
	}
	change(first, map[string]any{"note": "Mine"}).Refused(http.StatusPreconditionFailed, "changed")
	s.Patch("/entries/"+id, map[string]any{"note": "Kept?", "priority": 1}).Refused(http.StatusUnprocessableEntity, "invalid", "reason")
	s.Patch("/entries/"+id, map[string]any{"note": "Kept?", "wishes": map[string]any{"latest_on": "2020-01-01"}}).Refused(http.StatusUnprocessableEntity, "invalid", "wishes/latest_on")
	s.Patch("/entries/"+id, map[string]any{"priority": 1, "reason": "Waited long", "wishes": map[string]any{"earliest_on": nil}}).Want(http.StatusOK, &e)
	if *e.Note != "Call first" || e.Priority != 1 || e.Wishes.Earliest != nil || e.Wishes.Notice != 60 {
		t.Errorf("what wasn't sent is changed: %+v", e)
	}
	s.Patch("/entries/"+id, map[string]any{"note": nil}).Want(http.StatusOK, &e)
	if e.Note != nil {
		t.Errorf("the note is %q", *e.Note)
	}
	var events struct {
		Data []struct{ What, By, Reason string }
	}
	s.Get("/entries/"+id+"/history").Want(http.StatusOK, &events)
	var told []string
	for _, event := range events.Data {
		told = append(told, event.What+" by "+event.By)
	}
	if got := strings.Join(told, ", "); !strings.Contains(got, "priority by key") || !strings.HasSuffix(got, "add by key") || len(told) != 6 {
		t.Errorf("history: %s", got)
	}
}

// TestNobodyOverwritesWhatChangedBetweenReadingAndWriting puts a change between the read that If-Match is checked against and the act.
func TestNobodyOverwritesWhatChangedBetweenReadingAndWriting(t *testing.T) {
	s := openList(t)
	id := s.add("Ada")
	row, err := s.W.Entry(t.Context(), s.Tenant, id)
	if err != nil {
		t.Fatal(err)
	}
	note := "Mine"
	if err := s.W.SetPriority(t.Context(), s.Staff, id, 1, "Meanwhile"); err != nil {
		t.Fatal(err)
	}
	if err := s.W.ChangeEntry(t.Context(), s.Staff, id, waitlist.EntryChange{Version: row.Version, Note: &note}); err == nil {
		t.Error("the note is written over a newer entry")
	}
	if err := s.W.RemoveEntryAt(t.Context(), s.Staff, id, row.Version); err == nil {
		t.Error("a newer entry is removed")
	}
	var e listEntry
	s.Get("/entries/"+id).Want(http.StatusOK, &e)
	if e.State != "waiting" || e.Note != nil {
		t.Errorf("%+v", e)
	}
}

func TestAnEntryGoesThroughItsStates(t *testing.T) {
	s := openList(t)
	id := s.add("Ada")
	state := func(want string, a apitest.Answer) {
		t.Helper()
		var e listEntry
		a.Want(http.StatusOK, &e)
		if e.State != want {
			t.Errorf("it is %s, want %s", e.State, want)
		}
	}
	at := "/entries/" + id
	state("paused", s.Post(at+"/pause", nil))
	state("paused", s.Post(at+"/pause", nil))
	state("waiting", s.Post(at+"/return", nil))
	state("waiting", s.Post(at+"/stay", nil))
	tag := s.Get(at).Header.Get("ETag")
	s.Post(at+"/pause", nil)
	s.Send(apitest.Request{Method: "DELETE", Path: at, Header: map[string]string{"If-Match": tag}}).Refused(http.StatusPreconditionFailed, "changed")
	s.Delete(at).Want(http.StatusNoContent, nil)
	s.Delete(at).Want(http.StatusNoContent, nil)
	s.Post(at+"/pause", nil).Refused(http.StatusGone, "entry_ended")
	s.Patch(at, map[string]any{"priority": 1, "reason": "Late"}).Refused(http.StatusGone, "entry_ended")
	s.Patch(at, map[string]any{"note": "Came by"}).Want(http.StatusOK, nil)
	state("waiting", s.Post(at+"/restoration", nil))
	s.Open(s.mia, 1, "10:00", time.Hour)
	state("offered", s.Get(at))
	s.Post(at+"/pause", nil).Refused(http.StatusConflict, "answer_first")
	var offers struct{ Data []struct{ State string } }
	s.Get(at+"/offers").Want(http.StatusOK, &offers)
	var place struct{ Position *int }
	s.Get(at+"/place").Want(http.StatusOK, &place)
	var counts struct {
		Waiting   int
		OffersOut int `json:"offers_out"`
	}
	s.Get("/entries/counts").Want(http.StatusOK, &counts)
	if len(offers.Data) != 1 || offers.Data[0].State != "pending" || place.Position != nil || counts.OffersOut != 1 || counts.Waiting != 1 {
		t.Errorf("offers %+v, place %+v, counts %+v", offers, place, counts)
	}
	var mails struct{ Data []struct{ Kind string } }
	s.Get(at+"/emails").Want(http.StatusOK, &mails)
	if len(mails.Data) != 2 || mails.Data[0].Kind != "offer" {
		t.Errorf("emails %+v", mails)
	}
}

func TestNobodySeesOrTouchesEntriesWithoutTheRightTo(t *testing.T) {
	s := openList(t)
	id := s.add("Ada")
	reads, slots := s.Key(rules.ScopeListRead), s.Key(rules.ScopeSlotsRead)
	s.Send(apitest.Request{Method: "GET", Path: "/entries/" + id, Token: reads}).Want(http.StatusOK, nil)
	s.Send(apitest.Request{Method: "DELETE", Path: "/entries/" + id, Token: reads}).Refused(http.StatusForbidden, "scope")
	s.Send(apitest.Request{Method: "GET", Path: "/entries", Token: slots}).Refused(http.StatusForbidden, "scope")
	other := s.KeyOf(s.Another("elsewhere", "Elsewhere"), rules.AllScopes()...)
	for _, q := range []apitest.Request{
		{Method: "GET", Path: "/entries/" + id}, {Method: "DELETE", Path: "/entries/" + id}, {Method: "POST", Path: "/entries/" + id + "/pause"},
		{Method: "PATCH", Path: "/entries/" + id, Body: map[string]any{"note": "x"}}, {Method: "GET", Path: "/entries/" + id + "/history"}, {Method: "GET", Path: "/entries/" + id + "/place"},
	} {
		q.Token = other
		s.Send(q).Refused(http.StatusNotFound, "no_such_entry")
	}
}
