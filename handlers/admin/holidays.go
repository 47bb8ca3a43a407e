package admin

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/views/admin"
	"github.com/your-org/waitlist-management/views/ui"
)

func (d door) holidays(c echo.Context) error {
	_, f, err := d.business.Holidays(c.Request().Context(), middleware.MustUser(c).TenantID)
	if err != nil {
		return err
	}
	return respond.NewForm(d.showHolidays(c, f, business.Touched{}))
}

// changeHolidays lists the holidays of another calendar before any of them is saved.
func (d door) changeHolidays(c echo.Context) error {
	var f business.HolidayForm
	if err := c.Bind(&f); err != nil {
		return err
	}
	f = f.Chosen()
	if c.FormValue("act") == "show" || f.Country != "" && f.Listed != f.Calendar() {
		return respond.NewForm(d.showHolidays(c, f, business.Touched{}))
	}
	ctx, user := c.Request().Context(), middleware.MustUser(c)
	touched, err := d.business.ChangeHolidays(ctx, user.Staff(), f)
	if err != nil {
		if problem.KindOf(err) == problem.Conflict {
			_, now, readErr := d.business.Holidays(ctx, user.TenantID)
			f.Version, err = now.Version, errors.Join(err, readErr)
		}
		return respond.Form(c, err, d.showHolidays(c, f, business.Touched{}))
	}
	if !touched.Empty() {
		return d.showHolidays(c, f, touched)(http.StatusConflict, nil)
	}
	respond.Flash(c, "hours.holidays.saved")
	return respond.SeeOther(c, paths.Closures)
}

func (d door) showHolidays(c echo.Context, f business.HolidayForm, touched business.Touched) respond.Show {
	return func(status int, errs ui.Errors) error {
		around, err := d.business.HolidayPage(c.Request().Context(), middleware.MustUser(c).TenantID, &f)
		if err != nil {
			return err
		}
		whole := admin.Holidays(page(c, "closures", text(c, "hours.holidays.title")), around, f, errs, touched)
		return respond.HTML(c, status, whole, respond.Part{ID: "holidays-form", Component: admin.HolidaysForm(around, f, errs, touched)})
	}
}
