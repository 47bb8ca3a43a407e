package business

import (
	"context"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/waitlist"
)

// ChangeStaffMember changes an active staff member's name and what they offer. Slots kept for a service that they offer no longer are
// withdrawn. Refused fields are name and services; problem.Conflict when the staff member was changed since the form was made. Saving what is saved
// changes nothing.
func (b *Business) ChangeStaffMember(ctx context.Context, s waitlist.Staff, id string, f StaffForm) (touched Touched, err error) {
	err = b.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		touched = Touched{}
		a, err := lockAndLook(ctx, tx, s.TenantID)
		if err != nil {
			return err
		}
		row, err := a.staffMember(id)
		if err != nil {
			return err
		}
		name, services, err := f.read(a.setup)
		if err != nil {
			return err
		}
		after := a.withStaff(row.ID, services)
		if name == row.Name && sameOfferings(after, a.offerings) {
			return nil
		}
		if !madeFrom(f.Version, row.Version) {
			return stale()
		}
		t, err := a.left(ctx, tx.Queries, after, nobody)
		if err != nil {
			return err
		}
		if !t.shown(f.Seen) {
			touched = t
			return nil
		}
		if _, err := withdraw(ctx, tx, s.TenantID, t); err != nil {
			return err
		}
		if n, err := tx.RenameStaffMember(ctx, db.RenameStaffMemberParams{Name: name, TenantID: s.TenantID, ID: row.ID, Version: row.Version}); err != nil || n != 1 {
			return missed(n, err, "admin.bad.no_staff_member")
		}
		if err := a.keepOfferings(ctx, tx, after); err != nil {
			return err
		}
		return note(ctx, tx, s, "staff_member.change", "staff_members", row.ID,
			audit.Changes(detail{"services": a.servicesOf(row.ID)}, detail{"services": sorted(services)}).Untold("name", row.Name != name))
	})
	return touched, b.wake(ctx, s.TenantID, touched, err)
}
