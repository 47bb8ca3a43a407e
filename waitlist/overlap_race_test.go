package waitlist_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// at is a place in a staff member's time: days from today, minute of day, and minutes long.
type at struct{ days, from, minutes int }

func book(s *waitlisttest.Scene, staffMember string, a at) func() error {
	date := rules.DateOf(s.Now(), s.Zone).AddDays(a.days)
	return func() error {
		_, err := s.W.Book(s.Context(), s.Staff, waitlist.Book{StaffMember: staffMember, Busy: true, Minutes: a.minutes, Date: date, FromMinute: a.from})
		return err
	}
}

func open(s *waitlisttest.Scene, staffMember string, a at) func() error {
	date := rules.DateOf(s.Now(), s.Zone).AddDays(a.days)
	return func() error {
		_, err := s.W.OpenSlots(s.Context(), s.Staff, waitlist.OpenSlots{
			StaffMember: staffMember, Date: date, FromMinute: a.from, Minutes: a.minutes, Count: 1, Weeks: 1, OutsideHours: true,
		})
		return err
	}
}

func TestOfTwoWhoTakeOverlappingTimeOneGetsIt(t *testing.T) {
	type act func(*waitlisttest.Scene, string, at) func() error
	for _, c := range []struct {
		name     string
		one, two act
		a, b     at
		both     bool // a booking may take an opening's time over
	}{
		{name: "two bookings", one: book, two: book, a: at{1, 600, 60}, b: at{1, 630, 60}},
		{name: "two bookings of the same time", one: book, two: book, a: at{1, 600, 60}, b: at{1, 600, 60}},
		{name: "two bookings across midnight", one: book, two: book, a: at{1, 23*60 + 30, 60}, b: at{2, 0, 60}},
		{name: "two openings", one: open, two: open, a: at{1, 600, 60}, b: at{1, 630, 60}},
		{name: "two openings across midnight", one: open, two: open, a: at{1, 23 * 60, 120}, b: at{2, 30, 60}},
		{name: "a booking and an opening", one: book, two: open, a: at{1, 600, 60}, b: at{1, 630, 60}, both: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := race(t)
			for range rounds {
				_, mia := stage(s)
				won := outcomes(t, together(c.one(s, mia, c.a), c.two(s, mia, c.b)), problem.Conflict)
				if won != 1 && !(c.both && won == 2) {
					t.Errorf("%d of two who wanted the same time got it", won)
				}
			}
			rows(t, s, 0, `slots x JOIN slots y ON y.staff_member_id = x.staff_member_id AND y.id > x.id AND y.starts_at < x.ends_at AND y.ends_at > x.starts_at
				WHERE x.state IN ('open', 'held', 'booked') AND y.state IN ('open', 'held', 'booked')`)
		})
	}
}

func TestBookingsThatMeetAnOpeningBeingFilledNeverShareItsTime(t *testing.T) {
	s := race(t)
	for i := range rounds {
		cut, mia := stage(s)
		s.Wait(cut, waitlist.Wishes{})
		date := rules.DateOf(s.Now(), s.Zone).AddDays(1)
		slots, err := s.W.OpenSlots(s.Context(), s.Staff, waitlist.OpenSlots{
			StaffMember: mia, Date: date, FromMinute: 600, Minutes: 180, Count: 1, Weeks: 1,
		})
		ok(t, err)
		s.Send()
		offer := pending(t, s, slots[0])
		token := s.DB.Tokens().Make(seal.TokenOffer, offer.PublicID, offer.TokenVersion)
		errs := together(
			func() error { return s.W.Accept(s.Context(), token) },
			book(s, mia, at{1, 600 + 15*i, 60}),
		)
		ok(t, errs[0])
		outcomes(t, errs[1:], problem.Conflict)
	}
}

func TestOneCustomerIsNeverBookedTwiceAtOneTime(t *testing.T) {
	s := race(t)
	for i := range rounds {
		cut, mia := stage(s)
		colour := s.AddService("Colour", time.Hour, 0)
		ben := s.AddStaffMember("Ben", colour)
		name, email := fmt.Sprintf("Ada %d", i), fmt.Sprintf("ada%d@example.org", i)
		s.WaitAs(name, email, cut, waitlist.Wishes{})
		slot := s.Open(mia, 1, "10:00", time.Hour)
		s.Send()
		offer := pending(t, s, slot)
		token := s.DB.Tokens().Make(seal.TokenOffer, offer.PublicID, offer.TokenVersion)
		errs := together(
			func() error { return s.W.Accept(s.Context(), token) },
			func() error {
				_, err := s.W.Book(s.Context(), s.Staff, waitlist.Book{
					StaffMember: ben, Service: colour, Date: rules.DateOf(s.Now(), s.Zone).AddDays(1), FromMinute: 630, Name: name, Email: email,
				})
				return err
			},
		)
		if won := outcomes(t, errs, problem.Conflict); won != 1 {
			t.Errorf("%d of two appointments at one time were made", won)
		}
	}
}
