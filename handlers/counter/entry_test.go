package counter_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

func TestAnEntryIsPausedResumedAndTakenOff(t *testing.T) {
	s := open(t)
	amara := s.WaitAs("Amara", "amara@example.org", s.cut, waitlist.Wishes{})
	way := paths.CounterEntry(amara.Entry)
	page := s.page(way).says("Amara", "amara@example.org", "Number 1 for this service", "Any time, with anyone", "Joined on the page", "Confirmed")
	paused := s.press(page, paths.CounterEntryPause(amara.Entry), nil).says("Paused. The place is kept.")
	back := s.press(paused, paths.CounterEntryReturn(amara.Entry), nil).says("Waiting again, in the old place.")
	back.says("Take Amara off the list?")
	s.press(back, paths.CounterEntryRemoval(amara.Entry), nil).says("Amara is off the list.", "Nobody is waiting")
	if over := s.page(way).says("Removed"); over.has(`#entry-card form:not([action$="/restoration"])`) || over.has("#priority") || over.has("#wishes") {
		t.Error("an ended entry can be changed")
	}
	returned := s.press(s.page(way), paths.CounterEntryRestoration(amara.Entry), nil).says("Back on the list, in the old place.", "Number 1 for this service")
	s.press(returned, paths.CounterEntryRemoval(amara.Entry), nil)
	if late := s.ask("POST", paths.CounterEntryPause(amara.Entry), url.Values{}); late.status != http.StatusGone {
		t.Errorf("paused after the end: %d", late.status)
	}
}

func TestStaffConfirmForACustomer(t *testing.T) {
	s := open(t)
	amara := s.Join("Amara", "amara@example.org", s.cut, waitlist.Wishes{})
	page := s.page(paths.CounterEntry(amara.Entry)).says("Not yet confirmed")
	s.press(page, paths.CounterEntryConfirmation(amara.Entry), nil).says("Confirmed.", "Waiting")
}

func TestPriorityIsChangedForAReasonThatIsKept(t *testing.T) {
	s := open(t)
	s.adds("Amara")
	bela := s.adds("Bela")
	page := s.page(paths.CounterEntry(bela))
	refused := s.part(paths.CounterEntryPriority(bela), "form#priority", page.fields(paths.CounterEntryPriority(bela), url.Values{"priority": {"2"}})).refuses("reason")
	if !refused.has(`option[value="2"][selected]`) {
		t.Error("the choice is lost")
	}
	s.press(page, paths.CounterEntryPriority(bela), url.Values{"priority": {"2"}, "reason": {"In pain"}}).says("The priority is changed.", "Priority", "+1,000")
	if first := s.waiting()[0]; first.Person.Name != "Bela" {
		t.Errorf("first is %s", first.Person.Name)
	}
	var reason string
	s.check(s.DB.Pool().QueryRowContext(s.Context(), "SELECT COUNT(*) FROM audit_entries WHERE action = 'entry.priority'").Scan(&reason))
	if reason != "1" {
		t.Errorf("%s lines in the audit trail", reason)
	}
	for _, typed := range append([]string{"", "4", "-4"}, hostile...) {
		s.ask("POST", paths.CounterEntryPriority(bela), url.Values{"priority": {typed}, "reason": {"Urgent"}}).refuses("priority")
	}
}

func TestWishesAreChangedAtTheCounterToo(t *testing.T) {
	s := open(t)
	amara := s.adds("Amara")
	way := paths.CounterEntry(amara)
	page := s.page(way)
	s.part(way, "form#wishes", page.fields(way, url.Values{"when": {"only"}})).refuses("windows")
	s.part(way, "form#wishes", page.fields(way, url.Values{"earliest_on": {"2027-02-30"}})).refuses("earliest_on")
	more := s.part(way, "form#wishes", page.fields(way, url.Values{"when": {"only"}, "more": {"1"}}))
	if more.Find(`select[name^="window_day"]`).Length() != 4 {
		t.Error("no more lines")
	}
	s.press(page, way, url.Values{"who": {"only"}, "only_staff": {s.jonas}, "when": {"only"}, "windows": {"1-morning"}}).says("The wishes are saved.", "only Jonas")
	got := s.waiting()[0].Wishes
	if len(got.Windows) != 1 || got.Windows[0] != (rules.Window{Weekday: 1, From: 0, To: 720}) {
		t.Errorf("kept: %+v", got)
	}
}

func TestAnEntryTellsItsOffers(t *testing.T) {
	s := open(t)
	amara := s.adds("Amara")
	s.Open(s.mia, 0, "15:00", 45*time.Minute)
	s.Live(11*time.Minute, time.Minute)
	s.page(paths.CounterEntry(amara)).says("Let Today 15:00 pass", "Offered Today 15:00", "Put on the list", "Number 1 of 1 for Haircut")
}
