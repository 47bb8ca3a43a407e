package public_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

func TestAnOfferSaysWhatWhenWhoWhereAndForHowMuch(t *testing.T) {
	s := open(t)
	offer, _ := s.offered("Amara")
	page := s.get(paths.Offer(offer)).says("Amara, an appointment came free")
	facts := strings.Join(strings.Fields(page.Find("dl.wl-facts").Text()), " ")
	for _, want := range []string{"10:00", "45 min", "Haircut", "with Mia", "Torgasse 12, Berlin", "€50.00"} {
		if !strings.Contains(facts, want) {
			t.Errorf("the facts %q lack %q", facts, want)
		}
	}
	o, err := s.W.OfferPage(t.Context(), offer)
	s.check(err)
	until, err := time.Parse(time.RFC3339, page.Find("time").AttrOr("datetime", ""))
	s.check(err)
	if !until.Equal(o.ShownUntil.Truncate(time.Second)) {
		t.Errorf("the page says until %v, the offer %v", until, o.ShownUntil)
	}
	if page.has("[data-when=running][hidden]") || !page.has("[data-when=late][hidden]") || !page.has("[data-when=over][hidden]") {
		t.Error("the page says the wrong thing about the time while it runs")
	}
}

func TestOnePressConfirmsAnOfferAndPressingTwiceChangesNothing(t *testing.T) {
	s := open(t)
	offer, entry := s.offered("Amara")
	page := s.get(paths.Offer(offer))
	for range 2 {
		done := s.press(page, paths.OfferAcceptance(offer), nil)
		if done.status != 200 || !strings.HasPrefix(done.title(), "It's yours: ") {
			t.Fatalf("status %d, %q", done.status, done.title())
		}
		o, err := s.W.OfferPage(t.Context(), offer)
		s.check(err)
		done.leadsTo(paths.OfferEvent(offer)).leadsTo(paths.BookingCancellation(o.BookingToken))
	}
	s.get(paths.Entry(entry)).says("You have an appointment, Amara")
}

func TestANoAsksWhetherToStayOnTheList(t *testing.T) {
	for _, c := range []struct {
		then         string
		title, entry string
	}{
		{"keep", "Thank you for telling us, Amara", "You are next in line"},
		{"", "Thank you for telling us, Amara", "You are next in line"},
		{"leave", "You are off the list, Amara", "You have left the list"},
	} {
		t.Run("answering "+c.then, func(t *testing.T) {
			s := open(t)
			offer, entry := s.offered("Amara")
			page := s.get(paths.Offer(offer))
			for range 2 {
				s.press(page, paths.OfferDecline(offer), url.Values{"then": {c.then}}).says(c.title)
			}
			s.get(paths.Entry(entry)).says(c.entry)
		})
	}
}

func TestAnAnswerThatIsNoneIsRefusedAndChangesNothing(t *testing.T) {
	s := open(t)
	offer, _ := s.offered("Amara")
	for _, then := range []string{"keep ", "<script>", strings.Repeat("x", 100_000), "keep\r\nleave"} {
		page := s.ask("POST", paths.OfferDecline(offer), url.Values{"then": {then}})
		if page.status != 422 || !strings.Contains(page.Find("[role=alert]").Text(), "Please use one of the buttons.") {
			t.Errorf("%.20q: status %d, %s", then, page.status, page.main())
		}
	}
	s.get(paths.Offer(offer)).says("Amara, an appointment came free")
}

func TestAfterTheShownTimeThePageSaysSoAndTheButtonStillWorks(t *testing.T) {
	s := open(t)
	offer, _ := s.offered("Amara")
	s.Pass(10*time.Minute - rules.Grace + time.Second)
	page := s.get(paths.Offer(offer)).says("Amara, an appointment came free")
	if !page.has("[data-when=running][hidden]") || page.has("[data-when=late][hidden]") {
		t.Error("the page doesn't say that the time is up")
	}
	done := s.press(page, paths.OfferAcceptance(offer), nil)
	if !strings.HasPrefix(done.title(), "It's yours: ") {
		t.Errorf("%q", done.title())
	}
}

func TestTooLateIsSaidBeforeAndAfterTheJobCameBy(t *testing.T) {
	s := open(t)
	offer, entry := s.offered("Amara")
	page := s.get(paths.Offer(offer))
	s.Pass(10*time.Minute + time.Second)
	s.press(page, paths.OfferAcceptance(offer), nil).says("Too late this time, Amara")
	s.Tick()
	late := s.press(page, paths.OfferDecline(offer), url.Values{"then": {"leave"}}).says("Too late this time, Amara")
	late.leadsTo(paths.Entry(entry))
	if !strings.Contains(late.main(), "You are still on the list") || late.has("form") {
		t.Errorf("%s", late.main())
	}
}

