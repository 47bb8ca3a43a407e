package public_test

import (
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/waitlist"
)

func TestCancellingAsksFirstAndThenWhetherToWaitAgain(t *testing.T) {
	s := open(t)
	booking, offer, entry := s.booked("Amara")
	s.get(paths.Booking(booking)).leadsTo(paths.BookingCancellation(booking)).leadsTo(paths.BookingEvent(booking))
	question := s.get(paths.BookingCancellation(booking)).says("Cancel this appointment?").leadsTo(paths.Booking(booking))
	if title := s.get(paths.Booking(booking)).title(); !strings.HasPrefix(title, "It's yours: ") {
		t.Fatalf("asking changed the booking: %q", title)
	}
	var cancelled answer
	for range 2 {
		cancelled = s.press(question, paths.BookingCancellation(booking), nil).says("Your appointment is cancelled")
	}
	s.get(paths.Offer(offer)).says("This appointment was cancelled")
	for range 2 {
		again := s.press(cancelled, paths.BookingWait(booking), nil).says("Your appointment is cancelled").leadsTo(paths.Entry(entry))
		if again.has("form") {
			t.Error("the page still asks whether to wait again")
		}
	}
	s.get(paths.Entry(entry)).says("You are next in line")
	s.follow(s.get(paths.BookingCancellation(booking))).says("Your appointment is cancelled")
}

func TestWhoseAppointmentTheBusinessCancelsWaitsInTheOldPlace(t *testing.T) {
	s := open(t)
	booking, _, entry := s.booked("Amara")
	s.Pass(time.Hour)
	s.joins("Bela", waitlist.Wishes{})
	s.cancelsForBusiness(booking)
	page := s.get(paths.Booking(booking)).says("Your appointment was cancelled").leadsTo(paths.Entry(entry))
	if !strings.Contains(page.main(), "You are waiting again in your old place") {
		t.Error(page.main())
	}
}

func TestAnAppointmentThatHasBegunCannotBeCancelled(t *testing.T) {
	s := open(t)
	booking, _, _ := s.booked("Amara")
	question := s.get(paths.BookingCancellation(booking))
	s.Pass(8 * 24 * time.Hour)
	s.press(question, paths.BookingCancellation(booking), nil).says("This appointment is over")
	s.follow(s.get(paths.BookingCancellation(booking))).says("This appointment is over")
}

func TestWaitingAgainNeedsACancelledBooking(t *testing.T) {
	s := open(t)
	booking, _, entry := s.booked("Amara")
	s.follow(s.ask("POST", paths.BookingWait(booking), nil))
	s.get(paths.Entry(entry)).says("You have an appointment, Amara").leadsTo(paths.Booking(booking))
}

func TestThePartOfABookingIsThePageWithoutItsFrame(t *testing.T) {
	s := open(t)
	booking, _, _ := s.booked("Amara")
	part, page := s.part(paths.Booking(booking), "booking"), s.get(paths.Booking(booking))
	if part.has("header") || part.Find("section#booking").Length() != 1 || part.title() != page.title() {
		t.Errorf("%s", part.body)
	}
}
