package waitlist

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
)

const farthest = 2 * 366 * 24 * time.Hour

// readStart turns a local date and minute of day into a moment that is not past. A minute that the clocks skip does not exist
// and is refused; one that they pass twice is taken the first time.
func readStart(d rules.Date, minute int, zone *time.Location, now time.Time) (time.Time, []problem.Field) {
	if d.IsZero() {
		return time.Time{}, []problem.Field{problem.Bad("date", "problem.required")}
	}
	if minute < 0 || minute >= 24*60 {
		return time.Time{}, []problem.Field{problem.Bad("from", "problem.time")}
	}
	start, kind := rules.LocalAt(d, minute, zone)
	switch {
	case kind == rules.Gap:
		return start, []problem.Field{problem.Bad("from", "problem.clocks_skip")}
	case d.Before(rules.DateOf(now, zone)):
		return start, []problem.Field{problem.Bad("date", "problem.past")}
	case !start.After(now):
		return start, []problem.Field{problem.Bad("from", "problem.past")}
	case start.Sub(now) > farthest:
		return start, []problem.Field{problem.Bad("date", "problem.too_far")}
	}
	return start, nil
}

// readHours reads the schedule for all that lies between two moments.
func readHours(ctx context.Context, q *db.Queries, s Settings, start, end time.Time) (rules.Schedule, error) {
	return ReadSchedule(ctx, q, s.Row.TenantID, s.Zone, rules.DateOf(start, s.Zone), rules.DateOf(end, s.Zone))
}

// occupying finds the slots of a locked staff member that overlap a span, in ascending id.
func occupying(ctx context.Context, tx *db.Tx, tenantID, staffID int64, span rules.Span) ([]db.Slot, error) {
	slots, err := tx.OccupyingSlots(ctx, db.OccupyingSlotsParams{
		TenantID: tenantID, StaffMemberID: staffID, StartsAt: span.Start, EndsAt: span.End, StartsAfter: span.Start.Add(-longest),
	})
	return slots, wrap(err, "reading a staff member's time")
}

// taken is the Conflict that names what is in the way.
func taken(slot db.Slot, zone *time.Location) error {
	key := "problem.time_booked"
	switch slot.State {
	case rules.SlotOpen:
		key = "problem.time_open"
	case rules.SlotHeld:
		key = "problem.time_held"
	}
	return problem.New(problem.Conflict, key, "From", slot.StartsAt.In(zone).Format("15:04"), "To", slot.EndsAt.In(zone).Format("15:04"),
		"Date", rules.DateOf(slot.StartsAt, zone).String())
}

// lockStaff finds an active staff member by public id and locks their time.
func lockStaff(ctx context.Context, tx *db.Tx, tenantID int64, publicID string) (db.StaffMember, error) {
	m, known, err := maybe(tx.GetStaffMemberByPublicID(ctx, db.GetStaffMemberByPublicIDParams{TenantID: tenantID, PublicID: publicID}))
	if err != nil {
		return m, fmt.Errorf("reading a staff member: %w", err)
	}
	if known {
		if m, err = tx.LockStaffMember(ctx, db.LockStaffMemberParams{TenantID: tenantID, ID: m.ID}); err != nil {
			return m, fmt.Errorf("locking a staff member: %w", err)
		}
	}
	if !known || !m.Active {
		return m, problem.Invalid(problem.Bad("staff_member", "problem.choose_staff"))
	}
	return m, nil
}

// offered finds an active service that the staff member offers.
func offered(ctx context.Context, tx *db.Tx, m db.StaffMember, publicID string) (db.Service, *problem.Field, error) {
	services, err := tx.ServicesOfSlot(ctx, db.ServicesOfSlotParams{TenantID: m.TenantID, StaffMemberID: m.ID})
	if err != nil {
		return db.Service{}, nil, fmt.Errorf("reading a staff member's services: %w", err)
	}
	for _, s := range services {
		if s.PublicID == publicID {
			return s, nil, nil
		}
	}
	bad := problem.Bad("service", "problem.not_offered")
	return db.Service{}, &bad, nil
}
