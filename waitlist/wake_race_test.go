package waitlist_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

func TestWhoeverComesToTheListAsASlotOpensIsOfferedWithinThirtySeconds(t *testing.T) {
	s := race(t)
	n := 0
	for _, c := range []struct {
		name string
		come func(s *waitlisttest.Scene, service string) (func() error, waitlisttest.Waiter)
	}{
		{"by confirming", func(s *waitlisttest.Scene, service string) (func() error, waitlisttest.Waiter) {
			who := s.Join("Ada", fmt.Sprintf("ada%d@example.org", n), service, waitlist.Wishes{})
			return func() error { return s.W.ConfirmEntry(s.Context(), who.Token) }, who
		}},
		{"by returning from a pause", func(s *waitlisttest.Scene, service string) (func() error, waitlisttest.Waiter) {
			who := s.Wait(service, waitlist.Wishes{})
			ok(t, s.W.PauseEntry(s.Context(), who.Token))
			return func() error { return s.W.ReturnEntry(s.Context(), who.Token) }, who
		}},
		{"by wishing otherwise", func(s *waitlisttest.Scene, service string) (func() error, waitlisttest.Waiter) {
			who := s.Wait(service, waitlist.Wishes{Notice: 29 * 24 * time.Hour})
			return func() error { return s.W.ChangeWishes(s.Context(), who.Token, waitlist.Wishes{}) }, who
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for range rounds {
				n++
				cut, mia := stage(s)
				come, who := c.come(s, cut)
				outcomes(t, together(come, open(s, mia, at{1, 600, 60})))
				for range 30 {
					if s.OfferTo(who) != "" {
						break
					}
					s.Pass(time.Second)
					s.Tick()
				}
				if s.OfferTo(who) == "" {
					t.Fatal("nobody was offered the slot within 30 s")
				}
			}
		})
	}
}

func TestCancellationsMeetACascadeAndEveryOpeningFindsSomebody(t *testing.T) {
	s := race(t)
	for i := range rounds {
		before := number(t, s, "SELECT COALESCE(MAX(id), 0) FROM slots")
		cut := s.AddService("Cut", time.Hour, 0)
		mia, ben := s.AddStaffMember("Mia", cut), s.AddStaffMember("Ben", cut)
		// Ada has an appointment and cancels it, Bob declines another: two openings and the next two customers are left.
		ada, bob := s.Wait(cut, waitlist.Wishes{}), s.Wait(cut, waitlist.Wishes{})
		s.Open(mia, 1, "10:00", time.Hour)
		s.Send()
		ok(t, s.W.Accept(s.Context(), s.OfferTo(ada)))
		s.Open(ben, 1, "12:00", time.Hour)
		s.Send()
		third, fourth := s.Wait(cut, waitlist.Wishes{}), s.Wait(cut, waitlist.Wishes{})
		page, err := s.W.EntryPage(s.Context(), ada.Token)
		ok(t, err)
		cancel := func() error { return s.W.CancelBooking(s.Context(), page.BookingToken) }
		if i%2 == 1 { // the business cancels instead, and the customer at the same moment
			booking, err := s.W.BookingPage(s.Context(), page.BookingToken)
			ok(t, err)
			ok(t, s.W.WishCancelBooking(s.Context(), s.Staff, booking.ID))
			s.Pass(waitlist.UndoFor + time.Second)
		}
		declined := s.OfferTo(bob)
		errs := together(
			cancel,
			func() error { return s.W.Decline(s.Context(), declined, true) },
			job(func() (int, error) { return s.W.CarryOutWishes(s.Context()) }),
			job(func() (int, error) { return s.W.FillDue(s.Context()) }),
		)
		outcomes(t, errs, problem.Gone)
		left := func() int { return number(t, s, "SELECT COUNT(*) FROM slots WHERE state = 'open' AND id > ?", before) }
		for n := 0; n < 31 && left() > 0; n++ {
			s.Pass(time.Second)
			s.Tick()
		}
		if left() > 0 { // customers who may have it are waiting
			t.Error("an opening stands empty")
		}
		for _, who := range []waitlisttest.Waiter{bob, third, fourth} {
			ok(t, s.W.LeaveEntry(s.Context(), who.Token)) // not the next round's business
		}
	}
}
