package api

import (
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/paths"
)

// GetBusiness answers GET /business.
func (d *door) GetBusiness(c echo.Context) error {
	f, err := d.Business.Profile(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	return one(c, businessOf(f))
}

// ChangeBusiness answers PATCH /business.
func (d *door) ChangeBusiness(c echo.Context, p spec.ChangeBusinessParams) error {
	var asked spec.BusinessChange
	if err := read(c, &asked); err != nil {
		return err
	}
	f, err := d.Business.Profile(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	if err := unchanged(c, businessOf(f)); err != nil {
		return err
	}
	fillBusiness(&f, asked)
	f.Seen = seenOf(p.Seen)
	touched, err := d.Business.ChangeProfile(c.Request().Context(), staffOf(c), f)
	if err != nil {
		return overtaken(c, err)
	}
	if !touched.Empty() {
		return touches(c, touched)
	}
	return d.GetBusiness(c)
}

func fillBusiness(f *business.ProfileForm, asked spec.BusinessChange) {
	patch(&f.Name, asked.Name)
	patchOrClear(&f.Street, asked.Street)
	patchOrClear(&f.Postcode, asked.Postcode)
	patchOrClear(&f.Town, asked.Town)
	patch(&f.Country, asked.Country)
	patchOrClear(&f.Phone, asked.Phone)
	patchOrClear(&f.Email, asked.Email)
	patchOrClear(&f.Website, asked.Website)
	patchOrClear(&f.Privacy, asked.Privacy)
	patch(&f.Zone, asked.Zone)
	patch(&f.Currency, asked.Currency)
	patch(&f.Locale, asked.Locale)
}

func businessOf(f business.ProfileForm) spec.Business {
	return spec.Business{
		Name: f.Name, Street: orNull(f.Street), Postcode: orNull(f.Postcode), Town: orNull(f.Town), Country: orNull(f.Country), Phone: orNull(dialled(f.Phone)),
		Email: orNull(f.Email), Website: orNull(f.Website), Privacy: orNull(f.Privacy), Zone: f.Zone, Currency: f.Currency, Locale: f.Locale,
	}
}

// dialled is a number in its international form without what is there for the eye: E.164.
func dialled(phone string) string {
	return strings.Map(func(c rune) rune {
		if c == '+' || c >= '0' && c <= '9' {
			return c
		}
		return -1
	}, phone)
}

// GetPublicAddress answers GET /business/public-address.
func (d *door) GetPublicAddress(c echo.Context) error {
	f, former, err := d.Business.Slugs(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	return one(c, d.publicAddressOf(f, former))
}

// SetPublicAddress answers PUT /business/public-address.
func (d *door) SetPublicAddress(c echo.Context, _ spec.SetPublicAddressParams) error {
	var asked spec.NewPublicAddress
	if err := read(c, &asked); err != nil {
		return err
	}
	f, former, err := d.Business.Slugs(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	if err := unchanged(c, d.publicAddressOf(f, former)); err != nil {
		return err
	}
	f.Slug, f.Sure = asked.Slug, ticked(asked.Sure != nil && *asked.Sure)
	if err := d.Business.ChangeSlug(c.Request().Context(), staffOf(c), f); err != nil {
		return overtaken(c, err)
	}
	return d.GetPublicAddress(c)
}

func (d *door) publicAddressOf(f business.SlugForm, former []string) spec.PublicAddress {
	return spec.PublicAddress{Slug: f.Slug, JoinURL: d.Around.Base.Abs(paths.Join(f.Slug)), Former: append([]string{}, former...)}
}
