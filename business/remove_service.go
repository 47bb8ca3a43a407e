package business

import (
	"context"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/waitlist"
)

// ServiceRemoval is what removing a service would touch.
func (b *Business) ServiceRemoval(ctx context.Context, tenantID int64, id string) (name string, touched Touched, err error) {
	err = b.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		a, err := lookAhead(ctx, tx, tenantID)
		if err != nil {
			return err
		}
		row, err := a.service(id)
		if err != nil {
			return err
		}
		name = row.Name
		touched, err = a.withoutService(ctx, tx.Queries, row.ID)
		return err
	})
	return name, touched, err
}

// RemoveService takes a service out of the choice. Those who wait for it stay on the list and are offered nothing; RestoreService brings
// it back. Slots kept for it are withdrawn. Removing a removed one changes nothing.
// problem.Conflict when the service is at another version; "": whatever it is at.
func (b *Business) RemoveService(ctx context.Context, s waitlist.Staff, id, version, seen string) (name string, touched Touched, err error) {
	err = b.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		touched = Touched{}
		a, err := lockAndLook(ctx, tx, s.TenantID)
		if err != nil {
			return err
		}
		row, err := a.anyService(id)
		if err != nil {
			return err
		}
		if name = row.Name; !row.Active {
			return nil
		}
		if version != "" && !madeFrom(version, row.Version) {
			return stale()
		}
		t, err := a.withoutService(ctx, tx.Queries, row.ID)
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
		if n, err := tx.RemoveService(ctx, db.RemoveServiceParams{TenantID: s.TenantID, ID: row.ID}); err != nil || n != 1 {
			return missed(n, err, "admin.bad.no_service")
		}
		return note(ctx, tx, s, "service.remove", "services", row.ID, nil)
	})
	return name, touched, b.wake(ctx, s.TenantID, touched, err)
}

// RestoreService brings a removed service back, offered by those who offered it. Restoring an active one changes nothing.
func (b *Business) RestoreService(ctx context.Context, s waitlist.Staff, id string) error {
	err := b.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		row, err := tx.GetServiceByPublicID(ctx, db.GetServiceByPublicIDParams{TenantID: s.TenantID, PublicID: id})
		if row, err = found(row, err, "admin.bad.no_service"); err != nil {
			return err
		}
		n, err := tx.RestoreService(ctx, db.RestoreServiceParams{TenantID: s.TenantID, ID: row.ID})
		if err != nil || n == 0 {
			return err
		}
		return note(ctx, tx, s, "service.restore", "services", row.ID, nil)
	})
	return b.wake(ctx, s.TenantID, Touched{}, err)
}
