package waitlist_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/migrations"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// openings fails the test unless the openings are these, oldest first: origin, outcome, and the kind of the booking in the end.
func openings(t *testing.T, s *waitlisttest.Scene, want ...string) {
	t.Helper()
	found, err := s.DB.Pool().QueryContext(s.Context(), `SELECT CONCAT(o.origin, ' ', o.outcome, ' ', COALESCE(b.kind, '')) FROM openings o
		LEFT JOIN bookings b ON b.tenant_id = o.tenant_id AND b.id = o.booking_id ORDER BY o.id`)
	ok(t, err)
	defer found.Close()
	var got []string
	for found.Next() {
		var one string
		ok(t, found.Scan(&one))
		got = append(got, one)
	}
	ok(t, found.Err())
	if !slices.Equal(got, want) {
		t.Fatalf("the openings are %q, want %q", got, want)
	}
}

// bookAt books an appointment, or busy time without a service, tomorrow at ten for the service or for an hour.
func bookAt(s *waitlisttest.Scene, service, staff string) (id string, err error) {
	return s.W.Book(s.Context(), s.Staff, waitlist.Book{
		StaffMember: staff, Service: service, Name: "Bea", Busy: service == "", Minutes: 60, Date: rules.DateOf(s.Now(), s.Zone).AddDays(1), FromMinute: 600,
	})
}

func TestOffersThatComeToNothingStayWithinOneOpening(t *testing.T) {
	s, cut, mia := salon(t)
	first, second, third := s.Wait(cut, waitlist.Wishes{}), s.Wait(cut, waitlist.Wishes{}), s.Wait(cut, waitlist.Wishes{})
	before := s.Now()
	s.Open(mia, 1, "10:00", time.Hour)
	s.Send()
	ok(t, s.W.Decline(s.Context(), s.OfferTo(first), false))
	s.Send()
	if s.OfferTo(second) == "" {
		t.Fatal("nobody was asked next")
	}
	s.Pass(11 * time.Minute)
	s.Tick()
	openings(t, s, "staff  ")
	s.Send()
	ok(t, s.W.Accept(s.Context(), s.OfferTo(third)))
	openings(t, s, "staff filled appointment")
	if n := number(t, s, "SELECT COUNT(*) FROM openings WHERE opened_at BETWEEN ? AND ? AND ended_at > ?", before, before.Add(time.Minute), before.Add(11*time.Minute)); n != 1 {
		t.Error("it did not last from when the slot opened to the yes")
	}
}

// accepted opens a slot of an hour tomorrow at ten, and has it taken; it gives the token of the booking.
func accepted(t *testing.T, s *waitlisttest.Scene, cut, mia string) (booking string) {
	t.Helper()
	who := s.Wait(cut, waitlist.Wishes{})
	s.Open(mia, 1, "10:00", time.Hour)
	s.Send()
	ok(t, s.W.Accept(s.Context(), s.OfferTo(who)))
	page, err := s.W.EntryPage(s.Context(), who.Token)
	ok(t, err)
	return page.BookingToken
}

func TestATimeOpensOnceMoreWhenItsAppointmentIsCancelled(t *testing.T) {
	s, cut, mia := salon(t)
	booking := accepted(t, s, cut, mia)
	s.Pass(time.Hour)
	ok(t, s.W.CancelBooking(s.Context(), booking))
	openings(t, s, "staff filled appointment", "cancellation  ")
	s.Pass(25 * time.Hour)
	s.Tick()
	openings(t, s, "staff filled appointment", "cancellation lapsed ")
}

func TestWhatStaffBookThemselvesOpensWhenItIsCancelledOnly(t *testing.T) {
	s, cut, mia := salon(t)
	id, err := bookAt(s, cut, mia)
	ok(t, err)
	openings(t, s)
	ok(t, s.W.WishCancelBooking(s.Context(), s.Staff, id))
	s.Pass(waitlist.UndoFor)
	s.Tick()
	openings(t, s, "cancellation  ")
}

func TestCancelledBusyTimeAndWhatIsOverAreNotToBeGivenAway(t *testing.T) {
	s, cut, mia := salon(t)
	for _, service := range []string{"", cut} {
		id, err := bookAt(s, service, mia)
		ok(t, err)
		if service != "" {
			s.StartAt(time.Date(2027, 3, 2, 10, 30, 0, 0, s.Zone)) // it has begun
		}
		ok(t, s.W.WishCancelBooking(s.Context(), s.Staff, id))
		s.Pass(waitlist.UndoFor)
		s.Tick()
	}
	openings(t, s)
}

