package business

import (
	"context"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/waitlist"
)

// StaffMemberRemoval is what removing a staff member would touch.
func (b *Business) StaffMemberRemoval(ctx context.Context, tenantID int64, id string) (name string, touched Touched, err error) {
	err = b.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		a, err := lookAhead(ctx, tx, tenantID)
		if err != nil {
			return err
		}
		row, err := a.staffMember(id)
		if err != nil {
			return err
		}
		name = row.Name
		touched, err = a.left(ctx, tx.Queries, a.withoutStaff(row.ID), row.ID)
		return err
	})
	return name, touched, err
}

// RemoveStaffMember takes a staff member out of the choice. Their open and held slots are withdrawn, their bookings stay; those who wait
// only for them stay on the list. Removing a removed one changes nothing.
// problem.Conflict when the staff member is at another version; "": whatever it is at.
func (b *Business) RemoveStaffMember(ctx context.Context, s waitlist.Staff, id, version, seen string) (name string, touched Touched, err error) {
	err = b.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		touched = Touched{}
		a, err := lockAndLook(ctx, tx, s.TenantID)
		if err != nil {
			return err
		}
		row, err := a.anyStaffMember(id)
		if err != nil {
			return err
		}
		if name = row.Name; !row.Active {
			return nil
		}
		if version != "" && !madeFrom(version, row.Version) {
			return stale()
		}
		t, err := a.left(ctx, tx.Queries, a.withoutStaff(row.ID), row.ID)
		if err != nil {
			return err
		}
		if !t.shown(seen) {
			touched = t
			return nil
		}
		if _, err := withdraw(ctx, tx, s.TenantID, t); err != nil {
			return err
		}
		if n, err := tx.RemoveStaffMember(ctx, db.RemoveStaffMemberParams{TenantID: s.TenantID, ID: row.ID}); err != nil || n != 1 {
			return missed(n, err, "admin.bad.no_staff_member")
		}
		return note(ctx, tx, s, "staff_member.remove", "staff_members", row.ID, nil)
	})
	return name, touched, b.wake(ctx, s.TenantID, touched, err)
}
