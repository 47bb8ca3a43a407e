package api

import (
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/api/spec"
)

// Names of the fields of business.OfferForm in the document.
var offerFields = []string{
	"hold", "hold_minutes", "hold_cap", "hold_cap_minutes", "minimum_notice", "minimum_notice_minutes", "contact_gap", "contact_gap_minutes",
}

// GetOfferSettings answers GET /settings/offers.
func (d *door) GetOfferSettings(c echo.Context) error {
	f, err := d.Business.OfferSettings(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	return one(c, offerSettingsOf(f))
}

// ChangeOfferSettings answers PATCH /settings/offers.
func (d *door) ChangeOfferSettings(c echo.Context, _ spec.ChangeOfferSettingsParams) error {
	var asked spec.OfferSettingsChange
	if err := read(c, &asked); err != nil {
		return err
	}
	f, err := d.Business.OfferSettings(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	if err := unchanged(c, offerSettingsOf(f)); err != nil {
		return err
	}
	patch(&f.Hold, asked.HoldMinutes)
	patch(&f.HoldCap, asked.HoldCapMinutes)
	patch(&f.MinimumNotice, asked.MinimumNoticeMinutes)
	patch(&f.ContactsPerDay, asked.ContactsPerDay)
	patch(&f.ContactGap, asked.ContactGapMinutes)
	if asked.PlaceCountsFromJoining != nil {
		f.CountsFromStart = ticked(*asked.PlaceCountsFromJoining)
	}
	if err := d.Business.ChangeOfferSettings(c.Request().Context(), staffOf(c), f); err != nil {
		return overtaken(c, named(err, offerFields...))
	}
	return d.GetOfferSettings(c)
}

func offerSettingsOf(f business.OfferForm) spec.OfferSettings {
	return spec.OfferSettings{
		HoldMinutes: wholeOf(f.Hold), HoldCapMinutes: wholeOf(f.HoldCap), MinimumNoticeMinutes: wholeOf(f.MinimumNotice),
		ContactsPerDay: wholeOf(f.ContactsPerDay), ContactGapMinutes: wholeOf(f.ContactGap), PlaceCountsFromJoining: f.CountsFromStart != "",
	}
}

// wholeOf is a number that a form was filled in with; 0 where it is empty.
func wholeOf(text string) int {
	n, _ := strconv.Atoi(text)
	return n
}

// ticked is a tick box as a form sends it.
func ticked(on bool) string {
	if on {
		return "on"
	}
	return ""
}
