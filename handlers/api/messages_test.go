package api_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"testing"

	"github.com/your-org/waitlist-management/handlers/api/apitest"
	"github.com/your-org/waitlist-management/waitlist"
)

type message struct {
	ID, Kind, Name, Outcome string
	Customer                *string `json:"customer_id"`
	Class                   *string
	SentAt                  *string `json:"sent_at"`
	NextTryAt               *string `json:"next_try_at"`
	Email                   *string
	Attempts                int
	Refused, Unwritten      *string
	About                   struct {
		Service *string `json:"service_name"`
		Entry   *string `json:"entry_id"`
		Start   *string `json:"starts_at"`
	}
	Tries []struct{ By *string }
}

func TestMessagesComeNewestFirstAPageAtATime(t *testing.T) {
	s := apitest.Open(t)
	service := s.Add("/services", cut())
	s.Add("/staff-members", has{"name": "Ada"})
	for range 5 {
		s.Wait(service, waitlist.Wishes{})
	}
	ids := idsOf(s, "/messages")
	if slices.Sort(ids); len(ids) != 5 || len(slices.Compact(ids)) != 5 {
		t.Errorf("%d messages", len(ids))
	}
	if got := idsOf(s, "/messages?outcome=sent"); len(got) != 0 {
		t.Errorf("%d are sent", len(got))
	}
	s.Scene.Send()
	if got := idsOf(s, "/messages?outcome=sent&kind=join"); len(got) != 5 {
		t.Errorf("%d are sent", len(got))
	}
	for query, want := range map[string]int{
		"kind=offer": 0, "from=" + dayAhead(s, 1).String(): 0, "to=" + dayAhead(s, -1).String(): 0, "from=" + dayAhead(s, 0).String() + "&to=" + dayAhead(s, 0).String(): 5, "customer_id=nobody": 0,
	} {
		if got := idsOf(s, "/messages?"+query); len(got) != want {
			t.Errorf("%s finds %d", query, len(got))
		}
	}
	s.Get("/messages?from=2027-03-02&to=2027-03-01").Refused(http.StatusUnprocessableEntity, "invalid", "to")
	s.Get("/messages?outcome=lost&kind=password_link").Refused(http.StatusUnprocessableEntity, "invalid", "outcome", "kind")
}

func TestACursorThatNoPageGaveIsRefused(t *testing.T) {
	s := openShop(t)
	for _, cursor := range []string{"AAAA", "bm9uc2Vuc2U", "MS54LjE"} { // the last is 1.x.1
		s.Get("/messages?cursor="+cursor).Refused(http.StatusUnprocessableEntity, "invalid", "cursor")
		s.Get("/suppressions?cursor="+cursor).Refused(http.StatusUnprocessableEntity, "invalid", "cursor")
	}
}

func TestMessagesToAnAddressAreFoundWithoutNamingItInAnAddress(t *testing.T) {
	f := apitest.Open(t).Furnish()
	var list struct{ Data []message }
	f.Post("/message-search", has{"email": " DORA@example.org "}).Want(http.StatusOK, &list)
	if len(list.Data) == 0 || *list.Data[0].Customer != f.Known["customer_id"] {
		t.Errorf("found %+v", list.Data)
	}
	for _, one := range list.Data {
		if one.Name != "Dora" {
			t.Errorf("found one to %s", one.Name)
		}
	}
	f.Post("/message-search", has{"email": "nobody@example.org"}).Want(http.StatusOK, &list)
	if len(list.Data) != 0 {
		t.Errorf("found %+v", list.Data)
	}
	f.Post("/message-search", has{"email": "dora"}).Refused(http.StatusUnprocessableEntity, "invalid", "email")
}

