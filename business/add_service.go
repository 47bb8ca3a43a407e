package business

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist"
)

// AddService adds a service at the end of the list and returns its public id. Refused fields are name, duration, buffer, price_kind,
// price, category and staff.
func (b *Business) AddService(ctx context.Context, s waitlist.Staff, f ServiceForm) (id string, err error) {
	err = b.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		setup, err := readSetup(ctx, tx.Queries, s.TenantID)
		if err != nil {
			return err
		}
		read, err := f.read(setup)
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
		position, err := tx.NextServicePosition(ctx, s.TenantID)
		if err != nil {
			return fmt.Errorf("finding the end of the services: %w", err)
		}
		serviceID, err := tx.AddService(ctx, db.AddServiceParams{
			TenantID: s.TenantID, PublicID: id, Name: read.Name, DurationMinutes: read.Duration, BufferMinutes: read.Buffer,
			PriceKind: read.PriceKind, PriceMinor: read.Price, CategoryID: read.Category, Position: int(position), CreatedAt: now,
		})
		if err != nil {
			return fmt.Errorf("adding a service: %w", err)
		}
		if err := setup.keepOfferings(ctx, tx, setup.offered(serviceID, read.Staff)); err != nil {
			return err
		}
		return note(ctx, tx, s, "service.add", "services", serviceID, audit.Changes(nil, serviceFacts(read, setup.settings.Currency)))
	})
	if err != nil {
		return "", err
	}
	b.waitlist.Wake(ctx, s.TenantID)
	return id, nil
}

// press begins the act of a create form: a public id for what it makes, or, where the same press made it before, that one's.
func press(ctx context.Context, tx *db.Tx, tenantID int64, typed string) (id string, fresh bool, err error) {
	id = seal.PublicID()
	earlier, fresh, err := tx.Press(ctx, tenantID, typed, id)
	if err == nil && !fresh {
		id = earlier
	}
	return id, fresh, err
}
