package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/your-org/waitlist-management/handlers/api/apitest"
	"github.com/your-org/waitlist-management/rules"
)

type customer struct {
	ID, Name string
	Email    *string
	Blocked  bool
	Tags     []struct{ ID, Name string }
}

type customerPage struct {
	Data []customer
	Next *string `json:"next_cursor"`
}

func TestCustomersAreFoundByNameAddressAndNumberAPageAtATime(t *testing.T) {
	s := openList(t)
	for i := range 5 {
		s.Add("/entries", map[string]any{"service_id": s.cut, "name": fmt.Sprintf("Ada Number%d", i), "phone": fmt.Sprintf("030 12345%d", i)})
	}
	s.add("Grace")
	search := func(body map[string]any) (p customerPage) {
		t.Helper()
		s.Post("/customers/search", body).Want(http.StatusOK, &p)
		return p
	}
	var names []string
	body := map[string]any{"search": "ada", "limit": 2}
	for {
		p := search(body)
		for _, c := range p.Data {
			names = append(names, c.Name)
		}
		if p.Next == nil {
			break
		}
		body["cursor"] = *p.Next
	}
	if got := strings.Join(names, ", "); got != "Ada Number4, Ada Number3, Ada Number2, Ada Number1, Ada Number0" {
		t.Errorf("by name: %s", got)
	}
	if p := search(map[string]any{"search": "+49 30 123453"}); len(p.Data) != 1 || p.Data[0].Name != "Ada Number3" {
		t.Errorf("by number: %+v", p)
	}
	if p := search(map[string]any{"search": "GRACE@example.com"}); len(p.Data) != 1 || p.Data[0].Name != "Grace" {
		t.Errorf("by address: %+v", p)
	}
	var all, rest customerPage
	s.Get("/customers?limit=4").Want(http.StatusOK, &all)
	s.Get("/customers?limit=4&cursor="+*all.Next).Want(http.StatusOK, &rest)
	if len(all.Data) != 4 || all.Data[0].Name != "Grace" || len(rest.Data) != 2 || rest.Next != nil {
		t.Errorf("all: %+v, then %+v", all, rest)
	}
	s.Get("/customers?cursor=bm9ib2R5").Refused(http.StatusUnprocessableEntity, "invalid", "cursor")
}

func TestACustomerIsSeenWithTheirEntriesAndAppointments(t *testing.T) {
	s := openList(t)
	who := s.WaitAs("Amara", "amara@example.org", s.cut, noWishes)
	s.Open(s.mia, 1, "10:00", hour)
	s.Scene.Send()
	if err := s.W.Accept(t.Context(), s.OfferTo(who)); err != nil {
		t.Fatal(err)
	}
	var found customerPage
	s.Post("/customers/search", map[string]any{"search": "amara"}).Want(http.StatusOK, &found)
	at := "/customers/" + found.Data[0].ID
	var entries entryPage
	s.Get(at+"/entries").Want(http.StatusOK, &entries)
	var bookings struct{ Data []struct{ State string } }
	s.Get(at+"/bookings").Want(http.StatusOK, &bookings)
	if len(entries.Data) != 1 || entries.Data[0].State != "booked" || len(bookings.Data) != 1 || bookings.Data[0].State != "confirmed" {
		t.Errorf("entries %+v, appointments %+v", entries, bookings)
	}
	other := s.KeyOf(s.Another("elsewhere", "Elsewhere"), rules.AllScopes()...)
	for _, path := range []string{at, at + "/entries", at + "/bookings"} {
		s.Send(apitest.Request{Method: "GET", Path: path, Token: other}).Refused(http.StatusNotFound, "no_such_customer")
	}
	s.Send(apitest.Request{Method: "POST", Path: at + "/tags", Body: map[string]any{}, Token: other}).Refused(http.StatusNotFound, "no_such_customer")
}

