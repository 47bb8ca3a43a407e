package business

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/waitlist"
)

// ChangeService changes an active service and who offers it. Offers and bookings keep what was agreed. Refused fields are those of
// AddService; problem.Conflict when the service was changed since the form was made.
// Saving what is saved changes nothing, as pressing twice does.
func (b *Business) ChangeService(ctx context.Context, s waitlist.Staff, id string, f ServiceForm) (touched Touched, err error) {
	err = b.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		touched = Touched{}
		a, err := lockAndLook(ctx, tx, s.TenantID)
		if err != nil {
			return err
		}
		row, err := a.service(id)
		if err != nil {
			return err
		}
		read, err := f.read(a.setup)
		if err != nil {
			return err
		}
		after := a.offered(row.ID, read.Staff)
		if read.is(row) && sameOfferings(after, a.offerings) {
			return nil
		}
		if !madeFrom(f.Version, row.Version) {
			return stale()
		}
		t, err := a.left(ctx, tx.Queries, after, nobody)
		if err != nil {
			return err
		}
		if t, err = a.withLength(t, row, read); err != nil {
			return err
		}
		if !t.shown(f.Seen) {
			touched = t
			return nil
		}
		if _, err := withdraw(ctx, tx, s.TenantID, t); err != nil {
			return err
		}
		change, err := read.change(ctx, tx, row)
		if err != nil {
			return err
		}
		if n, err := tx.ChangeService(ctx, change); err != nil || n != 1 {
			return missed(n, err, "admin.bad.no_service")
		}
		if err := a.keepOfferings(ctx, tx, after); err != nil {
			return err
		}
		return note(ctx, tx, s, "service.change", "services", row.ID, audit.Changes(serviceFacts(a.serviceOf(row), a.settings.Currency), serviceFacts(read, a.settings.Currency)))
	})
	return touched, b.wake(ctx, s.TenantID, touched, err)
}

// wake has open slots tried again after a change that was saved.
func (b *Business) wake(ctx context.Context, tenantID int64, touched Touched, err error) error {
	if err == nil && touched.Empty() {
		b.waitlist.Wake(ctx, tenantID)
	}
	return err
}

// missed is the error of a change that found no row: it is gone since it was read.
func missed(n int64, err error, key string) error {
	if err != nil {
		return fmt.Errorf("%s: %w", key, err)
	}
	if n != 1 {
		return problem.New(problem.NotFound, key)
	}
	return nil
}

// lockAndLook locks the active staff members, so that nothing is added to or taken from their time meanwhile, and looks ahead.
func lockAndLook(ctx context.Context, tx *db.Tx, tenantID int64) (*ahead, error) {
	if _, err := tx.LockStaffMembers(ctx, tenantID); err != nil {
		return nil, fmt.Errorf("locking the staff members: %w", err)
	}
	return lookAhead(ctx, tx, tenantID)
}
