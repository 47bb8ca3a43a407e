package waitlist_test

import (
	"context"
	stdsql "database/sql"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// counted counts the queries that go to a database.
type counted struct {
	db.DBTX
	queries int
}

func (c *counted) QueryContext(ctx context.Context, query string, args ...any) (*stdsql.Rows, error) {
	c.queries++
	return c.DBTX.QueryContext(ctx, query, args...)
}

func TestAScheduleTakesAsManyQueriesForAYearAndManyPeopleAsForADay(t *testing.T) {
	s := waitlisttest.New(t)
	today := rules.DateOf(s.Now(), s.Zone)
	read := func(days int) (rules.Schedule, int) {
		c := &counted{DBTX: s.DB.Pool()}
		schedule, err := waitlist.ReadSchedule(s.Context(), db.New(c), s.Tenant, s.Zone, today, today.AddDays(days))
		ok(t, err)
		return schedule, c.queries
	}
	_, few := read(0)
	for _, name := range []string{"Mia", "Noah", "Ada", "Bo", "Cy", "Di", "Ed", "Flo", "Gus"} {
		s.AddStaffMember(name)
	}
	sql(t, s, "UPDATE staff_members SET own_hours = TRUE")
	sql(t, s, "INSERT INTO staff_hours (tenant_id, staff_member_id, weekday, from_minute, to_minute) SELECT tenant_id, id, 1, 540, 720 FROM staff_members")
	sql(t, s, `INSERT INTO closures (tenant_id, public_id, staff_member_id, from_date, to_date, repeats, weekdays, created_at)
		SELECT tenant_id, public_id, id, '2027-03-01', '2027-03-01', 'weekly', 127, created_at FROM staff_members`)
	sql(t, s, "INSERT INTO closure_skips (tenant_id, closure_id, on_date) SELECT tenant_id, id, '2027-03-08' FROM closures")
	sql(t, s, "INSERT INTO holiday_choices (tenant_id, country, updated_at) SELECT id, 'DE', created_at FROM tenants")
	schedule, many := read(365)
	if len(schedule.Own) != 9 || len(schedule.Closures) < 9+9 || many > few+1 { // one more for what is skipped
		t.Errorf("%d queries for a day and nobody, %d for a year of %d people with %d closures", few, many, len(schedule.Own), len(schedule.Closures))
	}
	for id := range schedule.Own {
		if schedule.IsOpen(id, time.Date(2027, 3, 15, 9, 0, 0, 0, time.UTC), time.Date(2027, 3, 15, 10, 0, 0, 0, time.UTC)) {
			t.Error("open on a Monday off")
		}
		if !schedule.IsOpen(id, time.Date(2027, 3, 8, 9, 0, 0, 0, time.UTC), time.Date(2027, 3, 8, 10, 0, 0, 0, time.UTC)) {
			t.Error("closed on the Monday that is left out")
		}
	}
}

func TestABookingCancelledInTimeThatWasClosedSinceIsNotGivenAway(t *testing.T) {
	s, cut, mia := salon(t)
	within, err := bookAt(s, cut, mia)
	ok(t, err)
	s.Wait(cut, waitlist.Wishes{})
	sql(t, s, "INSERT INTO closures (tenant_id, public_id, from_date, to_date, created_at) SELECT tenant_id, 'closed', DATE(starts_at), DATE(starts_at), created_at FROM bookings")
	ok(t, s.W.WishCancelBooking(s.Context(), s.Staff, within))
	s.Pass(waitlist.UndoFor)
	s.Tick()
	var state string
	ok(t, s.DB.Pool().QueryRowContext(s.Context(), "SELECT state FROM slots").Scan(&state))
	if state != string(rules.SlotWithdrawn) {
		t.Errorf("the slot is %s", state)
	}
	s.Check()
}

func TestATimeMadeOutsideTheHoursIsGivenAwayAgain(t *testing.T) {
	s, cut, mia := salon(t)
	who := s.Wait(cut, waitlist.Wishes{})
	s.Open(mia, 1, "22:00", time.Hour)
	s.Send()
	ok(t, s.W.Accept(s.Context(), s.OfferTo(who)))
	s.Wait(cut, waitlist.Wishes{})
	var booking string
	ok(t, s.DB.Pool().QueryRowContext(s.Context(), "SELECT public_id FROM bookings").Scan(&booking))
	ok(t, s.W.WishCancelBooking(s.Context(), s.Staff, booking))
	s.Pass(waitlist.UndoFor)
	s.Tick()
	var held int
	ok(t, s.DB.Pool().QueryRowContext(s.Context(), "SELECT COUNT(*) FROM slots WHERE state = 'held' AND outside_hours").Scan(&held))
	if held != 1 {
		t.Errorf("%d slots are held for the next", held)
	}
	s.Check()
}
