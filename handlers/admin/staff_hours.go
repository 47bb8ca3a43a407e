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

func (d door) staffHours(c echo.Context) error {
	_, f, err := d.business.StaffHours(c.Request().Context(), middleware.MustUser(c).TenantID, c.Param("id"))
	if err != nil {
		return err
	}
	return respond.NewForm(d.showStaffHours(c, f, business.Touched{}))
}

func (d door) changeStaffHours(c echo.Context) error {
	values, err := c.FormParams()
	if err != nil {
		return err
	}
	f := business.StaffHoursForm{HoursForm: business.ReadHoursForm(values), Own: values.Get("own") == "yes"}
	if act := values.Get("act"); act != "" {
		f.HoursForm = edit(f.HoursForm, act, values)
		return respond.NewForm(d.showStaffHours(c, f, business.Touched{}))
	}
	ctx, user, id := c.Request().Context(), middleware.MustUser(c), c.Param("id")
	touched, err := d.business.ChangeStaffHours(ctx, user.Staff(), id, f)
	if err != nil {
		if problem.KindOf(err) == problem.Conflict {
			_, now, readErr := d.business.StaffHours(ctx, user.TenantID, id)
			f.Version, err = now.Version, errors.Join(err, readErr)
		}
		return respond.Form(c, err, d.showStaffHours(c, f, business.Touched{}))
	}
	if !touched.Empty() {
		return d.showStaffHours(c, f, touched)(http.StatusConflict, nil)
	}
	respond.Flash(c, "hours.staff.saved")
	return respond.SeeOther(c, paths.StaffMember(id))
}

func (d door) showStaffHours(c echo.Context, f business.StaffHoursForm, touched business.Touched) respond.Show {
	return func(status int, errs ui.Errors) error {
		around, _, err := d.business.StaffHours(c.Request().Context(), middleware.MustUser(c).TenantID, c.Param("id"))
		if err != nil {
			return err
		}
		whole := admin.StaffHours(page(c, "staff", text(c, "hours.staff.heading", "Name", around.Name)), around, f, errs, touched)
		return respond.HTML(c, status, whole, respond.Part{ID: "staff-hours-form", Component: admin.StaffHoursForm(around, f, errs, touched)})
	}
}
