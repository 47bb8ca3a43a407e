package api

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"
	"github.com/oapi-codegen/nullable"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// GetJoining answers GET /settings/joining.
func (d *door) GetJoining(c echo.Context) error {
	_, f, err := d.Business.Joining(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	return one(c, joiningOf(f))
}

// ChangeJoining answers PATCH /settings/joining.
func (d *door) ChangeJoining(c echo.Context, _ spec.ChangeJoiningParams) error {
	var asked spec.JoiningChange
	if err := read(c, &asked); err != nil {
		return err
	}
	page, f, err := d.Business.Joining(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	if err := unchanged(c, joiningOf(f)); err != nil {
		return err
	}
	patch(&f.State, asked.State)
	patchOrClear(&f.Until, asked.OpensOn)
	patchOrClear(&f.Reason, asked.Reason)
	patchOrClear(&f.Cap, asked.Cap)
	patch(&f.Expiry, asked.ExpiryDays)
	if asked.ServiceCaps != nil {
		if err := fillCaps(&f, *asked.ServiceCaps, page.Services); err != nil {
			return err
		}
	}
	if err := d.Business.ChangeJoining(c.Request().Context(), staffOf(c), f); err != nil {
		return overtaken(c, named(err, "until", "opens_on", "expiry", "expiry_days"))
	}
	return d.GetJoining(c)
}

// GetPlaces answers GET /settings/joining/places.
func (d *door) GetPlaces(c echo.Context) error {
	page, _, err := d.Business.Joining(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, spec.PlacesTaken{Taken: page.Taken, Services: page.Places})
}

// fillCaps writes limits of services into a form; null takes one away. A service that can't be asked for is refused.
func fillCaps(f *business.JoiningForm, asked map[string]*int, services []waitlist.ServiceChoice) error {
	var bad []problem.Field
	for id, limit := range asked {
		known := slices.ContainsFunc(services, func(s waitlist.ServiceChoice) bool { return s.ID == id })
		switch {
		case !known:
			bad = append(bad, problem.Bad("service_caps/"+id, "admin.bad.service"))
		case limit == nil:
			delete(f.Caps, id)
		default:
			f.Caps[id] = strconv.Itoa(*limit)
		}
	}
	if len(bad) > 0 {
		return problem.Invalid(bad...)
	}
	return nil
}

func joiningOf(f business.JoiningForm) spec.Joining {
	j := spec.Joining{
		State: spec.JoiningState(f.State), OpensOn: nullable.NewNullNullable[spec.LocalDate](), Reason: orNull(f.Reason), Cap: orNull(wholeOf(f.Cap)),
		ServiceCaps: map[string]int{}, ExpiryDays: wholeOf(f.Expiry),
	}
	if day, err := rules.ParseDate(f.Until); err == nil {
		j.OpensOn = dayOrNull(day)
	}
	for id, limit := range f.Caps {
		j.ServiceCaps[id] = wholeOf(limit)
	}
	return j
}
