package business

import (
	"context"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/waitlist"
)

// ChangeClosure changes a closure that isn't over. What it did not cover before is touched. Refused fields are those of AddClosure;
// problem.Conflict when the closure was changed since the form was made. Saving what is saved changes nothing.
func (b *Business) ChangeClosure(ctx context.Context, s waitlist.Staff, id string, f ClosureForm) (touched Touched, err error) {
	err = b.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		touched = Touched{}
		a, err := lockAndLook(ctx, tx, s.TenantID)
		if err != nil {
			return err
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		row, err := tx.GetClosureByPublicID(ctx, db.GetClosureByPublicIDParams{TenantID: s.TenantID, PublicID: id})
		if row, err = found(row, err, "admin.bad.no_closure"); err != nil {
			return err
		}
		read, err := f.read(a.setup, now, &row)
		if err != nil {
			return err
		}
		old, err := ruleOf(ctx, tx.Queries, row)
		if err != nil || read.is(old) {
			return err
		}
		if !madeFrom(f.Version, row.Version) {
			return stale()
		}
		t, err := a.within(read.Closure, old)
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
		n, err := tx.ChangeClosure(ctx, db.ChangeClosureParams{
			StaffMemberID: read.staffMemberID(), FromDate: read.From, ToDate: read.To, FromMinute: read.FromMinute, ToMinute: read.ToMinute,
			Repeats: read.Repeat, EveryWeeks: read.Weeks, Weekdays: read.Weekdays, UntilDate: read.Until, Reason: read.reason,
			TenantID: s.TenantID, ID: row.ID, Version: row.Version,
		})
		if err != nil || n != 1 {
			return missed(n, err, "admin.bad.no_closure")
		}
		if err := read.keepSkips(ctx, tx, s.TenantID, row.ID); err != nil {
			return err
		}
		return note(ctx, tx, s, "closure.change", "closures", row.ID,
			audit.Changes(closure{Closure: old}.detail(0), read.detail(withdrawn)).Untold("reason", row.Reason != read.reason))
	})
	return touched, b.wake(ctx, s.TenantID, touched, err)
}
