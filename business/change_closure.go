package business

import (
	"context"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// ChangeClosure changes a closure that isn't over. What it did not cover before is touched. Refused fields are those of AddClosure.
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
		old := rules.Closure{From: row.FromDate, To: row.ToDate}
		if row.StaffMemberID != nil {
			old.StaffID = *row.StaffMemberID
		}
		t, err := a.within(read.Closure, &old)
		if err != nil {
			return err
		}
		if !t.shown(f.Seen) {
			touched = t
			return nil
		}
		n, err := tx.ChangeClosure(ctx, db.ChangeClosureParams{
			StaffMemberID: read.staffMemberID(), FromDate: read.From, ToDate: read.To, Reason: read.reason, TenantID: s.TenantID, ID: row.ID,
		})
		if err != nil || n != 1 {
			return missed(n, err, "admin.bad.no_closure")
		}
		return note(ctx, tx, s, "closure.change", "closures", row.ID, read.detail())
	})
	return touched, b.wake(ctx, s.TenantID, touched, err)
}
