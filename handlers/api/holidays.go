package api

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/holidays"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
)

// GetHolidays answers GET /holidays.
func (d *door) GetHolidays(c echo.Context) error {
	page, f, err := d.Business.Holidays(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	return one(c, holidayChoiceOf(page, f))
}

// SetHolidays answers PUT /holidays.
func (d *door) SetHolidays(c echo.Context, p spec.SetHolidaysParams) error {
	var asked spec.NewHolidayChoice
	if err := read(c, &asked); err != nil {
		return err
	}
	ctx, tenantID := c.Request().Context(), staffOf(c).TenantID
	page, saved, err := d.Business.Holidays(ctx, tenantID)
	if err != nil {
		return err
	}
	if err := unchanged(c, holidayChoiceOf(page, saved)); err != nil {
		return err
	}
	f := business.HolidayForm{Version: saved.Version}
	patchOrClear(&f.Country, asked.Country)
	patchOrClear(&f.Region, asked.Region)
	region := f.Region
	if _, err := d.Business.HolidayPage(ctx, tenantID, &f); err != nil { // ticks them all
		return err
	}
	f.Region = region // the page shows another in place of one that there is not
	fillHolidays(&f, asked)
	f.Seen, f.Withdraw = seenOf(p.Seen), chosen(p.Withdraw)
	touched, err := d.Business.ChangeHolidays(ctx, staffOf(c), f)
	if err != nil {
		return overtaken(c, err)
	}
	if !touched.Empty() {
		return touches(c, touched)
	}
	return d.GetHolidays(c)
}

// fillHolidays takes what was asked for out of a form in which every holiday closes the business.
func fillHolidays(f *business.HolidayForm, asked spec.NewHolidayChoice) {
	if asked.Worked != nil {
		f.Closed = slices.DeleteFunc(f.Closed, func(name string) bool { return slices.Contains(*asked.Worked, name) })
	}
	if asked.OpenOn != nil {
		for _, day := range *asked.OpenOn {
			f.OpenOn = append(f.OpenOn, day.String())
		}
	}
}

func holidayChoiceOf(page business.HolidayPage, f business.HolidayForm) spec.HolidayChoice {
	choice := spec.HolidayChoice{Country: orNull(f.Country), Region: orNull(f.Region), Worked: []string{}, OpenOn: []spec.LocalDate{}}
	for _, n := range page.Names {
		if !slices.Contains(f.Closed, n.Name) {
			choice.Worked = append(choice.Worked, n.Name)
		}
	}
	for _, text := range f.OpenOn {
		if day, err := rules.ParseDate(text); err == nil {
			choice.OpenOn = append(choice.OpenOn, dateOf(day))
		}
	}
	return choice
}

// ListHolidayDays answers GET /holidays/days.
func (d *door) ListHolidayDays(c echo.Context, p spec.ListHolidayDaysParams) error {
	page, f, err := d.Business.Holidays(c.Request().Context(), staffOf(c).TenantID)
	if err == nil && (p.Country != nil || p.Region != nil) {
		page, f, err = d.otherHolidays(c, p)
	}
	if err != nil {
		return err
	}
	days, next, err := pageOf(page.Days, p.Limit, p.Cursor)
	if err != nil {
		return err
	}
	data := make([]spec.HolidayDay, len(days))
	for i, h := range days {
		closes := slices.Contains(f.Closed, h.Name) && !slices.Contains(f.OpenOn, h.On.String())
		data[i] = spec.HolidayDay{Date: dateOf(h.On), Name: h.Name, Substitute: h.Substitute, Closes: closes}
	}
	return answer(c, http.StatusOK, spec.HolidayDayList{Data: data, NextCursor: next})
}

// otherHolidays are those of a choice that isn't saved.
func (d *door) otherHolidays(c echo.Context, p spec.ListHolidayDaysParams) (business.HolidayPage, business.HolidayForm, error) {
	var f business.HolidayForm
	patch(&f.Country, p.Country)
	patch(&f.Region, p.Region)
	if !holidays.Has(f.Country, f.Region) {
		return business.HolidayPage{}, f, problem.Invalid(problem.Bad("country", "hours.bad.country"))
	}
	page, err := d.Business.HolidayPage(c.Request().Context(), staffOf(c).TenantID, &f)
	return page, f, err
}

// ListHolidayCountries answers GET /holidays/countries.
func (d *door) ListHolidayCountries(c echo.Context, p spec.ListHolidayCountriesParams) error {
	page, next, err := pageOf(holidays.Countries(), p.Limit, p.Cursor)
	if err != nil {
		return err
	}
	data := make([]spec.HolidayCountry, len(page))
	for i, country := range page {
		data[i] = spec.HolidayCountry{Country: country.Code, Language: country.Language, Whole: holidays.Has(country.Code, ""), Regions: []spec.HolidayRegion{}}
		for _, region := range country.Regions {
			data[i].Regions = append(data[i].Regions, spec.HolidayRegion{Region: region.Code, Name: region.Name})
		}
	}
	return answer(c, http.StatusOK, spec.HolidayCountryList{Data: data, NextCursor: next})
}
