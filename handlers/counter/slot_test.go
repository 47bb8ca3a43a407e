package counter_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/views/layout"
	"github.com/your-org/waitlist-management/waitlist"
)

func TestASlotTellsWhoWasAskedAndWhoCouldBe(t *testing.T) {
	s := open(t)
	s.WaitAs("Amara", "amara@example.org", s.cut, waitlist.Wishes{})
	other := s.WaitAs("Bela", "bela@example.org", s.cut, waitlist.Wishes{OnlyStaff: []string{s.jonas}})
	slot := s.Open(s.mia, 0, "15:00", 45*time.Minute)
	page := s.page(paths.Slot(slot)).says("Today 15:00", "Held", "Offer sent", "Amara", "Bela", "This person wants somebody else.", "Opened by staff")
	if !page.has(`a[href="` + paths.SlotOffer(slot) + "?entry=" + other.Entry + `"]`) {
		t.Error("no way to offer it to Bela")
	}
	if page.Find("#slot").AttrOr("hx-trigger", "") != layout.OnChange {
		t.Error("does not look again")
	}
	s.part(paths.Slot(slot), "div#slot", nil).says("Amara")
}

func TestASlotIsTakenBackUnlessThatIsUndoneInTime(t *testing.T) {
	s := open(t)
	slot := s.Open(s.mia, 0, "15:00", 45*time.Minute)
	undo := paths.SlotRestoration(slot)
	gone := s.press(s.page(paths.Slot(slot)), paths.SlotWithdrawal(slot), nil).says("taken back in 10 seconds")
	if !gone.has(`#flash form[action="` + undo + `"]`) {
		t.Error("no way to undo it in the note")
	}
	s.press(gone, undo, nil).says("open as before")
	s.Pass(11 * time.Second)
	s.Tick()
	if got := s.Slot(slot).State; got != rules.SlotOpen {
		t.Fatalf("undone, and %s", got)
	}
	s.press(s.page(paths.Slot(slot)), paths.SlotWithdrawal(slot), nil)
	s.Pass(11 * time.Second)
	s.Tick()
	page := s.page(paths.Slot(slot)).says("Withdrawn")
	if page.has(`form[action="` + undo + `"]`) {
		t.Error("it can still be undone")
	}
	if late := s.ask("POST", undo, url.Values{}); late.status != http.StatusGone {
		t.Errorf("undone too late: %d", late.status)
	}
}

func TestAHeldSlotGoesToSomebodyElseForAReason(t *testing.T) {
	s := open(t)
	s.WaitAs("Amara", "amara@example.org", s.cut, waitlist.Wishes{})
	bela := s.WaitAs("Bela", "bela@example.org", s.cut, waitlist.Wishes{OnlyStaff: []string{s.jonas}})
	slot := s.Open(s.mia, 0, "15:00", 45*time.Minute)
	form := s.page(paths.SlotOffer(slot)+"?entry="+bela.Entry).says("Offer to Bela instead", "The offer to Amara is taken back 10 seconds from now")
	refused := s.part(paths.SlotOffer(slot), "form#choose", form.fields(paths.SlotOffer(slot), url.Values{"reason": {" "}})).refuses("reason")
	if !refused.has(`input[name="entry"][value="` + bela.Entry + `"]`) {
		t.Error("the person is lost")
	}
	note := s.press(form, paths.SlotOffer(slot), url.Values{"reason": {"In pain"}}).says("Bela is asked in 10 seconds")
	if !note.has(`#flash form[action="` + paths.CounterOfferRestoration(s.offer("Amara").ID) + `"]`) {
		t.Error("no way to undo it")
	}
	s.Pass(11 * time.Second)
	s.Tick()
	s.offer("Bela")
	s.page(paths.Slot(slot)).says("Chosen by staff")
}

func TestAnOfferTakenBackOnItsSlotsPageIsUndoneThere(t *testing.T) {
	s := open(t)
	s.WaitAs("Amara", "amara@example.org", s.cut, waitlist.Wishes{})
	slot := s.Open(s.mia, 0, "15:00", 45*time.Minute)
	offer := s.offer("Amara").ID
	gone := s.press(s.page(paths.Slot(slot)), paths.CounterOfferWithdrawal(offer), nil).says("Today 15:00", "The offer is being taken back")
	s.press(gone, paths.SlotRestoration(slot), nil).says("open as before").silent("being taken back")
	s.press(s.page(paths.Slot(slot)), paths.SlotWithdrawal(slot), nil)
	s.press(s.page(paths.Slot(slot)), paths.SlotRestoration(slot), nil).says("open as before")
	s.Pass(11 * time.Second)
	s.Tick()
	s.offer("Amara")
}

func TestSomebodyWhoCannotHaveASlotIsNotOfferedIt(t *testing.T) {
	s := open(t)
	s.WaitAs("Amara", "amara@example.org", s.cut, waitlist.Wishes{EarliestOn: s.today.AddDays(1)})
	bela := s.adds("Bela")
	s.check(s.W.StaffPauseEntry(s.Context(), s.Staff, bela))
	slot := s.Open(s.mia, 0, "15:00", 45*time.Minute)
	a := s.ask("POST", paths.SlotOffer(slot), url.Values{"entry": {bela}, "reason": {"Urgent"}})
	if a.status != http.StatusConflict {
		t.Errorf("status %d", a.status)
	}
	a.says("This person can't be asked at the moment.")
	offers, err := s.W.OffersOut(s.Context(), s.Tenant)
	s.check(err)
	if len(offers) != 0 {
		t.Errorf("offers: %+v", offers)
	}
}

func TestHostileReasonsAreRefused(t *testing.T) {
	s := open(t)
	amara := s.WaitAs("Amara", "amara@example.org", s.cut, waitlist.Wishes{EarliestOn: s.today.AddDays(1)})
	slot := s.Open(s.mia, 0, "15:00", 45*time.Minute)
	for _, reason := range []string{"", "   ", "\r\n", "a\x00b", hostile[4]} {
		s.ask("POST", paths.SlotOffer(slot), url.Values{"entry": {amara.Entry}, "reason": {reason}}).refuses("reason")
		s.ask("POST", paths.CounterEntryPriority(amara.Entry), url.Values{"priority": {"1"}, "reason": {reason}}).refuses("reason")
	}
}