func TestSomebodyIsBlockedWithTheirEntriesAndTakenAgain(t *testing.T) {
	s := openList(t)
	id := s.add("Eve")
	var e listEntry
	s.Get("/entries/"+id).Want(http.StatusOK, &e)
	type block struct {
		ID, Name, Reason string
		Email, Phone     *string
	}
	var blocked struct {
		Blocks  []block
		Changed int `json:"entries_changed"`
	}
	body := map[string]any{"customer_id": e.Customer.ID, "reason": "Shouts", "entries": "pause"}
	s.Post("/blocks", body).Want(http.StatusOK, &blocked)
	if blocked.Changed != 1 || len(blocked.Blocks) != 1 || *blocked.Blocks[0].Email != "eve@example.com" || blocked.Blocks[0].Phone != nil {
		t.Errorf("%+v", blocked)
	}
	s.Post("/blocks", body).Want(http.StatusOK, &blocked)
	if blocked.Changed != 0 || len(blocked.Blocks) != 1 {
		t.Errorf("again: %+v", blocked)
	}
	var c customer
	s.Get("/customers/"+e.Customer.ID).Want(http.StatusOK, &c)
	s.Get("/entries/"+id).Want(http.StatusOK, &e)
	if !c.Blocked || e.State != "paused" {
		t.Errorf("%+v, %+v", c, e)
	}
	s.Post("/entries", map[string]any{"service_id": s.AddService("Perm", hour, 0), "customer_id": e.Customer.ID, "consent": true}).Refused(http.StatusUnprocessableEntity, "invalid", "despite")
	s.Post("/blocks", map[string]any{"name": "Nobody", "reason": "None", "entries": "leave"}).Refused(http.StatusUnprocessableEntity, "invalid", "email")
	s.Post("/blocks", map[string]any{"customer_id": "nobody", "reason": "None", "entries": "leave"}).Refused(http.StatusNotFound, "no_such_customer")
	s.Post("/blocks", map[string]any{"name": "Mallory", "phone": "030 123456", "reason": "Lies", "entries": "leave"}).Want(http.StatusOK, nil)
	var list struct {
		Data []block
		Next *string `json:"next_cursor"`
	}
	s.Get("/blocks?limit=1").Want(http.StatusOK, &list)
	if list.Data[0].Name != "Mallory" || list.Next == nil {
		t.Fatalf("%+v", list)
	}
	s.Get("/blocks?limit=1&cursor="+*list.Next).Want(http.StatusOK, &list)
	if list.Data[0].Name != "Eve" || list.Next != nil {
		t.Errorf("%+v", list)
	}
	at := "/blocks/" + list.Data[0].ID
	tag := s.Get(at).Want(http.StatusOK, nil).Header.Get("ETag")
	s.Send(apitest.Request{Method: "DELETE", Path: at, Header: map[string]string{"If-Match": `"another"`}}).Refused(http.StatusPreconditionFailed, "changed")
	s.Send(apitest.Request{Method: "DELETE", Path: at, Header: map[string]string{"If-Match": tag}}).Want(http.StatusNoContent, nil)
	s.Delete(at).Refused(http.StatusNotFound, "unknown")
	s.Get("/customers/"+e.Customer.ID).Want(http.StatusOK, &c)
	if c.Blocked {
		t.Error("they are blocked still")
	}
}

func TestTagsAreGivenTakenChangedRemovedAndRestored(t *testing.T) {
	s := openList(t)
	var e listEntry
	s.Get("/entries/"+s.add("Ada")).Want(http.StatusOK, &e)
	regular, student := s.Add("/tags", map[string]any{"name": "Regular", "colour": "green"}), s.Add("/tags", map[string]any{"name": "Student", "colour": "blue"})
	s.Post("/tags", map[string]any{"name": "regular", "colour": "red"}).Refused(http.StatusUnprocessableEntity, "invalid", "name")
	s.Post("/tags", map[string]any{"name": "VIP", "colour": "gold"}).Refused(http.StatusUnprocessableEntity, "invalid", "colour")
	give := func(body map[string]any) (names string) {
		t.Helper()
		var c customer
		s.Post("/customers/"+e.Customer.ID+"/tags", body).Want(http.StatusOK, &c)
		for _, tag := range c.Tags {
			names += tag.Name + " "
		}
		return strings.TrimSpace(names)
	}
	if got := give(map[string]any{"give_tag_ids": []string{regular}}); got != "Regular" {
		t.Errorf("bears %s", got)
	}
	if got := give(map[string]any{"give_tag_ids": []string{student}}); got != "Regular Student" {
		t.Errorf("bears %s", got)
	}
	if got := give(map[string]any{"take_tag_ids": []string{regular}, "give_tag_ids": []string{student}}); got != "Student" {
		t.Errorf("bears %s", got)
	}
	s.Post("/customers/"+e.Customer.ID+"/tags", map[string]any{"give_tag_ids": []string{"nonsense"}}).Refused(http.StatusUnprocessableEntity, "invalid", "give_tag_ids")
	at := "/tags/" + student
	seen := s.Get(at).Want(http.StatusOK, nil).Header.Get("ETag")
	s.Patch(at, map[string]any{"name": "Pupil"}).Want(http.StatusOK, nil)
	s.Send(apitest.Request{Method: "PATCH", Path: at, Body: map[string]any{"colour": "red"}, Header: map[string]string{"If-Match": seen}}).Refused(http.StatusPreconditionFailed, "changed")
	s.Send(apitest.Request{Method: "DELETE", Path: at, Header: map[string]string{"If-Match": seen}}).Refused(http.StatusPreconditionFailed, "changed")
	if err := s.W.RemoveTagAt(t.Context(), s.Staff, student, 1); err == nil {
		t.Error("a tag that was changed since it was read is removed")
	}
	s.Delete(at).Want(http.StatusNoContent, nil)
	s.Delete(at).Want(http.StatusNoContent, nil)
	s.Get(at).Refused(http.StatusNotFound, "no_such_tag")
	s.Post("/customers/"+e.Customer.ID+"/tags", map[string]any{"give_tag_ids": []string{student}}).Refused(http.StatusUnprocessableEntity, "invalid", "give_tag_ids")
	var tag struct {
		Name  string
		Count int `json:"customer_count"`
	}
	s.Post(at+"/restoration", nil).Want(http.StatusOK, &tag)
	if tag.Name != "Pupil" || tag.Count != 1 {
		t.Errorf("%+v", tag)
	}
	var list struct{ Data []struct{ Name string } }
	s.Get("/tags").Want(http.StatusOK, &list)
	if len(list.Data) != 2 || list.Data[0].Name != "Pupil" {
		t.Errorf("%+v", list)
	}
}
