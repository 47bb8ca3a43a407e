package waitlist_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// books has staff book an hour with somebody, at a local time today plus days, and gives the id and the link of the booking.
func books(t *testing.T, s *waitlisttest.Scene, service, staffMember, name string, days, minute int) (id, token string) {
	t.Helper()
	email := strings.ToLower(name) + "@example.org"
	id, err := s.W.Book(s.Context(), s.Staff, waitlist.Book{
		StaffMember: staffMember, Service: service, Date: rules.DateOf(s.Now(), s.Zone).AddDays(days), FromMinute: minute, Name: name, Email: email, OutsideHours: true,
	})
	ok(t, err)
	return id, s.DB.Tokens().Make(seal.TokenBooking, id, 1)
}

// asks runs the job and checks how many were asked whether they come.
func asks(t *testing.T, s *waitlisttest.Scene, want int) {
	t.Helper()
	n, err := s.W.RemindBookings(s.Context())
	ok(t, err)
	if n != want {
		t.Fatalf("at %s %d were asked, want %d", s.Now().In(s.Zone), n, want)
	}
}

// thanks runs the job and checks how many were thanked.
func thanks(t *testing.T, s *waitlisttest.Scene, want int) {
	t.Helper()
	n, err := s.W.ThankCustomers(s.Context())
	ok(t, err)
	if n != want {
		t.Fatalf("at %s %d were thanked, want %d", s.Now().In(s.Zone), n, want)
	}
}

func TestWhoHasAnAppointmentIsAskedOnceADayBefore(t *testing.T) {
	s, cut, mia := salon(t)
	_, token := books(t, s, cut, mia, "Ada", 2, 10*60)  // Wednesday 10:00
	_, lost := books(t, s, cut, mia, "Bea", 2, 12*60)   // cancels before
	books(t, s, cut, mia, "Cem", 1, 8*60+30)            // booked less than a day before
	wished, _ := books(t, s, cut, mia, "Dan", 2, 14*60) // the business is about to cancel
	_, err := s.W.Book(s.Context(), s.Staff, waitlist.Book{StaffMember: mia, Busy: true, Minutes: 60, Date: rules.DateOf(s.Now(), s.Zone).AddDays(2), FromMinute: 16 * 60})
	ok(t, err)
	_, err = s.W.Book(s.Context(), s.Staff, waitlist.Book{StaffMember: mia, Service: cut, Date: rules.DateOf(s.Now(), s.Zone).AddDays(2), FromMinute: 17 * 60, Name: "Uma", Phone: "+4930901820"})
	ok(t, err)
	asks(t, s, 0) // a day before Cem's was half past eight, and it is nine
	s.Pass(25*time.Hour - time.Second)
	asks(t, s, 0)
	s.Pass(time.Second)
	asks(t, s, 1)
	asks(t, s, 0)
	m := s.Messages(outbox.Reminder)
	if len(m) != 1 || !m[0].UsefulUntil.Equal(s.Now().Add(24*time.Hour).Truncate(time.Minute)) && m[0].UsefulUntil.Sub(s.Now()) > 24*time.Hour {
		t.Fatalf("%+v", m)
	}
	page, err := s.W.BookingPage(s.Context(), token)
	ok(t, err)
	if !page.Asked || page.Coming {
		t.Errorf("asked %v, coming %v", page.Asked, page.Coming)
	}
	ok(t, s.W.CancelBooking(s.Context(), lost))
	s.Pass(4*time.Hour - 5*time.Second)
	ok(t, s.W.WishCancelBooking(s.Context(), s.Staff, wished))
	s.Pass(5 * time.Second)
	asks(t, s, 0)
	ok(t, s.W.UndoBookingWish(s.Context(), s.Staff, wished))
	asks(t, s, 1)
	s.Pass(24 * time.Hour)
	asks(t, s, 0)
}

