package waitlist

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
)

// BusinessBySlug finds a business by its public address. Fails with NotFound.
func (w *Waitlist) BusinessBySlug(ctx context.Context, slug string) (Business, error) {
	tenant, err := w.db.GetTenantBySlug(ctx, slug)
	if tenant, err = found(tenant, err, "problem.no_such_business"); err != nil {
		return Business{}, err
	}
	return w.business(ctx, tenant)
}

// Business finds a business by its id. Fails with NotFound.
func (w *Waitlist) Business(ctx context.Context, tenantID int64) (Business, error) {
	tenant, err := w.db.GetTenant(ctx, tenantID)
	if tenant, err = found(tenant, err, "problem.no_such_business"); err != nil {
		return Business{}, err
	}
	return w.business(ctx, tenant)
}

func (w *Waitlist) business(ctx context.Context, tenant db.Tenant) (Business, error) {
	row, err := w.db.GetSettings(ctx, tenant.ID)
	if row, err = found(row, err, "problem.no_such_business"); err != nil {
		return Business{}, err
	}
	zone, err := time.LoadLocation(row.Zone)
	if err != nil {
		return Business{}, fmt.Errorf("business %d: %w", tenant.ID, err)
	}
	return Business{
		TenantID: tenant.ID, Slug: tenant.Slug, Name: row.Name, Zone: zone, Currency: row.Currency, Locale: row.Locale, Address: row.Address,
	}, nil
}

// Now is the moment by the one clock that the program goes by, in the business's zone.
func (w *Waitlist) Now(ctx context.Context, tenantID int64) (time.Time, error) {
	b, err := w.Business(ctx, tenantID)
	if err != nil {
		return time.Time{}, err
	}
	now, err := w.db.Now(ctx)
	return now.In(b.Zone), err
}

// Today is the date it is in the business's zone.
func (w *Waitlist) Today(ctx context.Context, tenantID int64) (rules.Date, error) {
	now, err := w.Now(ctx, tenantID)
	return rules.DateOf(now, now.Location()), err
}

// JoinChoices are the services that somebody offers, in the business's order, with the staff members who do.
func (w *Waitlist) JoinChoices(ctx context.Context, tenantID int64) ([]ServiceChoice, error) {
	b, err := w.Business(ctx, tenantID)
	if err != nil {
		return nil, err
	}
	services, err := w.db.ListServices(ctx, tenantID)
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading services: %w", err))
	}
	staff, err := w.db.ListStaffMembers(ctx, tenantID)
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading staff members: %w", err))
	}
	pairs, err := w.db.ListStaffServices(ctx, tenantID)
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading who offers what: %w", err))
	}
	offers := map[[2]int64]bool{}
	for _, pair := range pairs {
		offers[[2]int64{pair.StaffMemberID, pair.ServiceID}] = true
	}
	var choices []ServiceChoice
	for _, s := range services {
		choice := serviceChoice(s, b.Currency)
		for _, m := range staff {
			if offers[[2]int64{m.ID, s.ID}] {
				choice.Staff = append(choice.Staff, StaffChoice{ID: m.PublicID, Name: m.Name})
			}
		}
		if len(choice.Staff) > 0 {
			choices = append(choices, choice)
		}
	}
	return choices, nil
}

func serviceChoice(s db.Service, currency string) ServiceChoice {
	t := serviceTime(s)
	return ServiceChoice{
		ID: s.PublicID, Name: s.Name, Duration: t.Duration, Buffer: t.Buffer,
		Price: Price{Kind: s.PriceKind, Minor: s.PriceMinor, Currency: currency},
	}
}
