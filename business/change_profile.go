package business

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// ChangeProfile changes what is said about the business. Another zone touches every booking and slot whose local time changes: their
// moments stay. Another currency touches every price: the number stays. Refused fields are those of the form; problem.Conflict when the
// settings were changed since the form was made.
func (b *Business) ChangeProfile(ctx context.Context, s waitlist.Staff, f ProfileForm) (touched Touched, err error) {
	err = b.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		touched = Touched{}
		read, err := f.read()
		if err != nil {
			return err
		}
		a, err := lockAndLook(ctx, tx, s.TenantID)
		if err != nil {
			return err
		}
		t, err := a.elsewhere(read)
		if err != nil {
			return err
		}
		if !t.shown(f.Seen) {
			touched = t
			return nil
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		version, _ := strconv.Atoi(f.Version) // a version that is no number matches no row
		n, err := tx.UpdateProfile(ctx, db.UpdateProfileParams{
			Name: read.Name, Zone: read.Zone, Currency: read.Currency, Locale: read.Locale, Address: read.address(),
			UpdatedAt: now, TenantID: s.TenantID, Version: version,
		})
		if err := unlessStale(n, err); err != nil {
			return err
		}
		old, err := readProfile(ctx, tx.Queries, s.TenantID)
		if err != nil {
			return err
		}
		if err := read.keep(ctx, tx, s.TenantID); err != nil {
			return err
		}
		if err := a.reprice(ctx, tx, read.Currency); err != nil {
			return err
		}
		was := a.settings
		change := audit.Changes(detail{"zone": was.Zone, "currency": was.Currency, "locale": was.Locale}, detail{"zone": read.Zone, "currency": read.Currency, "locale": read.Locale})
		change = change.Untold("name", was.Name != read.Name).Untold("address", was.Address != read.address())
		change = change.Untold("phone", old.Phone != read.Phone).Untold("email", old.Email != read.Email).Untold("website", old.Website != read.Website)
		change = change.Untold("privacy", old.Privacy != read.Privacy)
		return note(ctx, tx, s, "profile.change", "settings", s.TenantID, change)
	})
	return touched, b.wake(ctx, s.TenantID, touched, err)
}

// keep writes what the settings don't hold.
func (f ProfileForm) keep(ctx context.Context, tx *db.Tx, tenantID int64) error {
	if err := makeProfile(ctx, tx, tenantID); err != nil {
		return err
	}
	_, err := tx.UpdateProfileDetails(ctx, db.UpdateProfileDetailsParams{
		Street: f.Street, Postcode: f.Postcode, Town: f.Town, Country: f.Country, Phone: f.Phone, Email: f.Email, Website: f.Website, Privacy: f.Privacy,
		TenantID: tenantID,
	})
	if err != nil {
		return fmt.Errorf("changing the profile: %w", err)
	}
	return nil
}

// unlessStale is problem.Conflict when a compare-and-set on the settings' version found another.
func unlessStale(n int64, err error) error {
	if err != nil {
		return fmt.Errorf("changing the settings: %w", err)
	}
	if n != 1 {
		return problem.New(problem.Conflict, "admin.bad.stale")
	}
	return nil
}

// elsewhere is what is told differently under the zone and the currency of f.
func (a *ahead) elsewhere(f ProfileForm) (Touched, error) {
	zone, err := time.LoadLocation(f.Zone)
	if err != nil {
		return Touched{}, fmt.Errorf("zone %s: %w", f.Zone, err)
	}
	moved := func(start time.Time) bool {
		return start.In(a.zone).Format(time.DateTime) != start.In(zone).Format(time.DateTime)
	}
	t, err := a.touched(
		func(row db.BookingsAheadRow) bool { return moved(row.StartsAt) },
		func(row db.Slot) bool { return moved(row.StartsAt) },
	)
	if err != nil {
		return Touched{}, err
	}
	if len(t.Bookings)+len(t.Slots) > 0 {
		t.NewZone = zone
	}
	if f.Currency == a.settings.Currency {
		return t, nil
	}
	for _, one := range a.activeServices() {
		if one.PriceKind == rules.PriceAmount {
			to := a.price(one)
			to.Currency, to.Minor = f.Currency, inCurrency(one.PriceMinor, a.settings.Currency, f.Currency)
			t.Prices = append(t.Prices, TouchedPrice{ServiceName: one.Name, From: a.price(one), To: to})
		}
	}
	return t, nil
}

// reprice keeps the numbers of all prices where the new currency has other digits.
func (a *ahead) reprice(ctx context.Context, tx *db.Tx, to string) error {
	for _, one := range a.allServices() {
		minor := inCurrency(one.PriceMinor, a.settings.Currency, to)
		if one.PriceKind != rules.PriceAmount || minor == one.PriceMinor {
			continue
		}
		if _, err := tx.SetServicePrice(ctx, db.SetServicePriceParams{PriceMinor: minor, TenantID: a.tenantID, ID: one.ID}); err != nil {
			return fmt.Errorf("telling a price in another currency: %w", err)
		}
	}
	return nil
}
