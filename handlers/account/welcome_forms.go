package account

import (
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/views/account"
)

// settleProfile takes where the business is and how to reach it; the rest of the profile stays.
func (d door) settleProfile(c echo.Context) error {
	w, err := d.firstRun(c, business.StepProfile)
	if err != nil {
		return err
	}
	f := w.Profile
	f.Street, f.Postcode, f.Town, f.Country = c.FormValue("street"), c.FormValue("postcode"), c.FormValue("town"), c.FormValue("country")
	f.Phone, f.Email, f.Website, f.Privacy = c.FormValue("phone"), c.FormValue("email"), c.FormValue("website"), c.FormValue("privacy")
	f.Version = c.FormValue("version")
	if _, err := d.business.ChangeProfile(c.Request().Context(), middleware.MustUser(c).Staff(), f); err != nil {
		if problem.KindOf(err) == problem.Conflict {
			f.Version = w.Profile.Version
		}
		w.Profile = f
		return respond.Form(c, err, showWelcome(c, w))
	}
	respond.Flash(c, "guide.saved")
	return d.onward(c, business.StepProfile)
}

// week is the form of the opening hours where they are alike on all open days.
func (d door) week(c echo.Context) (w account.HoursForm, err error) {
	f, err := d.business.Hours(c.Request().Context(), middleware.MustUser(c).TenantID)
	w.Version = f.Version
	for day, rows := range f.Days {
		for _, row := range rows {
			w.Mixed = w.Mixed || len(rows) > 1 || w.From != "" && row != business.HoursRow{From: w.From, To: w.To}
			w.Days[day], w.From, w.To = true, row.From, row.To
		}
	}
	return w, err
}

// settleHours takes one interval for all days. What it would touch is shown on the page of the hours.
func (d door) settleHours(c echo.Context) error {
	w, err := d.firstRun(c, business.StepHours)
	if err != nil {
		return err
	}
	week := account.HoursForm{From: c.FormValue("from"), To: c.FormValue("to"), Version: w.Hours.Version}
	f := business.HoursForm{Version: c.FormValue("version")}
	for _, chosen := range c.Request().Form["days"] {
		if day, err := strconv.Atoi(chosen); err == nil && day >= 1 && day <= 7 {
			week.Days[day-1] = true
			f.Days[day-1] = []business.HoursRow{{From: week.From, To: week.To}}
		}
	}
	w.Hours = week
	ctx, staff := c.Request().Context(), middleware.MustUser(c).Staff()
	touched, err := d.business.ChangeHours(ctx, staff, f)
	switch {
	case problem.KindOf(err) == problem.Conflict:
		return respond.Form(c, err, showWelcome(c, w))
	case problem.KindOf(err) == problem.InvalidInput:
		return respond.Form(c, problem.Invalid(problem.Bad("from", "guide.hours.bad")), showWelcome(c, w))
	case err != nil:
		return err
	case !touched.Empty():
		return respond.SeeOther(c, paths.Hours)
	}
	if err := d.business.KeepHours(ctx, staff); err != nil {
		return err
	}
	respond.Flash(c, "guide.saved")
	return d.onward(c, business.StepHours)
}

func (d door) addFirstService(c echo.Context) error {
	w, err := d.firstRun(c, business.StepServices)
	if err != nil {
		return err
	}
	f := business.ServiceForm{
		Name: c.FormValue("name"), Duration: c.FormValue("duration"), Buffer: "0", Price: c.FormValue("price"), Press: c.FormValue("press"),
		PriceKind: string(rules.PriceAmount), Staff: w.Service.Staff, Locale: middleware.Locale(c),
	}
	if f.Price == "" {
		f.PriceKind = string(rules.PriceOnRequest)
	}
	if _, err := d.business.AddService(c.Request().Context(), middleware.MustUser(c).Staff(), f); err != nil {
		w.Service = f
		return respond.Form(c, err, showWelcome(c, w))
	}
	respond.Flash(c, "guide.added", "Name", f.Name)
	return respond.SeeOther(c, account.StepPath(business.StepServices))
}

func (d door) addFirstStaffMember(c echo.Context) error {
	w, err := d.firstRun(c, business.StepTeam)
	if err != nil {
		return err
	}
	f := w.Member
	f.Name, f.Press = c.FormValue("name"), c.FormValue("press")
	if _, err := d.business.AddStaffMember(c.Request().Context(), middleware.MustUser(c).Staff(), f); err != nil {
		w.Member = f
		return respond.Form(c, err, showWelcome(c, w))
	}
	respond.Flash(c, "guide.added", "Name", f.Name)
	return respond.SeeOther(c, account.StepPath(business.StepTeam))
}

// settleOffers takes how long an offer stands; the rest of the settings stays.
func (d door) settleOffers(c echo.Context) error {
	w, err := d.firstRun(c, business.StepOffers)
	if err != nil {
		return err
	}
	f := w.Offers
	f.Hold, f.Version = c.FormValue("hold"), c.FormValue("version")
	if err := d.business.ChangeOfferSettings(c.Request().Context(), middleware.MustUser(c).Staff(), f); err != nil {
		if problem.KindOf(err) == problem.Conflict {
			f.Version = w.Offers.Version
		}
		w.Offers = f
		return respond.Form(c, err, showWelcome(c, w))
	}
	respond.Flash(c, "guide.saved")
	return d.onward(c, business.StepOffers)
}
