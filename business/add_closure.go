package business

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/waitlist"
)

// AddClosure closes the business, or one staff member's time, on some days and returns the closure's public id. The bookings and slots on
// those days are touched; they stay as they are. Refused fields are staff_member, from, to and reason.
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
		t, err := a.within(read.Closure, nil)
		if err != nil {
			return err
		}
		if !t.shown(f.Seen) {
			touched = t
			return nil
		}
		fresh := false
		if id, fresh, err = press(ctx, tx, s.TenantID, f.Press); err != nil || !fresh {
			return err
		}
		closureID, err := tx.AddClosure(ctx, db.AddClosureParams{
			TenantID: s.TenantID, PublicID: id, StaffMemberID: read.staffMemberID(), FromDate: read.From, ToDate: read.To,
			Reason: read.reason, CreatedAt: now,
		})
		if err != nil {
			return fmt.Errorf("adding a closure: %w", err)
		}
		return note(ctx, tx, s, "closure.add", "closures", closureID, read.detail())
	})
	return id, touched, err
}

// detail leaves the reason out: it may say who is ill.
func (c closure) detail() detail {
	return detail{"staff_member_id": c.StaffID, "from": c.From.String(), "to": c.To.String()}
}
