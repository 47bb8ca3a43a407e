package business

import (
	"context"
	"strconv"

	"github.com/bojanz/currency"
)

const (
	// LongestName of a business, in characters.
	LongestName = 120
	// LongestAddress of a business, in characters.
	LongestAddress = 255
)

// ProfileForm is what is typed about the business itself.
type ProfileForm struct {
	Name     string `form:"name"`
	Zone     string `form:"zone"`     // IANA name
	Currency string `form:"currency"` // ISO 4217
	Locale   string `form:"locale"`   // BCP 47 tag
	Address  string `form:"address"`  // where customers come to; may be empty
	Version  string `form:"version"`  // of the settings that the form was made from
	Seen     string `form:"seen"`     // Touched.Fingerprint of what was shown
}

// Profile is the form of the profile as saved.
func (b *Business) Profile(ctx context.Context, tenantID int64) (ProfileForm, error) {
	row, err := b.db.GetSettings(ctx, tenantID)
	if row, err = found(row, err, "problem.no_such_business"); err != nil {
		return ProfileForm{}, err
	}
	return ProfileForm{
		Name: row.Name, Zone: row.Zone, Currency: row.Currency, Locale: row.Locale, Address: row.Address, Version: strconv.Itoa(row.Version),
	}, nil
}

func (f ProfileForm) read() (ProfileForm, error) {
	var r reading
	f.Name = r.name("name", f.Name, LongestName)
	f.Address = r.line("address", f.Address, LongestAddress)
	if !validZone(f.Zone) {
		r.refuse("zone", "admin.bad.zone")
	}
	if f.Currency == "" || !currency.IsValid(f.Currency) {
		r.refuse("currency", "admin.bad.currency")
	}
	if !validLocale(f.Locale) {
		r.refuse("locale", "admin.bad.locale")
	}
	return f, r.err()
}
