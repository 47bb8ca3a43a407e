package business

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/bojanz/currency"
	"github.com/nyaruka/phonenumbers"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/seal"
)

// The longest of each part of a profile, in characters.
const (
	LongestName     = 120
	LongestStreet   = 120
	LongestPostcode = 16
	LongestTown     = 80
	LongestLink     = 255
)

// ProfileForm is what is typed about the business itself. All but name, zone, currency and locale may be empty.
type ProfileForm struct {
	Name     string `form:"name"`
	Street   string `form:"street"`
	Postcode string `form:"postcode"`
	Town     string `form:"town"`
	Country  string `form:"country"` // ISO 3166-1 alpha-2
	Phone    string `form:"phone"`   // for customers; without a country code it is one of Country
	Email    string `form:"email"`   // for customers
	Website  string `form:"website"`
	Privacy  string `form:"privacy"`  // where the business says what it does with personal data
	Zone     string `form:"zone"`     // IANA name
	Currency string `form:"currency"` // ISO 4217
	Locale   string `form:"locale"`   // BCP 47 tag
	Version  string `form:"version"`  // of the settings that the form was made from
	Seen     string `form:"seen"`     // Touched.Fingerprint of what was shown
}

// address is what customers read, on one line.
func (f ProfileForm) address() string { return addressLine(f.Street, f.Postcode, f.Town, f.Country) }

// Profile is the form of the profile as saved. An address from before it had parts is all in Street.
func (b *Business) Profile(ctx context.Context, tenantID int64) (ProfileForm, error) {
	row, err := b.db.GetSettings(ctx, tenantID)
	if row, err = found(row, err, "problem.no_such_business"); err != nil {
		return ProfileForm{}, err
	}
	p, err := readProfile(ctx, b.db.Queries, tenantID)
	if err != nil {
		return ProfileForm{}, err
	}
	f := ProfileForm{
		Name: row.Name, Street: p.Street, Postcode: p.Postcode, Town: p.Town, Country: p.Country, Email: p.Email, Website: p.Website, Privacy: p.Privacy,
		Zone: row.Zone, Currency: row.Currency, Locale: row.Locale, Version: strconv.Itoa(row.Version),
	}
	if p.Phone != "" {
		f.Phone = i18n.Phone(p.Phone)
	}
	if f.Country == "" {
		f.Country = CountryIn(row.Zone)
	}
	if f.address() == "" {
		f.Street = row.Address
	}
	return f, nil
}

// readProfile is the row of a business, empty as long as nobody filled it in.
func readProfile(ctx context.Context, q *db.Queries, tenantID int64) (db.Profile, error) {
	row, err := q.GetProfile(ctx, tenantID)
	switch {
	case db.IsNone(err):
		return db.Profile{TenantID: tenantID, Version: 1}, nil
	case err != nil:
		return db.Profile{}, db.Down(fmt.Errorf("reading the profile: %w", err))
	}
	return row, nil
}

// makeProfile sees to it that the business has its row.
func makeProfile(ctx context.Context, tx *db.Tx, tenantID int64) error {
	_, err := tx.GetProfile(ctx, tenantID)
	if db.IsNone(err) {
		if err = tx.AddProfile(ctx, tenantID); db.IsDuplicate(err) {
			return nil
		}
	}
	if err != nil {
		return fmt.Errorf("making the profile: %w", err)
	}
	return nil
}

// read gives the form in the form in which it is saved.
func (f ProfileForm) read() (ProfileForm, error) {
	var r reading
	f.Name = r.name("name", f.Name, LongestName)
	f.Street = r.line("street", f.Street, LongestStreet)
	f.Postcode = r.line("postcode", f.Postcode, LongestPostcode)
	f.Town = r.line("town", f.Town, LongestTown)
	if !validCountry(f.Country) {
		r.refuse("country", "profile.bad.country")
	}
	f.Phone = r.phone("phone", f.Phone, f.Country)
	f.Email = r.address("email", f.Email)
	f.Website = r.link("website", f.Website)
	f.Privacy = r.link("privacy", f.Privacy)
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

// longestPhone is far more than anybody types, in bytes.
const longestPhone = 40

// phone reads a number into E.164; empty is fine.
func (r *reading) phone(field, typed, country string) string {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return ""
	}
	if len(typed) <= longestPhone {
		number, err := phonenumbers.Parse(typed, country)
		if err == nil && phonenumbers.IsValidNumber(number) && number.GetExtension() == "" {
			return phonenumbers.Format(number, phonenumbers.E164)
		}
	}
	r.refuse(field, "problem.phone")
	return ""
}

// address reads an email address; empty is fine.
func (r *reading) address(field, typed string) string {
	typed = strings.TrimSpace(typed)
	if typed != "" && !seal.CheckEmail(typed) {
		r.refuse(field, "problem.email")
	}
	return typed
}

// link reads the address of a page on the web; one without a scheme is taken as https, and empty is fine.
func (r *reading) link(field, typed string) string {
	text := r.line(field, typed, LongestLink)
	if text == "" || r.refused(field) {
		return ""
	}
	if !strings.Contains(text, "://") {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	switch {
	case err != nil, u.Scheme != "http" && u.Scheme != "https", u.User != nil, u.Opaque != "", strings.ContainsAny(text, " \"<>\\^`{|}"),
		!strings.Contains(strings.Trim(u.Hostname(), "."), "."):
		r.refuse(field, "profile.bad.link")
		return ""
	case len(u.String()) > LongestLink:
		r.refuse(field, "problem.long", "Most", LongestLink)
		return ""
	}
	return u.String()
}
