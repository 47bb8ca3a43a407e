package business

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/waitlist"
)

// RemoveClosure opens the days again. It touches nothing. problem.Conflict when the closure is at another version; "": whatever it is at.
func (b *Business) RemoveClosure(ctx context.Context, s waitlist.Staff, id, version string) error {
	err := b.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if _, err := tx.LockStaffMembers(ctx, s.TenantID); err != nil { // as every act on closures does
			return fmt.Errorf("locking the staff members: %w", err)
		}
		row, err := tx.GetClosureByPublicID(ctx, db.GetClosureByPublicIDParams{TenantID: s.TenantID, PublicID: id})
		if row, err = found(row, err, "admin.bad.no_closure"); err != nil {
			return err
		}
		if version != "" && !madeFrom(version, row.Version) {
			return stale()
		}
		if err := tx.DeleteClosureSkips(ctx, db.DeleteClosureSkipsParams{TenantID: s.TenantID, ClosureID: row.ID}); err != nil {
			return fmt.Errorf("clearing what a closure skips: %w", err)
		}
		if n, err := tx.DeleteClosure(ctx, db.DeleteClosureParams{TenantID: s.TenantID, ID: row.ID}); err != nil || n != 1 {
			return missed(n, err, "admin.bad.no_closure")
		}
		gone := detail{"from": row.FromDate.String(), "to": row.ToDate.String(), "staff_member_id": row.StaffMemberID}
		return note(ctx, tx, s, "closure.remove", "closures", row.ID, audit.Changes(gone, nil))
	})
	return b.wake(ctx, s.TenantID, Touched{}, err)
}