func TestTheReminderGoesByTheSettingsOfTheBusiness(t *testing.T) {
	s, cut, mia := salon(t)
	books(t, s, cut, mia, "Ada", 1, 9*60)
	sql(t, s, "UPDATE settings SET reminder_hours = 0")
	s.Pass(12 * time.Hour)
	asks(t, s, 0)
	sql(t, s, "UPDATE settings SET reminder_hours = 3, quiet_from_minute = 1200, quiet_to_minute = 480") // due at 6: an hour is left after 8
	asks(t, s, 0)                                                                                        // 21:00: it should have gone at 19:45, and it is quiet now
	s.Pass(11*time.Hour - time.Second)
	asks(t, s, 0)
	s.Pass(time.Second)
	asks(t, s, 1)
}

func TestAReminderBeforeQuietHoursGoesOutAQuarterOfAnHourEarlier(t *testing.T) {
	s, cut, mia := salon(t)
	sql(t, s, "UPDATE settings SET reminder_hours = 3, quiet_from_minute = 1200, quiet_to_minute = 480")
	books(t, s, cut, mia, "Ada", 1, 9*60)
	s.Pass(10*time.Hour + 45*time.Minute - time.Second)
	asks(t, s, 0)
	s.Pass(time.Second)
	asks(t, s, 1)
	books(t, s, cut, mia, "Bea", 1, 8*60) // for eight: later than she would have been asked
	s.Pass(12*time.Hour + 15*time.Minute)
	asks(t, s, 0)
}

func TestTheReminderIsADayBeforeOnTheNightsTheClockChanges(t *testing.T) {
	for day, early := range map[string]time.Duration{"2027-03-28": -time.Hour, "2027-10-31": time.Hour} {
		s, cut, mia := salon(t)
		change, err := rules.ParseDate(day)
		ok(t, err)
		s.StartAt(change.AddDays(-3).In(9*60, s.Zone))
		books(t, s, cut, mia, "Ada", 3, 10*60) // on the day after the night
		wall := change.AddDays(-1).In(10*60, s.Zone)
		s.Pass(wall.Add(early - time.Second).Sub(s.Now()))
		asks(t, s, 0)
		s.Pass(time.Second)
		asks(t, s, 1)
	}
}

func TestAReminderMeetsACancellationAndItself(t *testing.T) {
	s := race(t)
	ask := job(func() (int, error) { return s.W.RemindBookings(s.Context()) })
	for range rounds {
		cut, mia := stage(s)
		id, token := books(t, s, cut, mia, "Ada", 2, 10*60)
		s.Pass(25 * time.Hour)
		errs := together(ask, ask, func() error { return s.W.CancelBooking(s.Context(), token) }, ask, func() error { return s.W.ConfirmComing(s.Context(), token) })
		outcomes(t, errs, problem.Gone)
		asks(t, s, 0)
		if n := number(t, s, "SELECT COUNT(*) FROM outbox WHERE kind = 'reminder' AND cause_key = ?", id); n > 1 {
			t.Errorf("%d reminders of one booking", n)
		}
		page, err := s.W.BookingPage(s.Context(), token)
		ok(t, err)
		if page.State != rules.BookingCancelled {
			t.Errorf("the booking is %s", page.State)
		}
		s.Pass(23 * time.Hour)
	}
}

func TestSayingThatOneComesIsKeptOnceAndShownToStaff(t *testing.T) {
	s, cut, mia := salon(t)
	id, token := books(t, s, cut, mia, "Ada", 1, 10*60)
	first := s.Now()
	for range 2 {
		ok(t, s.W.ConfirmComing(s.Context(), token))
		s.Pass(time.Minute)
	}
	rows(t, s, 1, "audit_entries WHERE action = 'booking.coming'")
	item, _, err := s.W.BookingDetail(s.Context(), s.Tenant, id)
	ok(t, err)
	if item.ComingAt == nil || item.ComingAt.Sub(first) > time.Second {
		t.Fatalf("coming at %v", item.ComingAt)
	}
	d, err := s.W.Day(s.Context(), s.Tenant, rules.DateOf(s.Now(), s.Zone).AddDays(1))
	ok(t, err)
	if len(d.Staff) != 1 || len(d.Staff[0].Items) != 1 || d.Staff[0].Items[0].ComingAt == nil {
		t.Error("the day doesn't say it")
	}
	ok(t, s.W.CancelBooking(s.Context(), token))
	kind(t, s.W.ConfirmComing(s.Context(), token), problem.Gone)
	_, late := books(t, s, cut, mia, "Bea", 0, 11*60)
	s.Pass(3 * time.Hour)
	kind(t, s.W.ConfirmComing(s.Context(), late), problem.Gone)
	kind(t, s.W.ConfirmComing(s.Context(), "nothing"), problem.NotFound)
}

