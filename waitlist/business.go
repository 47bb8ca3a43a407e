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
	row, err := w.db.GetBusinessBySlug(ctx, slug)
	if row, err = found(row, err, "problem.no_such_business"); err != nil {
		return Business{}, err
	}
	return business(db.GetBusinessRow(row))
}

// Business finds a business by its id. Fails with NotFound.
func (w *Waitlist) Business(ctx context.Context, tenantID int64) (Business, error) {
	row, err := w.db.GetBusiness(ctx, tenantID)
	if row, err = found(row, err, "problem.no_such_business"); err != nil {
		return Business{}, err
	}
	return business(row)
}

func business(row db.GetBusinessRow) (Business, error) {
	zone, err := time.LoadLocation(row.Zone)
	if err != nil {
		return Business{}, fmt.Errorf("business %d: %w", row.ID, err)
	}
	return Business{
		TenantID: row.ID, Slug: row.Slug, Name: row.Name, Zone: zone, Currency: row.Currency, Locale: row.Locale, Address: row.Address,
		Phone: row.Phone, Email: row.Email, Website: row.Website, Privacy: row.Privacy,
		Look: Look{Colour: row.Colour, Logo: Logo{Hash: row.LogoHash, Width: int(row.LogoWidth), Height: int(row.LogoHeight)}},
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

// JoinPage is what the page on which customers join is made of. Fails with NotFound for an unknown slug.
func (w *Waitlist) JoinPage(ctx context.Context, slug string) (b Business, services []ServiceChoice, today rules.Date, err error) {
	if b, err = w.BusinessBySlug(ctx, slug); err != nil {
		return b, nil, today, err
	}
	if services, err = w.choices(ctx, b); err != nil {
		return b, nil, today, err
	}
	now, err := w.db.Now(ctx)
	return b, services, rules.DateOf(now, b.Zone), err
}

// JoinChoices are the services that somebody offers, in the business's order, with the staff members who do.
func (w *Waitlist) JoinChoices(ctx context.Context, tenantID int64) ([]ServiceChoice, error) {
	b, err := w.Business(ctx, tenantID)
	if err != nil {
		return nil, err
	}
	return w.choices(ctx, b)
}

func (w *Waitlist) choices(ctx context.Context, b Business) (choices []ServiceChoice, err error) {
	services, err := w.db.ListServices(ctx, b.TenantID)
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading services: %w", err))
	}
	offering, err := w.db.ListOffering(ctx, b.TenantID)
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading who offers what: %w", err))
	}
	for _, row := range services {
		s := row.Service
		choice := serviceChoice(s, b.Currency)
		if row.CategoryName != nil {
			choice.Category = *row.CategoryName
		}
		for _, m := range offering {
			if m.ServiceID == s.ID {
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
