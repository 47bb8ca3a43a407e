package insights_test

import (
	"maps"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/insights"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// salon is a scene with one service that costs 50 euros, given by Mia, at 09:00 on Monday 1 March 2027.
type salon struct {
	*waitlisttest.Scene
	t        *testing.T
	cut, mia string
}

func open(t *testing.T) *salon {
	s := &salon{Scene: waitlisttest.New(t), t: t}
	s.cut = s.AddService("Cut", time.Hour, 0)
	s.mia = s.AddStaffMember("Mia", s.cut)
	return s
}

func (s *salon) ok(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *salon) sql(statement string, args ...any) {
	s.t.Helper()
	_, err := s.DB.Pool().ExecContext(s.Context(), statement, args...)
	s.ok(err)
}

func (s *salon) figures(p insights.Period) insights.Figures {
	s.t.Helper()
	f, err := insights.New(s.DB, s.W).Figures(s.Context(), s.Tenant, p)
	s.ok(err)
	s.addsUp(f)
	return f
}

// addsUp fails the test when the parts of a figure are not the whole.
func (s *salon) addsUp(f insights.Figures) {
	s.t.Helper()
	openings, filled, minor := 0, 0, int64(0)
	for i, b := range f.Buckets {
		openings, filled, minor = openings+b.Openings, filled+b.Filled, minor+b.Minor
		if i > 0 && !b.From.Equal(f.Buckets[i-1].To) {
			s.t.Errorf("a gap before %s", b.From)
		}
	}
	outcomes := 0
	for _, n := range f.Outcomes {
		outcomes += n
	}
	if openings != f.Openings || filled != f.Filled() || minor != f.Recovered.Minor || outcomes != f.Openings {
		s.t.Errorf("%d openings, %d filled, %d minor units in the buckets, %d outcomes; %d, %d, %d in all",
			openings, filled, minor, outcomes, f.Openings, f.Filled(), f.Recovered.Minor)
	}
}

// fill opens a slot some days ahead that is taken after a while, and gives the token of the booking.
func (s *salon) fill(days int, clock string, after time.Duration) (booking string) {
	s.t.Helper()
	who := s.Wait(s.cut, waitlist.Wishes{})
	s.Open(s.mia, days, clock, time.Hour)
	s.Send()
	s.Pass(after)
	s.ok(s.W.Accept(s.Context(), s.OfferTo(who)))
	page, err := s.W.EntryPage(s.Context(), who.Token)
	s.ok(err)
	return page.BookingToken
}

func (s *salon) at(month time.Month, day, hour, minute int) {
	s.t.Helper()
	s.StartAt(time.Date(2027, month, day, hour, minute, 0, 0, s.Zone))
}

func TestAnEmptyBusinessHasNothingToCount(t *testing.T) {
	s := open(t)
	for p, buckets := range map[insights.Period]int{insights.Today: 24, insights.Week: 7, insights.Month: 30} {
		f := s.figures(p)
		if !f.Quiet() || !f.Before.Quiet() || f.Median != 0 || f.Counts.Waiting != 0 || len(f.Buckets) != buckets || f.Currency != "EUR" {
			t.Errorf("%d days: %+v", p, f)
		}
		if _, known := f.Rate(); known {
			t.Errorf("%d days: a rate of nothing", p)
		}
	}
}

func TestFiguresOfAnotherBusinessAreItsOwn(t *testing.T) {
	s := open(t)
	s.fill(1, "10:00", time.Minute)
	_, err := insights.New(s.DB, s.W).Figures(s.Context(), s.Tenant+1, insights.Week)
	if problem.KindOf(err) != problem.NotFound {
		t.Errorf("a business that isn't there: %v", err)
	}
	s.sql("INSERT INTO tenants (id, public_id, slug, wrapped_key, created_at) SELECT id + 1, 'other', 'other', wrapped_key, created_at FROM tenants")
	s.sql("INSERT INTO settings (tenant_id, name, zone, currency, locale, address, updated_at) SELECT tenant_id + 1, name, zone, currency, locale, address, updated_at FROM settings")
	f, err := insights.New(s.DB, s.W).Figures(s.Context(), s.Tenant+1, insights.Week)
	if err != nil || !f.Quiet() {
		t.Errorf("another business has %+v (%v)", f.Totals, err)
	}
}

// The first week has one opening, filled; the second has five: filled after 2, 4 and 12 minutes, one withdrawn, one still open.
func TestAWeekIsCountedAndTheWeekBefore(t *testing.T) {
	s := open(t)
	s.fill(2, "10:00", 8*time.Minute)
	s.at(time.March, 9, 9, 0)
	for i, after := range []time.Duration{4 * time.Minute, 2 * time.Minute} {
		s.at(time.March, 9+i, 9, 0)
		s.fill(4, "10:00", after)
	}
	s.at(time.March, 11, 10, 0)
	_, second := s.Wait(s.cut, waitlist.Wishes{}), s.Wait(s.cut, waitlist.Wishes{})
	s.Open(s.mia, 4, "12:00", time.Hour)
	s.Send()
	s.Pass(10*time.Minute + time.Second)
	s.Tick() // the first let it lapse
	s.Send()
	s.Pass(2 * time.Minute)
	s.ok(s.W.Accept(s.Context(), s.OfferTo(second)))
	third := s.Wait(s.cut, waitlist.Wishes{})
	slot := s.Open(s.mia, 5, "12:00", time.Hour)
	s.Send()
	s.ok(s.W.Decline(s.Context(), s.OfferTo(third), true))
	s.ok(s.W.WithdrawSlot(s.Context(), s.Staff, slot))
	s.Pass(waitlist.UndoFor)
	s.Tick()
	s.Wait(s.cut, waitlist.Wishes{})
	s.Open(s.mia, 6, "12:00", time.Hour)
	s.Send()
	s.at(time.March, 14, 23, 0) // a Sunday

	f := s.figures(insights.Week)
	if want := map[rules.OpeningOutcome]int{rules.OpeningFilled: 3, rules.OpeningWithdrawn: 1, rules.OpeningLive: 1}; !maps.Equal(f.Outcomes, want) || f.Openings != 5 {
		t.Errorf("of %d openings came %v, want %v", f.Openings, f.Outcomes, want)
	}
	if rate, _ := f.Rate(); rate != 0.6 {
		t.Errorf("the rate is %v", rate)
	}
	if f.Median.Round(time.Minute) != 4*time.Minute {
		t.Errorf("the median of 2, 4 and 12 minutes is %s", f.Median)
	}
	if want := (insights.Recovered{Minor: 15000, Bookings: 3}); f.Recovered != want {
		t.Errorf("recovered: %+v", f.Recovered)
	}
	if want := map[rules.OfferState]int{rules.OfferAccepted: 3, rules.OfferExpired: 1, rules.OfferDeclined: 1, rules.OfferPending: 1}; !maps.Equal(f.Offers, want) || f.Made() != 6 {
		t.Errorf("offers: %v", f.Offers)
	}
	if f.Counts.Waiting != 3 {
		t.Errorf("%d wait", f.Counts.Waiting)
	}
	if f.Before.Openings != 1 || f.Before.Filled() != 1 || f.Before.Recovered.Minor != 5000 || f.Before.Median.Round(time.Minute) != 8*time.Minute || f.Before.Made() != 1 {
		t.Errorf("the week before: %+v", f.Before)
	}
	for i, want := range []int{0, 1, 1, 3, 0, 0, 0} {
		if f.Buckets[i].Openings != want {
			t.Errorf("day %d has %d openings, want %d", i+1, f.Buckets[i].Openings, want)
		}
	}
	if month := s.figures(insights.Month); month.Openings != 6 || month.Before.Openings != 0 || month.Median.Round(time.Minute) != 6*time.Minute {
		t.Errorf("the month has %d openings with a median of %s, the one before %d", month.Openings, month.Median, month.Before.Openings)
	}
}

func TestAnOpeningAtMidnightBelongsToTheNewDay(t *testing.T) {
	s := open(t)
	s.at(time.March, 1, 23, 30)
	s.Open(s.mia, 3, "10:00", time.Hour)
	s.Open(s.mia, 3, "12:00", time.Hour)
	midnight := time.Date(2027, 3, 2, 0, 0, 0, 0, s.Zone)
	s.sql("UPDATE openings SET opened_at = ? ORDER BY id LIMIT 1", midnight.UTC().Add(-time.Microsecond))
	s.sql("UPDATE openings SET opened_at = ? ORDER BY id DESC LIMIT 1", midnight.UTC())
	s.at(time.March, 2, 23, 59)
	today := s.figures(insights.Today)
	if today.Openings != 1 || today.Buckets[0].Openings != 1 {
		t.Errorf("%d today, %d in its first hour; want one", today.Openings, today.Buckets[0].Openings)
	}
	week := s.figures(insights.Week)
	if week.Buckets[5].Openings != 1 || week.Buckets[6].Openings != 1 {
		t.Errorf("%d on Monday and %d on Tuesday, want one each", week.Buckets[5].Openings, week.Buckets[6].Openings)
	}
	s.at(time.March, 8, 12, 0)
	if week := s.figures(insights.Week); week.Openings != 1 || week.Buckets[0].Openings != 1 {
		t.Errorf("six days later %d are within seven days, want the second only", week.Openings)
	}
}

func TestThePeriodBeforeIsLookedAtUntilTheSameTimeOfDay(t *testing.T) {
	s := open(t)
	s.Open(s.mia, 3, "10:00", time.Hour)
	s.at(time.March, 1, 15, 0)
	s.Open(s.mia, 3, "12:00", time.Hour)
	for hour, want := range map[int]int{8: 0, 12: 1, 16: 2} {
		s.at(time.March, 2, hour, 0)
		if got := s.figures(insights.Today).Before.Openings; got != want {
			t.Errorf("at %d o'clock yesterday had %d, want %d", hour, got, want)
		}
		s.at(time.March, 8, hour, 0)
		if got := s.figures(insights.Week).Before.Openings; got != want {
			t.Errorf("at %d o'clock the week before had %d, want %d", hour, got, want)
		}
	}
}

func TestACancelledAppointmentIsNotRecoveredAndItsTimeOpensAgain(t *testing.T) {
	s := open(t)
	kept, cancelled := s.fill(3, "10:00", time.Minute), s.fill(3, "12:00", time.Minute)
	if got := s.figures(insights.Today).Recovered; got.Minor != 10000 || got.Bookings != 2 {
		t.Fatalf("recovered: %+v", got)
	}
	s.ok(s.W.CancelBooking(s.Context(), cancelled))
	f := s.figures(insights.Today)
	if f.Recovered.Minor != 5000 || f.Recovered.Bookings != 1 || f.Openings != 3 || f.Filled() != 2 || f.Offers[rules.OfferAccepted] != 2 {
		t.Errorf("%d openings, %d filled, %+v", f.Openings, f.Filled(), f.Recovered)
	}
	s.at(time.March, 4, 11, 0)
	page, err := s.W.BookingPage(s.Context(), kept)
	s.ok(err)
	id := ""
	s.ok(s.DB.Pool().QueryRowContext(s.Context(), "SELECT public_id FROM bookings WHERE starts_at = ?", page.Start.UTC()).Scan(&id))
	s.ok(s.W.NoShowBooking(s.Context(), s.Staff, id))
	s.Pass(waitlist.UndoFor)
	s.Tick()
	if got := s.figures(insights.Week).Recovered; got.Minor != 0 || got.Bookings != 0 {
		t.Errorf("nobody came, yet recovered: %+v", got)
	}
}

func TestWhatHasNoFixedPriceIsCountedApart(t *testing.T) {
	s := open(t)
	s.fill(3, "10:00", time.Minute)
	s.sql("UPDATE services SET price_kind = 'on_request'")
	s.fill(3, "12:00", time.Minute)
	s.sql("UPDATE services SET price_kind = 'free', price_minor = 0")
	s.fill(3, "14:00", time.Minute)
	s.sql("UPDATE services SET price_kind = 'amount', price_minor = 700")
	s.sql("UPDATE settings SET currency = 'CHF'")
	s.fill(3, "16:00", time.Minute)
	want := insights.Recovered{Minor: 700, Bookings: 4, Unpriced: 1, Foreign: 1}
	if f := s.figures(insights.Today); f.Recovered != want || f.Currency != "CHF" {
		t.Errorf("recovered: %+v in %s, want %+v", f.Recovered, f.Currency, want)
	}
}

func TestAppointmentsByStaffAreNotRecovered(t *testing.T) {
	s := open(t)
	s.Open(s.mia, 1, "10:00", time.Hour)
	_, err := s.W.Book(s.Context(), s.Staff, waitlist.Book{StaffMember: s.mia, Service: s.cut, Name: "Bea", Date: rules.DateOf(s.Now(), s.Zone).AddDays(1), FromMinute: 600})
	s.ok(err)
	f := s.figures(insights.Today)
	if f.Openings != 1 || f.Outcomes[rules.OpeningBooked] != 1 || f.Filled() != 0 || f.Recovered.Bookings != 0 {
		t.Errorf("%d openings, %v, %+v", f.Openings, f.Outcomes, f.Recovered)
	}
}

func TestEveryHourOfTheNightsWhenClocksChangeHasItsBucket(t *testing.T) {
	for _, night := range []struct {
		month   time.Month
		day     int
		hours   int
		nth     int // bucket of the moment
		opens   time.Time
		clock   string
		between string
	}{
		{time.March, 28, 23, 2, time.Date(2027, 3, 28, 1, 10, 0, 0, time.UTC), "03:10", "from 2 to 3 there is nothing"},
		{time.October, 31, 25, 2, time.Date(2027, 10, 31, 0, 50, 0, 0, time.UTC), "02:50", "the first 2 o'clock"},
		{time.October, 31, 25, 3, time.Date(2027, 10, 31, 1, 10, 0, 0, time.UTC), "02:10", "the second 2 o'clock"},
	} {
		s := open(t)
		s.StartAt(night.opens)
		s.Open(s.mia, 3, "10:00", time.Hour)
		s.at(night.month, night.day, 23, 30)
		f := s.figures(insights.Today)
		if len(f.Buckets) != night.hours || f.Buckets[night.nth].Openings != 1 || f.Openings != 1 {
			t.Errorf("%s: %d hours, %d openings, in bucket %d: %d", night.between, len(f.Buckets), f.Openings, night.nth, f.Buckets[night.nth].Openings)
		}
		if got := f.Buckets[night.nth].From.Hour(); night.clock[:2] != time.Date(1, 1, 1, got, 0, 0, 0, time.UTC).Format("15") {
			t.Errorf("%s: the bucket begins at %d", night.between, got)
		}
		if f.From.Hour() != 0 || !f.Buckets[len(f.Buckets)-1].To.Equal(time.Date(2027, night.month, night.day+1, 0, 0, 0, 0, s.Zone)) {
			t.Errorf("%s: the day lasts from %s to %s", night.between, f.From, f.Buckets[len(f.Buckets)-1].To)
		}
	}
}

func TestDaysKeepTheirMidnightsAcrossANightWhenClocksChange(t *testing.T) {
	s := open(t)
	for _, at := range []time.Time{
		time.Date(2027, 3, 27, 23, 50, 0, 0, s.Zone), time.Date(2027, 3, 28, 23, 50, 0, 0, s.Zone), time.Date(2027, 3, 29, 0, 10, 0, 0, s.Zone),
	} {
		s.StartAt(at)
		s.Open(s.mia, 5, at.Format("15")+":00", time.Hour)
	}
	s.at(time.March, 30, 12, 0)
	f := s.figures(insights.Week)
	for i, want := range []int{0, 0, 0, 1, 1, 1, 0} {
		b := f.Buckets[i]
		if b.Openings != want || b.From.Hour() != 0 || b.From.Day() != 24+i {
			t.Errorf("the day from %s has %d openings, want %d", b.From, b.Openings, want)
		}
	}
}

func TestOnlyThreePeriodsCanBeLookedAt(t *testing.T) {
	for asked, want := range map[string]insights.Period{"1": 1, "7": 7, "30": 30, "": 7, "2": 7, "-1": 7, "x": 7, "365": 7} {
		if got := insights.ReadPeriod(asked); got != want {
			t.Errorf("%q is %d days, want %d", asked, got, want)
		}
	}
}

// Yesterday's opening was filled at four in the afternoon: until then today may not be held against that.
func TestYesterdayIsJudgedByWhatHadComeOfItsOpeningsAtThisTime(t *testing.T) {
	s := open(t)
	s.Open(s.mia, 4, "10:00", time.Hour)
	s.at(time.March, 1, 16, 0)
	who := s.Wait(s.cut, waitlist.Wishes{}) // wakes the slot
	s.Send()
	s.ok(s.W.Accept(s.Context(), s.OfferTo(who)))
	s.at(time.March, 2, 15, 0)
	if f := s.figures(insights.Today); f.Before.Openings != 1 || f.Before.Filled() != 0 || f.Before.Median != 0 {
		t.Errorf("at three, yesterday had %d openings, %d of them filled, after %v", f.Before.Openings, f.Before.Filled(), f.Before.Median)
	}
	s.at(time.March, 2, 17, 0)
	if f := s.figures(insights.Today); f.Before.Openings != 1 || f.Before.Filled() != 1 || f.Before.Median < 6*time.Hour {
		t.Errorf("at five, yesterday had %d openings, %d of them filled, after %v", f.Before.Openings, f.Before.Filled(), f.Before.Median)
	}
}