func TestWhoWasThereIsThankedOnceInThirtyDays(t *testing.T) {
	s, cut, mia := salon(t)
	books(t, s, cut, mia, "Ada", 1, 10*60)
	missed, _ := books(t, s, cut, mia, "Bea", 1, 11*60)
	came, _ := books(t, s, cut, mia, "Cem", 1, 12*60)
	_, off := books(t, s, cut, mia, "Dan", 1, 13*60)
	ok(t, s.W.CancelBooking(s.Context(), off))
	books(t, s, cut, mia, "Ada", 2, 10*60)
	books(t, s, cut, mia, "Ada", 31, 10*60)
	books(t, s, cut, mia, "Ada", 32, 10*60)
	s.Pass(25*time.Hour + 90*time.Minute) // Tuesday 11:30
	ok(t, s.W.NoShowBooking(s.Context(), s.Staff, missed))
	s.Pass(90*time.Minute - time.Second)
	thanks(t, s, 0)
	s.Pass(time.Second)
	thanks(t, s, 1) // Ada, two hours after 11:00
	thanks(t, s, 0)
	ok(t, s.W.CompleteBooking(s.Context(), s.Staff, came)) // and leaves early: the end of the appointment counts
	s.Pass(time.Hour)
	s.Tick()
	thanks(t, s, 0) // Bea, about whom staff said already that she didn't come
	s.Pass(time.Hour)
	thanks(t, s, 1) // Cem
	s.Pass(24 * time.Hour)
	thanks(t, s, 0) // Ada was thanked yesterday
	s.Pass(29*24*time.Hour - 2*time.Hour)
	thanks(t, s, 1) // thirty days later to the second
	s.Pass(24 * time.Hour)
	thanks(t, s, 0)
	if m := s.Messages(outbox.Thanks); len(m) != 3 {
		t.Errorf("%d thank-yous", len(m))
	}
}

func TestAThankYouIsNeitherDaysLateNorInTheNight(t *testing.T) {
	s, cut, mia := salon(t)
	sql(t, s, "UPDATE settings SET quiet_from_minute = 1200, quiet_to_minute = 480")
	books(t, s, cut, mia, "Ada", 0, 17*60+30) // until 18:30
	books(t, s, cut, mia, "Bea", 0, 10*60)
	s.Pass(11*time.Hour + 30*time.Minute) // 20:30: Bea's was due at 13:00, but the program did not run then
	thanks(t, s, 0)
	s.Pass(11*time.Hour + 30*time.Minute - time.Second)
	thanks(t, s, 0)
	s.Pass(time.Second)
	thanks(t, s, 2)
	books(t, s, cut, mia, "Cem", 0, 10*60)
	s.Pass(5*time.Hour + 48*time.Hour + time.Second)
	thanks(t, s, 0)
	sql(t, s, "UPDATE settings SET thanks_hours = 0")
	books(t, s, cut, mia, "Dan", 0, 14*60)
	s.Pass(8 * time.Hour)
	thanks(t, s, 0)
}

