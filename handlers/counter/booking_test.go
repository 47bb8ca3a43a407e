package counter_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/waitlist"
)

func TestACancellationIsUndoneInTimeOrElseTheSlotOpens(t *testing.T) {
	s := open(t)
	booking := s.books("Elena", s.today, 15*60)
	way, undo := paths.CounterBooking(booking), paths.CounterBookingRestoration(booking)
	gone := s.press(s.page(way).says("Elena", "Confirmed", "Today 15:00", "Mia"), paths.CounterBookingCancellation(booking), nil).
		says("cancelled in 10 seconds", "Being cancelled")
	if !gone.has(`#flash form[action="`+undo+`"]`) || gone.has(`form[action="`+paths.CounterBookingCancellation(booking)+`"]`) {
		t.Error("no way to undo it, or it can be cancelled twice")
	}
	s.press(gone, undo, nil).says("stands as before").silent("Being cancelled")
	s.press(s.page(way), paths.CounterBookingCancellation(booking), nil)
	s.Pass(11 * time.Second)
	s.Tick()
	if page := s.page(way).says("Cancelled"); page.has("#booking form") {
		t.Error("a cancelled appointment can be changed")
	}
	s.page(paths.Counter).says("Nobody on the list fits", "Today 15:00")
	if late := s.ask("POST", undo, url.Values{}); late.status != http.StatusGone {
		t.Errorf("undone too late: %d", late.status)
	}
}

func TestWhetherTheCustomerCameIsRecordedOnceItHasBegun(t *testing.T) {
	s := open(t)
	came, missed := s.books("Elena", s.today, 10*60), s.books("Ravi", s.today, 11*60)
	if page := s.page(paths.CounterBooking(came)); page.has(`form[action="` + paths.CounterBookingCompletion(came) + `"]`) {
		t.Error("asked before it began")
	}
	early := s.ask("POST", paths.CounterBookingCompletion(came), url.Values{})
	if early.status != http.StatusConflict {
		t.Errorf("recorded before it began: %d", early.status)
	}
	s.Pass(2*time.Hour + 10*time.Minute)
	noted := s.press(s.page(paths.CounterBooking(came)), paths.CounterBookingNoShow(came), nil).says("did not come", "Noted: did not come", "Confirmed")
	s.press(noted, paths.CounterBookingRestoration(came), nil).says("stands as before").silent("Noted")
	s.press(s.page(paths.CounterBooking(came)), paths.CounterBookingCompletion(came), nil).says("the customer was here")
	s.press(s.page(paths.CounterBooking(missed)), paths.CounterBookingNoShow(missed), nil).says("did not come")
	s.Pass(waitlist.UndoFor - time.Second)
	s.Tick()
	s.page(paths.CounterBooking(came)).says("Confirmed")
	s.Pass(time.Second)
	s.Tick()
	s.page(paths.CounterBooking(came)).says("Completed")
	s.page(paths.CounterBooking(missed)).says("Did not come").silent("Undo")
	if late := s.ask("POST", paths.CounterBookingRestoration(missed), url.Values{}); late.status != http.StatusGone {
		t.Errorf("undone too late: %d", late.status)
	}
	if again := s.ask("POST", paths.CounterBookingCompletion(missed), url.Values{}); again.status != http.StatusConflict {
		t.Errorf("recorded both: %d", again.status)
	}
}

func TestBusyTimeIsFreedAndGoesToNobody(t *testing.T) {
	s := open(t)
	s.adds("Amara")
	busy, err := s.W.Book(s.Context(), s.Staff, waitlist.Book{StaffMember: s.mia, Busy: true, Minutes: 60, Date: s.today, FromMinute: 15 * 60})
	s.check(err)
	s.press(s.page(paths.CounterBooking(busy)).says("Busy", "Free this time").silent("Was here"), paths.CounterBookingCancellation(busy), nil).says("free in 10 seconds")
	s.Pass(11 * time.Second)
	s.Tick()
	if counts, err := s.W.Counts(s.Context(), s.Tenant); err != nil || counts.OffersOut != 0 || counts.Open != 0 {
		t.Errorf("%+v, %v", counts, err)
	}
}
