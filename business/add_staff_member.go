package business

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/waitlist"
)

// AddStaffMember adds a staff member at the end of the list and returns the public id. Refused fields are name and services.
func (b *Business) AddStaffMember(ctx context.Context, s waitlist.Staff, f StaffForm) (id string, err error) {
	err = b.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		setup, err := readSetup(ctx, tx.Queries, s.TenantID)
		if err != nil {
			return err
		}
		name, services, err := f.read(setup)
		if err != nil {
			return err
		}
		fresh := false
		if id, fresh, err = press(ctx, tx, s.TenantID, f.Press); err != nil || !fresh {
			return err
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		position, err := tx.NextStaffPosition(ctx, s.TenantID)
		if err != nil {
			return fmt.Errorf("finding the end of the staff members: %w", err)
		}
		staffID, err := tx.AddStaffMember(ctx, db.AddStaffMemberParams{
			TenantID: s.TenantID, PublicID: id, Name: name, Position: int(position), CreatedAt: now,
		})
		if err != nil {
			return fmt.Errorf("adding a staff member: %w", err)
		}
		if err := setup.keepOfferings(ctx, tx, setup.withStaff(staffID, services)); err != nil {
			return err
		}
		return note(ctx, tx, s, "staff_member.add", "staff_members", staffID, audit.Changes(nil, detail{"services": sorted(services)}))
	})
	if err != nil {
		return "", err
	}
	b.waitlist.Wake(ctx, s.TenantID)
	return id, nil
}