func TestOfTwoAppointmentsThatEndTogetherOneIsThankedFor(t *testing.T) {
	s := race(t)
	for round := range rounds {
		cut, mia := stage(s)
		name := fmt.Sprintf("Ada%d", round)
		var acts []func() error
		for _, minute := range []int{600, 660} {
			id, _ := books(t, s, cut, mia, name, 1, minute)
			row := number(t, s, "SELECT id FROM bookings WHERE public_id = ?", id)
			acts = append(acts, job(func() (bool, error) { return s.W.Thank(s.Context(), s.Tenant, int64(row)) }))
		}
		s.Pass(30 * time.Hour)
		outcomes(t, together(slices.Concat(acts, acts)...))
		rows(t, s, round+1, "bookings WHERE thanked_at IS NOT NULL")
		thanks(t, s, 0)
		s.Pass(18 * time.Hour)
	}
}

func TestARatingIsKeptWithOnePressAndChangedForFourteenDays(t *testing.T) {
	s, cut, mia := salon(t)
	id, token := books(t, s, cut, mia, "Ada", 1, 10*60)
	kind(t, s.W.Rate(s.Context(), token, 5), problem.Gone)
	kind(t, s.W.CommentRating(s.Context(), token, "Early"), problem.Gone)
	s.Pass(26 * time.Hour)
	for _, stars := range []int{0, 6, -1} {
		kind(t, s.W.Rate(s.Context(), token, stars), problem.InvalidInput)
	}
	kind(t, s.W.CommentRating(s.Context(), token, "Lovely"), problem.Conflict)
	for range 2 {
		ok(t, s.W.Rate(s.Context(), token, 4))
	}
	for range 2 {
		ok(t, s.W.CommentRating(s.Context(), token, "Lovely\r\n canary-4711 "))
	}
	ok(t, s.W.Rate(s.Context(), token, 3))
	kind(t, s.W.CommentRating(s.Context(), token, strings.Repeat("x", 401)), problem.InvalidInput)
	rows(t, s, 2, "audit_entries WHERE action = 'booking.rate'")
	rows(t, s, 1, "audit_entries WHERE action = 'booking.comment'")
	rows(t, s, 0, "ratings WHERE comment LIKE '%canary%'")
	item, _, err := s.W.BookingDetail(s.Context(), s.Tenant, id)
	ok(t, err)
	if item.Rating.Stars != 3 || item.Rating.Comment != "Lovely\n canary-4711" {
		t.Errorf("%+v", item.Rating)
	}
	s.Pass(14*24*time.Hour - time.Minute)
	ok(t, s.W.CommentRating(s.Context(), token, ""))
	s.Pass(time.Minute)
	kind(t, s.W.Rate(s.Context(), token, 1), problem.Gone)
	page, err := s.W.RatingPage(s.Context(), token)
	ok(t, err)
	if page.Open || page.Rating.Stars != 3 || page.Rating.Comment != "" {
		t.Errorf("%+v", page)
	}
}

func TestOnlyWhoWasThereRates(t *testing.T) {
	s, cut, mia := salon(t)
	missed, away := books(t, s, cut, mia, "Ada", 0, 10*60)
	_, late := books(t, s, cut, mia, "Bea", 0, 12*60)
	s.Pass(5 * time.Hour)
	ok(t, s.W.NoShowBooking(s.Context(), s.Staff, missed))
	kind(t, s.W.Rate(s.Context(), away, 1), problem.Gone)
	s.Pass(11 * time.Second)
	s.Tick()
	kind(t, s.W.Rate(s.Context(), away, 1), problem.Gone)
	s.Pass(rules.RatingOpen)
	kind(t, s.W.Rate(s.Context(), late, 5), problem.Gone)
}

func TestSixtyFourPressesAreOneRating(t *testing.T) {
	s := race(t)
	cut, mia := stage(s)
	_, token := books(t, s, cut, mia, "Ada", 0, 10*60)
	s.Pass(3 * time.Hour)
	if done := outcomes(t, together(times(64, func() error { return s.W.Rate(s.Context(), token, 5) })...)); done != 64 {
		t.Errorf("%d of 64 were taken", done)
	}
	rows(t, s, 1, "ratings")
	rows(t, s, 1, "audit_entries WHERE action = 'booking.rate'")
}
