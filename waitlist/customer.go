package waitlist

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/seal"
)

// customerFor finds the customer that a contact names, by address and name, or adds them. Without an address everybody is new:
// two people may have one name.
func customerFor(ctx context.Context, tx *db.Tx, tenantID int64, c contact, locale string, now time.Time) (int64, error) {
	row := db.AddCustomerParams{TenantID: tenantID, PublicID: seal.PublicID(), Locale: locale, CreatedAt: now}
	box, err := tx.Box(ctx, tenantID)
	if err != nil {
		return 0, err
	}
	column := func(name string) seal.Where {
		return seal.Where{Tenant: tenantID, Table: "customers", Column: name, Row: row.PublicID}
	}
	row.Name = box.Seal(column("name"), c.name)
	if c.phone != "" {
		row.Phone = box.Seal(column("phone"), c.phone)
		row.PhoneHash = tx.Lookup().Phone(tenantID, c.phone)
	}
	if c.email != "" {
		row.Email = box.Seal(column("email"), c.email)
		row.EmailHash = tx.Lookup().Email(tenantID, c.email)
		row.IdentityHash = tx.Lookup().Identity(tenantID, c.email, c.name)
		id, known, err := maybe(tx.FindCustomerByIdentity(ctx, db.FindCustomerByIdentityParams{TenantID: tenantID, IdentityHash: row.IdentityHash}))
		if err != nil {
			return 0, fmt.Errorf("looking a customer up: %w", err)
		}
		if known {
			return id, nil
		}
	}
	id, err := tx.AddCustomer(ctx, row)
	if db.IsDuplicate(err) { // joined at this very moment from elsewhere
		return tx.FindCustomerByIdentity(ctx, db.FindCustomerByIdentityParams{TenantID: tenantID, IdentityHash: row.IdentityHash})
	}
	if err != nil {
		return 0, fmt.Errorf("adding a customer: %w", err)
	}
	return id, tx.AddCustomerPrefixes(ctx, tenantID, id, tx.Lookup().Prefixes(tenantID, c.name))
}

// person opens what staff may see of a customer.
func (w *Waitlist) person(ctx context.Context, c db.Customer) (Person, error) {
	box, err := w.db.Box(ctx, c.TenantID)
	if err != nil {
		return Person{}, err
	}
	p := Person{ID: c.PublicID}
	for column, part := range map[string]struct {
		sealed []byte
		to     *string
	}{"name": {c.Name, &p.Name}, "email": {c.Email, &p.Email}, "phone": {c.Phone, &p.Phone}} {
		*part.to, err = box.Open(seal.Where{Tenant: c.TenantID, Table: "customers", Column: column, Row: c.PublicID}, part.sealed)
		if err != nil {
			return Person{}, fmt.Errorf("opening the %s of customer %d: %w", column, c.ID, err)
		}
	}
	return p, nil
}