func TestAnAppointmentByStaffEndsTheOpeningsItTakesThePlaceOf(t *testing.T) {
	s, cut, mia := salon(t)
	s.Open(mia, 1, "10:00", 2*time.Hour)
	_, err := bookAt(s, cut, mia)
	ok(t, err)
	openings(t, s, "staff booked appointment", "remainder  ")
}

func TestBusyTimeTakesOpeningsBack(t *testing.T) {
	s, _, mia := salon(t)
	s.Open(mia, 1, "10:00", time.Hour)
	_, err := bookAt(s, "", mia)
	ok(t, err)
	openings(t, s, "staff withdrawn ")
}

func TestWithdrawnSlotsEndTheirOpeningsHeldOrNot(t *testing.T) {
	s, cut, mia := salon(t)
	s.Wait(cut, waitlist.Wishes{})
	for _, clock := range []string{"10:00", "12:00"} { // the first is held, the second has nobody left to ask
		slot := s.Open(mia, 1, clock, time.Hour)
		ok(t, s.W.WithdrawSlot(s.Context(), s.Staff, slot))
	}
	openings(t, s, "staff  ", "staff  ")
	s.Pass(waitlist.UndoFor)
	s.Tick()
	openings(t, s, "staff withdrawn ", "staff withdrawn ")
}

func TestWhatAShorterAppointmentLeavesIsAnOpeningOfItsOwn(t *testing.T) {
	s, cut, mia := salon(t)
	who := s.Wait(cut, waitlist.Wishes{})
	s.Open(mia, 1, "10:00", 2*time.Hour)
	s.Send()
	ok(t, s.W.Accept(s.Context(), s.OfferTo(who)))
	openings(t, s, "staff filled appointment", "remainder  ")
}

func TestAProgramThatKnewNoOpeningsMayHaveOpenedASlotOrBookedIt(t *testing.T) {
	s, cut, mia := salon(t)
	who := s.Wait(cut, waitlist.Wishes{})
	s.Open(mia, 1, "10:00", time.Hour)
	s.Send()
	sql(t, s, "DELETE FROM openings")
	ok(t, s.W.Accept(s.Context(), s.OfferTo(who)))
	openings(t, s)

	s.StartAt(time.Date(2027, 3, 3, 9, 0, 0, 0, s.Zone))
	booking := accepted(t, s, cut, mia)
	sql(t, s, "UPDATE openings SET live_slot_id = slot_id, outcome = '', ended_at = NULL, booking_id = NULL")
	ok(t, s.W.CancelBooking(s.Context(), booking))
	openings(t, s, "staff filled appointment", "cancellation  ")
}

func TestSlotsThatAreOpenWhenOpeningsAreFirstNotedGetOne(t *testing.T) {
	s, cut, mia := salon(t)
	booking := accepted(t, s, cut, mia)
	s.Pass(time.Hour)
	ok(t, s.W.CancelBooking(s.Context(), booking))
	s.Wait(cut, waitlist.Wishes{})
	s.Open(mia, 2, "12:00", time.Hour) // held, or the other is
	s.Open(mia, 3, "12:00", time.Hour)
	s.Tick()
	live := "SELECT GROUP_CONCAT(CONCAT_WS(' ', slot_id, live_slot_id, origin, opened_at, starts_at) ORDER BY slot_id) FROM openings WHERE outcome = ''"
	var before, after string
	ok(t, s.DB.Pool().QueryRowContext(s.Context(), live).Scan(&before))
	sql(t, s, "DELETE FROM openings")
	text, err := fs.ReadFile(migrations.Files, "00046_openings_of_slots.sql")
	ok(t, err)
	_, up, _ := strings.Cut(string(text), "-- +goose Up")
	up, _, _ = strings.Cut(up, "-- +goose Down")
	sql(t, s, up)
	ok(t, s.DB.Pool().QueryRowContext(s.Context(), live).Scan(&after))
	if after != before || strings.Count(after, ",") != 2 {
		t.Errorf("they were\n%s, now they are\n%s", before, after)
	}
}
