package counter_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/waitlist"
)

func TestANoteIsChangedAndNobodysIsLost(t *testing.T) {
	s := open(t)
	amara := s.adds("Amara")
	way := paths.CounterEntry(amara)
	first, second := s.page(way), s.page(way)
	s.press(first, paths.CounterEntryNote(amara), url.Values{"note": {"Allergic to ammonia"}}).says("The note is saved.", "Allergic to ammonia", "Note changed")
	late := s.part(paths.CounterEntryNote(amara), "form#note", second.fields(paths.CounterEntryNote(amara), url.Values{"note": {"Comes with a dog"}}))
	if late.status != http.StatusConflict {
		t.Fatalf("over somebody's note: %d", late.status)
	}
	late.says("Somebody changed this note meanwhile", "Allergic to ammonia", "Comes with a dog")
	if again := s.ask("POST", paths.CounterEntryNote(amara), late.fields(paths.CounterEntryNote(amara), url.Values{"note": {"Comes with a dog"}})); again.status != http.StatusSeeOther {
		t.Errorf("saved again: %d", again.status)
	}
	s.page(way).says("Comes with a dog").silent("Allergic")
	s.check(s.W.RemoveEntry(s.Context(), s.Staff, amara))
	s.press(s.page(way), paths.CounterEntryNote(amara), url.Values{"note": {""}}).silent("Comes with a dog")
	for _, typed := range hostile {
		if got := s.ask("POST", paths.CounterEntryNote(amara), url.Values{"note": {typed}, "seen": {typed}}); got.status >= 500 {
			t.Errorf("%q: %d", typed, got.status)
		}
	}
}

func TestTagsAreGivenAndTakenWithoutUndoingSomebodyElses(t *testing.T) {
	s := open(t)
	amara := s.adds("Amara")
	ids := map[string]string{}
	for _, name := range []string{"Regular", "Student", "Press"} {
		id, err := s.W.AddTag(s.Context(), s.Staff, waitlist.TagForm{Name: name, Colour: "green"})
		s.check(err)
		ids[name] = id
	}
	way := paths.CounterEntry(amara)
	s.check(s.W.TagCustomer(s.Context(), s.Staff, amara, []string{ids["Regular"]}, nil))
	page := s.page(way)
	s.check(s.W.TagCustomer(s.Context(), s.Staff, amara, []string{ids["Press"]}, nil)) // somebody else, meanwhile
	s.press(page, paths.CounterEntryTags(amara), url.Values{"tags": {ids["Student"]}}).says("The tags are saved.")
	file, err := s.W.EntryFile(s.Context(), s.Tenant, amara)
	s.check(err)
	if len(file.Tags) != 2 || file.Tags[0].Name != "Press" || file.Tags[1].Name != "Student" {
		t.Errorf("bears %+v", file.Tags)
	}
	if got := s.ask("POST", paths.CounterEntryTags(amara), url.Values{"tags": {"nonsense"}}); got.status != http.StatusUnprocessableEntity {
		t.Errorf("a tag that is none: %d", got.status)
	}
}

func TestAnEntryTellsItsHistoryItsEmailsAndWhereElseItsCustomerWaits(t *testing.T) {
	s := open(t)
	amara := s.WaitAs("Amara", "amara@example.org", s.cut, waitlist.Wishes{})
	colour := s.AddService("Colour", time.Hour, 0)
	s.WaitAs("Amara", "amara@example.org", colour, waitlist.Wishes{})
	s.check(s.W.SetPriority(s.Context(), s.Staff, amara.Entry, 1, "Waited long"))
	s.check(s.W.PauseEntry(s.Context(), amara.Token))
	s.Send()
	page := s.page(paths.CounterEntry(amara.Entry))
	page.says("Joined on the page", "Confirmed", "Priority changed: As usual → Earlier", "Reason: Waited long", "Paused", "The customer, Today", "Emails about this", "Link to confirm", "Sent", "Other waits and appointments", "Colour")
	back := s.page(paths.CounterEntry(amara.Entry) + "?list=" + url.QueryEscape("state=paused"))
	if got := back.Find(".wl-back").AttrOr("href", ""); got != paths.Waitlist+"?state=paused" {
		t.Errorf("back leads to %q", got)
	}
	if got := s.page(paths.CounterEntry(amara.Entry)+"?list="+url.QueryEscape("//evil.example?a=b")).Find(".wl-back").AttrOr("href", ""); got[:len(paths.Waitlist)] != paths.Waitlist {
		t.Errorf("back leads to %q", got)
	}
}
