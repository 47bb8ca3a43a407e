package business

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/waitlist"
)

// AddClosure closes the business, or one staff member's time, on some days or parts of them, once or again and again, and returns the
// closure's public id. The bookings and slots in that time are touched; they stay as they are, but for what f.Withdraw chooses. Refused
// fields are those of ClosureForm.
func (b *Business) AddClosure(ctx context.Context, s waitlist.Staff, f ClosureForm) (id string, touched Touched, err error) {
	err = b.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		id, touched = "", Touched{}
		a, err := lockAndLook(ctx, tx, s.TenantID)
		if err != nil {
			return err
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		read, err := f.read(a.setup, now, nil)
		if err != nil {
			return err
		}
		t, err := a.within(read.Closure)
		if err != nil {
			return err
		}
		if !t.shown(f.Seen) {
			touched = t.offering(f.Withdraw)
			return nil
		}
		fresh := false
		if id, fresh, err = press(ctx, tx, s.TenantID, f.Press); err != nil || !fresh {
			return err
		}
		withdrawn, err := withdraw(ctx, tx, s.TenantID, t.choosing(f.Withdraw))
		if err != nil {
			return err
		}
		closureID, err := tx.AddClosure(ctx, db.AddClosureParams{
			TenantID: s.TenantID, PublicID: id, StaffMemberID: read.staffMemberID(), FromDate: read.From, ToDate: read.To,
			FromMinute: read.FromMinute, ToMinute: read.ToMinute, Repeats: read.Repeat, EveryWeeks: read.Weeks, Weekdays: read.Weekdays,
			UntilDate: read.Until, Reason: read.reason, CreatedAt: now,
		})
		if err != nil {
			return fmt.Errorf("adding a closure: %w", err)
		}
		if err := read.keepSkips(ctx, tx, s.TenantID, closureID); err != nil {
			return err
		}
		return note(ctx, tx, s, "closure.add", "closures", closureID, audit.Changes(nil, read.detail(withdrawn)))
	})
	return id, touched, b.wake(ctx, s.TenantID, touched, err)
}

// detail leaves the reason out: it may say who is ill.
func (c closure) detail(withdrawn int) detail {
	d := detail{"staff_member_id": c.StaffID, "from": c.From.String(), "to": c.To.String(), "withdrawn": withdrawn}
	if !c.WholeDay() {
		d["from_minute"], d["to_minute"] = c.FromMinute, c.ToMinute
	}
	if c.Repeats() {
		d["repeats"], d["every_weeks"], d["weekdays"], d["until"], d["skips"] = c.Repeat, c.Weeks, c.Weekdays.List(), c.Until.String(), len(c.Except)
	}
	return d
}