func TestAnOfferThatTheNextPersonTookSaysThatSomebodyHasIt(t *testing.T) {
	s := open(t)
	amara, bela := s.joins("Amara", waitlist.Wishes{}), s.joins("Bela", waitlist.Wishes{})
	s.opens(7)
	s.Send()
	offer := s.OfferTo(amara)
	s.Pass(10*time.Minute + time.Second)
	s.Tick()
	next := s.OfferTo(bela)
	s.get(paths.Offer(offer)).says("Too late this time, Amara")
	s.check(s.W.Accept(t.Context(), next))
	s.get(paths.Offer(offer)).says("Somebody else has it now, Amara")
}

func TestAnUndeliverableOfferIsTooLateLikeAnyOther(t *testing.T) {
	s := open(t)
	offer, _ := s.offered("Amara")
	var id int64
	s.check(s.DB.Pool().QueryRow("SELECT id FROM offers").Scan(&id))
	s.check(s.W.OfferUndeliverable(t.Context(), s.Tenant, id))
	s.get(paths.Offer(offer)).says("Too late this time, Amara")
}

func TestAWithdrawnOfferSaysThatTheBusinessTookItBack(t *testing.T) {
	s := open(t)
	amara := s.joins("Amara", waitlist.Wishes{})
	slot := s.opens(7)
	offer := s.OfferTo(amara)
	page := s.get(paths.Offer(offer))
	s.check(s.W.WithdrawSlot(t.Context(), s.Staff, slot))
	s.Pass(11 * time.Second)
	s.Tick()
	gone := s.press(page, paths.OfferAcceptance(offer), nil).says("This appointment isn't available any more")
	if !strings.Contains(gone.main(), "Studio Nord had to take it back") {
		t.Error(gone.main())
	}
}

func TestAnAcceptedOfferWhoseBookingWasCancelledSaysSo(t *testing.T) {
	s := open(t)
	booking, offer, _ := s.booked("Amara")
	s.cancelsForBusiness(booking)
	s.get(paths.Offer(offer)).says("This appointment was cancelled").leadsTo(paths.Booking(booking))
}

func TestAnAcceptedOfferIsOverOnceTheAppointmentIs(t *testing.T) {
	s := open(t)
	_, offer, _ := s.booked("Amara")
	s.Pass(8 * 24 * time.Hour)
	s.get(paths.Offer(offer)).says("This appointment is over")
}

func TestAnotherAppointmentAtThatTimeIsExplainedOnTheOffer(t *testing.T) {
	s := open(t)
	offer, _ := s.offered("Amara")
	o, err := s.W.OfferPage(t.Context(), offer)
	s.check(err)
	people, err := s.W.FindCustomers(t.Context(), s.Tenant, "amara@example.com")
	s.check(err)
	_, err = s.W.Book(t.Context(), s.Staff, waitlist.Book{
		StaffMember: s.jonas, Service: s.colour, Date: rules.DateOf(o.Start, o.Business.Zone), FromMinute: 10 * 60, Customer: people[0].ID, OutsideHours: true,
	})
	s.check(err)
	page := s.ask("POST", paths.OfferAcceptance(offer), url.Values{})
	if page.status != 409 || !strings.Contains(page.Find("[role=alert]").Text(), "You have another appointment") || !page.has(`form[action="`+paths.OfferDecline(offer)+`"]`) {
		t.Errorf("status %d: %s", page.status, page.main())
	}
}

func TestTheCalendarFileComesWithTheBooking(t *testing.T) {
	s := open(t)
	offer, _ := s.offered("Amara")
	if early := s.get(paths.OfferEvent(offer)); early.status != 404 {
		t.Errorf("status %d before the offer was accepted", early.status)
	}
	s.check(s.W.Accept(t.Context(), offer))
	o, err := s.W.OfferPage(t.Context(), offer)
	s.check(err)
	for _, path := range []string{paths.OfferEvent(offer), paths.BookingEvent(o.BookingToken)} {
		file := s.get(path)
		if file.status != 200 || !strings.HasPrefix(file.header.Get("Content-Type"), "text/calendar") ||
			!strings.Contains(file.body, "DTSTART:"+o.Start.UTC().Format("20060102T150405Z")) {
			t.Errorf("%s: status %d, %s\n%s", path, file.status, file.header.Get("Content-Type"), file.body)
		}
	}
}

func TestThePartOfAnOfferIsThePageWithoutItsFrame(t *testing.T) {
	s := open(t)
	offer, _ := s.offered("Amara")
	part, page := s.part(paths.Offer(offer), "offer"), s.get(paths.Offer(offer))
	if part.has("header") || part.Find("section#offer").Length() != 1 || part.title() != page.title() {
		t.Errorf("the part is not the section alone:\n%s", part.body)
	}
}
