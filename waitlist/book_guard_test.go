package waitlist_test

import (
	"testing"
	"time"

	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

func TestAnAppointmentMadeByStaffClosesTheEntryInWhateverStateItIs(t *testing.T) {
	for _, c := range []struct {
		name  string
		wait  func(t *testing.T, s *waitlisttest.Scene, cut string) waitlisttest.Waiter
		again rules.EntryState // after the business cancels
	}{
		{"waiting", func(_ *testing.T, s *waitlisttest.Scene, cut string) waitlisttest.Waiter {
			return s.Wait(cut, waitlist.Wishes{})
		}, rules.EntryWaiting},
		{"paused", func(t *testing.T, s *waitlisttest.Scene, cut string) waitlisttest.Waiter {
			who := s.Wait(cut, waitlist.Wishes{})
			ok(t, s.W.PauseEntry(s.Context(), who.Token))
			return who
		}, rules.EntryWaiting},
		{"unconfirmed", func(_ *testing.T, s *waitlisttest.Scene, cut string) waitlisttest.Waiter {
			return s.Join("Ada", "ada@example.org", cut, waitlist.Wishes{})
		}, rules.EntryUnconfirmed},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := race(t)
			cut, mia := stage(s)
			who := c.wait(t, s, cut)
			page := func() waitlist.EntryPage {
				t.Helper()
				page, err := s.W.EntryPage(s.Context(), who.Token)
				ok(t, err)
				return page
			}
			id, err := s.W.Book(s.Context(), s.Staff, waitlist.Book{
				StaffMember: mia, Service: cut, Date: rules.DateOf(s.Now(), s.Zone).AddDays(1), FromMinute: 600, Name: who.Name, Email: who.Email,
			})
			ok(t, err)
			if page().State != rules.EntryBooked {
				t.Fatalf("the entry is %s, want booked", page().State)
			}
			ok(t, s.W.WishCancelBooking(s.Context(), s.Staff, id))
			s.Pass(waitlist.UndoFor + time.Second)
			s.Tick()
			if page().State != c.again {
				t.Errorf("with the appointment cancelled the entry is %s, want %s", page().State, c.again)
			}
		})
	}
}

func TestWhoNeverConfirmedDoesSoByWaitingAgain(t *testing.T) {
	s := race(t)
	cut, mia := stage(s)
	who := s.Join("Ada", "ada@example.org", cut, waitlist.Wishes{})
	_, err := s.W.Book(s.Context(), s.Staff, waitlist.Book{
		StaffMember: mia, Service: cut, Date: rules.DateOf(s.Now(), s.Zone).AddDays(1), FromMinute: 600, Name: who.Name, Email: who.Email,
	})
	ok(t, err)
	page, err := s.W.EntryPage(s.Context(), who.Token)
	ok(t, err)
	ok(t, s.W.CancelBooking(s.Context(), page.BookingToken))
	ok(t, s.W.WaitAgain(s.Context(), page.BookingToken))
	s.Open(mia, 2, "10:00", time.Hour)
	if s.OfferTo(who) == "" {
		t.Error("who waits again by the button behind an emailed link is not offered")
	}
}
