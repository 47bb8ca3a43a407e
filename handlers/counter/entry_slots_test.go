package counter_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/waitlist"
)

func TestWhereNothingIsOpenSomebodyCanOnlyBeBooked(t *testing.T) {
	s := open(t)
	amara := s.adds("Amara")
	if board := s.page(paths.Counter); board.has(`#entry-`+amara+` a[href="`+paths.CounterEntrySlots(amara)+`"]`) || !board.has(`#entry-`+amara+` a[href^="`+paths.NewBooking+`"]`) {
		t.Error("an offer of nothing, or no way to book")
	}
	s.page(paths.CounterEntrySlots(amara)).says("Offer a slot to Amara", "No slot that would do", "Open slot")
}

func TestSomebodyIsOfferedASlotFromTheBoardInTwoPresses(t *testing.T) {
	s := open(t)
	colour := s.AddService("Colour", 90*time.Minute, 0)
	noor := s.AddStaffMember("Noor", colour)
	s.WaitAs("Amara", "amara@example.org", s.cut, waitlist.Wishes{})
	held := s.Open(s.mia, 0, "15:00", 45*time.Minute)
	bela := s.WaitAs("Bela", "bela@example.org", s.cut, waitlist.Wishes{OnlyStaff: []string{s.jonas}})
	other := s.Open(noor, 0, "16:00", 90*time.Minute)

	way := paths.CounterEntrySlots(bela.Entry)
	if board := s.page(paths.Counter); !board.has(`#entry-` + bela.Entry + ` a[href="` + way + `"]`) {
		t.Fatal("no way from the board")
	}
	page := s.page(way).says("Offer a slot to Bela", "Today 15:00", "Amara", "This person wants somebody else.").silent("16:00")
	if page.has(`[formaction="`+paths.SlotOffer(other)+`"]`) || !page.has(`[formaction="`+paths.SlotOffer(held)+`"]`) {
		t.Error("a slot for another service can be offered, or the held one can't")
	}
	s.part(way, "div#slots-for", nil).says("Today 15:00")
	form := url.Values{}
	page.Find("#offer input[type=hidden], #offer input[checked]").Each(func(_ int, input *goquery.Selection) {
		form.Set(input.AttrOr("name", ""), input.AttrOr("value", ""))
	})
	if form.Get("reason") != "Agreed by phone" || form.Get("entry") != bela.Entry {
		t.Fatalf("the form sends %v", form)
	}
	if a := s.ask("POST", paths.SlotOffer(held), form); a.status != http.StatusSeeOther || a.header.Get("Location") != paths.Counter {
		t.Fatalf("status %d to %q: %s", a.status, a.header.Get("Location"), a.text())
	}
	s.page(paths.Counter).says("Bela is asked in 10 seconds", "Undo")
	s.Pass(11 * time.Second)
	s.Tick()
	if offer := s.offer("Bela"); offer.SlotID != held {
		t.Error("Bela has another slot")
	}
	s.ask("POST", paths.SlotOffer(held), url.Values{"entry": {bela.Entry}, "reason": {""}}).refuses("reason")
}

func TestManySlotsForOthersHideNoneThatWouldDo(t *testing.T) {
	s := open(t)
	colour := s.AddService("Colour", 90*time.Minute, 0)
	noor := s.AddStaffMember("Noor", colour)
	for day := range 11 {
		s.Open(s.mia, day+1, "15:00", 45*time.Minute)
		s.Open(s.jonas, day+1, "15:00", 45*time.Minute)
	}
	late := s.Open(noor, 14, "16:00", 90*time.Minute)
	entry, err := s.W.AddEntry(s.Context(), s.Staff, waitlist.AddEntry{Service: colour, Name: "Amara", Phone: "+49 30 901820", Wishes: waitlist.Wishes{Notice: 30 * 24 * time.Hour}})
	s.check(err)
	if page := s.page(paths.CounterEntrySlots(entry)); !page.has(`[formaction="` + paths.SlotOffer(late) + `"]`) {
		t.Errorf("the slot in two weeks is hidden:\n%s", page.text())
	}
}