func TestAMessageThatFailedIsTriedAgainOnce(t *testing.T) {
	f := apitest.Open(t).Furnish()
	id := f.Known["message_id"]
	var got message
	f.Get("/messages/"+id).Want(http.StatusOK, &got)
	if got.Outcome != "waiting" && got.Outcome != "sent" || got.Refused == nil || *got.Refused != "on_its_way" || *got.Email != "dora@example.org" || *got.About.Service != "Haircut" ||
		*got.About.Entry != f.Waiter.Entry || got.About.Start != nil {
		t.Errorf("it is %+v", got)
	}
	f.Post("/messages/"+id+"/attempts", nil).Refused(http.StatusConflict, "on_its_way")
	f.Fail(id)
	f.Get("/messages/"+id).Want(http.StatusOK, &got)
	if got.Outcome != "failed" || *got.Class != "rejected_400" || got.Refused != nil || got.Attempts != 1 {
		t.Errorf("failed, it is %+v", got)
	}
	q := apitest.Request{Method: http.MethodPost, Path: "/messages/" + id + "/attempts", Header: map[string]string{"Idempotency-Key": "again"}}
	f.Send(q).Want(http.StatusOK, &got)
	if got.Outcome != "waiting" || got.NextTryAt == nil || len(got.Tries) != 1 || *got.Tries[0].By != "Test" {
		t.Errorf("tried again, it is %+v", got)
	}
	f.Send(q).Want(http.StatusOK, &got)
	f.Post("/messages/"+id+"/attempts", nil).Refused(http.StatusConflict, "on_its_way")
	f.Fail(id)
	f.Post("/suppressions", has{"email": "dora@example.org", "reason": "Asked."}).Want(http.StatusCreated, nil)
	f.Post("/messages/"+id+"/attempts", nil).Refused(http.StatusConflict, "unwritten")
	f.Get("/messages/"+id).Want(http.StatusOK, &got)
	if got.Unwritten == nil || *got.Unwritten != "manual" {
		t.Errorf("it is %+v", got)
	}
}

func TestWhetherMessagesGoOutIsTold(t *testing.T) {
	s := apitest.Open(t)
	var got struct {
		Since *string `json:"failing_since"`
		Class *string
	}
	s.Get("/sending").Want(http.StatusOK, &got)
	if got.Since != nil || got.Class != nil {
		t.Errorf("it is %+v", got)
	}
}

func TestAnAddressIsSuppressedLiftedAndSuppressedAgain(t *testing.T) {
	s := apitest.Open(t)
	type suppression struct {
		ID, Reason string
		Email      *string
		Note       *string
	}
	var one suppression
	s.Post("/suppressions", has{"email": "ada@example.org", "reason": "She asked."}).Want(http.StatusCreated, &one)
	if *one.Email != "ada@example.org" || one.Reason != "manual" || *one.Note != "She asked." {
		t.Errorf("made %+v", one)
	}
	var again suppression
	s.Post("/suppressions", has{"email": "ADA@example.org", "reason": "Twice."}).Want(http.StatusCreated, &again)
	if again.ID != one.ID || *again.Note != "She asked." {
		t.Errorf("made again %+v", again)
	}
	path := "/suppressions/" + one.ID
	s.Delete(path).Want(http.StatusNoContent, nil)
	s.Get(path).Refused(http.StatusNotFound, "no_suppression")
	s.Post(path+"/restoration", nil).Want(http.StatusOK, &again)
	if again.ID != one.ID || again.Reason != "manual" {
		t.Errorf("restored %+v", again)
	}
	var list struct{ Data []suppression }
	s.Post("/suppression-search", has{"email": "ada@example.org"}).Want(http.StatusOK, &list)
	if len(list.Data) != 1 || list.Data[0].ID != one.ID {
		t.Errorf("found %+v", list.Data)
	}
	s.Post("/suppression-search", has{"email": "ben@example.org"}).Want(http.StatusOK, &list)
	if len(list.Data) != 0 {
		t.Errorf("found %+v", list.Data)
	}
	s.Post("/suppressions", has{"email": "ada", "reason": " "}).Refused(http.StatusUnprocessableEntity, "invalid", "email", "reason")
	s.Get("/suppressions/"+url.PathEscape("é")).Refused(http.StatusNotFound, "no_suppression")
	tag := s.Get(path).Header.Get("ETag")
	s.Send(apitest.Request{Method: http.MethodDelete, Path: path, Header: map[string]string{"If-Match": `"old"`}}).Refused(http.StatusPreconditionFailed, "changed")
	s.Send(apitest.Request{Method: http.MethodDelete, Path: path, Header: map[string]string{"If-Match": tag}}).Want(http.StatusNoContent, nil)
}

func TestSuppressionsComeAPageAtATime(t *testing.T) {
	s := apitest.Open(t)
	for i := range 5 {
		s.Add("/suppressions", has{"email": fmt.Sprintf("guest%d@example.org", i), "reason": "Asked."})
	}
	ids := idsOf(s, "/suppressions")
	if slices.Sort(ids); len(slices.Compact(ids)) != 5 {
		t.Errorf("%d suppressions", len(ids))
	}
}
