package business

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// ChangeHours replaces the opening hours of the week. What was within the hours and no longer is, is touched; it stays as it is, but for what
// f.Withdraw chooses. Whoever has hours of their own is not concerned. Refused fields are those of HoursField; problem.Conflict when the
// hours were changed since the form was made. Saving what is saved changes nothing, as pressing twice does.
func (b *Business) ChangeHours(ctx context.Context, s waitlist.Staff, f HoursForm) (touched Touched, err error) {
	err = b.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		touched = Touched{}
		after, err := f.read()
		if err != nil {
			return err
		}
		a, err := lockAndLook(ctx, tx, s.TenantID)
		if err != nil {
			return err
		}
		before, err := openingHours(ctx, tx.Queries, s.TenantID)
		if err != nil {
			return err
		}
		if hoursVersion(inOrder(after)) == hoursVersion(before) {
			return nil
		}
		if f.Version != hoursVersion(before) {
			return stale()
		}
		own, err := waitlist.OwnHours(ctx, tx.Queries, s.TenantID)
		if err != nil {
			return err
		}
		t, err := a.outside(rules.Schedule{Zone: a.zone, Hours: before, Own: own}, rules.Schedule{Zone: a.zone, Hours: after, Own: own})
		if err != nil {
			return err
		}
		if !t.shown(f.Seen) {
			touched = t.offering(f.Withdraw)
			return nil
		}
		withdrawn, err := withdraw(ctx, tx, s.TenantID, t.choosing(f.Withdraw))
		if err != nil {
			return err
		}
		if err := tx.DeleteOpeningHours(ctx, s.TenantID); err != nil {
			return fmt.Errorf("clearing the opening hours: %w", err)
		}
		for _, h := range after {
			err := tx.AddOpeningHours(ctx, db.AddOpeningHoursParams{TenantID: s.TenantID, Weekday: h.Weekday, FromMinute: h.From, ToMinute: h.To})
			if err != nil {
				return fmt.Errorf("adding opening hours: %w", err)
			}
		}
		return note(ctx, tx, s, "hours.change", "opening_hours", s.TenantID, audit.Changes(detail{"hours": before}, detail{"hours": after, "withdrawn": withdrawn}))
	})
	return touched, b.wake(ctx, s.TenantID, touched, err)
}

// outside are the bookings and slots that lie within the hours before and not after.
func (a *ahead) outside(before, after rules.Schedule) (Touched, error) {
	left := func(staffID int64, start, end time.Time) bool {
		return before.IsOpen(staffID, start, end) && !after.IsOpen(staffID, start, end)
	}
	return a.closed(left)
}

// closed are the bookings and slots in time of a staff member that a change closes.
func (a *ahead) closed(closes func(staffID int64, start, end time.Time) bool) (Touched, error) {
	t, err := a.touched(
		func(row db.BookingsAheadRow) bool { return closes(row.StaffMemberID, row.StartsAt, row.EndsAt) },
		func(row db.Slot) bool { return closes(row.StaffMemberID, row.StartsAt, row.EndsAt) },
	)
	t.Closing = true
	return t, err
}
