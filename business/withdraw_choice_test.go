package business_test

import (
	"testing"
	"time"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// offered is a shop with an offer out, an opening that nobody was found for, and a closure of their day that was seen once.
func offered(t *testing.T) (s shop, who waitlisttest.Waiter, held, idle string, f business.ClosureForm) {
	t.Helper()
	s = open(t)
	cut := s.AddService("Cut", 30*time.Minute, 0)
	mia := s.AddStaffMember("Mia", cut)
	who = s.WaitAs("Amara", "amara@example.org", cut, waitlist.Wishes{})
	held, idle = s.Open(mia, 2, "10:00", 30*time.Minute), s.Open(mia, 2, "11:00", 30*time.Minute)
	s.Send()
	f = business.ClosureForm{From: s.day(2).String()}
	_, touched, err := s.b.AddClosure(t.Context(), s.Staff, f)
	s.must(err)
	same(t, "slots", slotIDs(touched), sorted(held, idle))
	for _, one := range touched.Slots {
		if one.ID != held {
			continue
		}
		if o := one.Offer; !touched.Closing || !one.Held || o == nil || o.CustomerName != "Amara" || o.ServiceName != "Cut" || !o.Until.After(s.Now()) || o.Until.After(s.Now().Add(time.Hour)) {
			t.Errorf("the offer is shown as %+v of %+v", o, one)
		}
	}
	f.Seen = touched.Fingerprint()
	return s, who, held, idle, f
}

func TestAnOfferOnAClosedDayStandsUnlessItIsWithdrawn(t *testing.T) {
	s, who, held, idle, f := offered(t)
	_, touched, err := s.b.AddClosure(t.Context(), s.Staff, f)
	s.must(err)
	s.Tick()
	if !touched.Empty() || s.withdrawn(held) || s.withdrawn(idle) {
		t.Fatalf("touched %+v, the openings are %s and %s", touched, s.Slot(held).State, s.Slot(idle).State)
	}
	offer := s.OfferTo(who)
	s.must(s.W.Accept(t.Context(), offer))
	page, err := s.W.OfferPage(t.Context(), offer)
	s.must(err)
	if page.State != rules.OfferAccepted {
		t.Errorf("the offer is %s", page.State)
	}
	s.Check()
}

func TestOffersOnAClosedDayAreWithdrawnWithTheirOpeningsWhenThatIsChosen(t *testing.T) {
	s, who, held, idle, f := offered(t)
	offer := s.OfferTo(who)
	f.Withdraw = []string{business.WithdrawOffers}
	_, _, err := s.b.AddClosure(t.Context(), s.Staff, f)
	s.must(err)
	s.Tick()
	page, err := s.W.OfferPage(t.Context(), offer)
	s.must(err)
	if page.State != rules.OfferWithdrawn || page.EntryState != rules.EntryWaiting || !s.withdrawn(held) {
		t.Errorf("the offer is %s, its entry %s, its opening %s", page.State, page.EntryState, s.Slot(held).State)
	}
	if s.withdrawn(idle) {
		t.Error("the other opening, not chosen, is withdrawn")
	}
	s.Check()
}

func TestOpeningsOfAClosedDayAreWithdrawnWhenThatIsChosen(t *testing.T) {
	s, _, held, idle, f := offered(t)
	f.Withdraw = []string{business.WithdrawOpenings}
	_, _, err := s.b.AddClosure(t.Context(), s.Staff, f)
	s.must(err)
	s.Tick()
	if s.withdrawn(held) || !s.withdrawn(idle) {
		t.Errorf("the openings are %s and %s", s.Slot(held).State, s.Slot(idle).State)
	}
	s.Check()
}

func TestAnOfferMadeSinceTheListWasShownIsShownFirst(t *testing.T) {
	s, _, held, idle, f := offered(t)
	f.Withdraw = []string{business.WithdrawOffers, business.WithdrawOpenings}
	service, err := s.W.JoinChoices(t.Context(), s.Tenant)
	s.must(err)
	s.WaitAs("Bo", "bo@example.org", service[0].ID, waitlist.Wishes{}) // is offered what was idle
	_, touched, err := s.b.AddClosure(t.Context(), s.Staff, f)
	s.must(err)
	out, others := touched.Offers()
	if out != 2 || others != 0 || len(touched.Withdraw) != 2 || len(s.closures().Coming) != 0 || s.withdrawn(held) || s.withdrawn(idle) {
		t.Errorf("%d offers and %d openings are shown, chosen %v, closures %+v", out, others, touched.Withdraw, s.closures().Coming)
	}
}

func TestALongerServiceShowsWhatWasAgreedAndWhatGotTooShort(t *testing.T) {
	s := open(t)
	cut := s.AddService("Cut", 30*time.Minute, 0)
	colour := s.AddService("Colour", 30*time.Minute, 0)
	mia := s.AddStaffMember("Mia", cut, colour)
	s.WaitAs("Amara", "amara@example.org", cut, waitlist.Wishes{})
	service, err := s.DB.GetServiceByPublicID(t.Context(), serviceOf(s, cut))
	s.must(err)
	held := s.Open(mia, 2, "10:00", 30*time.Minute) // offered to Amara, for whatever fits
	short, long := s.Open(mia, 3, "10:00", 30*time.Minute), s.Open(mia, 3, "12:00", time.Hour)
	s.Open(mia, 3, "14:00", 30*time.Minute) // for whatever fits: a cut no longer does, colour does
	for _, id := range []string{short, long} {
		_, err := s.DB.Pool().ExecContext(t.Context(), "UPDATE slots SET service_id = ? WHERE public_id = ?", service.ID, id)
		s.must(err)
	}
	booking := s.book(mia, cut, "Bea", 4, "10:00")
	s.book(mia, colour, "Cleo", 4, "12:00")
	f := s.serviceForm("Cut")
	f.Duration, f.Staff = "45", []string{mia}
	touched, err := s.b.ChangeService(t.Context(), s.Staff, cut, f)
	s.must(err)
	same(t, "bookings", bookingIDs(touched), sorted(booking))
	same(t, "slots", slotIDs(touched), sorted(held, short))
	for _, one := range touched.Slots {
		if one.Agreed != (one.ID == held) || one.Short != (one.ID == short) || one.Withdrawn {
			t.Errorf("shown as %+v", one)
		}
	}
	f.Duration = "30"
	touched, err = s.b.ChangeService(t.Context(), s.Staff, cut, f)
	s.must(err)
	if !touched.Empty() {
		t.Errorf("the same length touches %+v", touched)
	}
}

func serviceOf(s shop, id string) db.GetServiceByPublicIDParams {
	return db.GetServiceByPublicIDParams{TenantID: s.Tenant, PublicID: id}
}
