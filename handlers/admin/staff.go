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
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/views/admin"
	"github.com/your-org/waitlist-management/views/ui"
)

func (d door) staffMembers(c echo.Context) error {
	list, err := d.business.StaffMembers(c.Request().Context(), middleware.MustUser(c).TenantID)
	if err != nil {
		return err
	}
	return respond.HTML(c, http.StatusOK, admin.StaffMembers(page(c, "staff", text(c, "admin.staff.title")), list))
}

func (d door) newStaffMember(c echo.Context) error {
	_, f, err := d.business.NewStaffMember(c.Request().Context(), middleware.MustUser(c).TenantID)
	if err != nil {
		return err
	}
	f.Press = seal.PublicID()
	return respond.NewForm(d.showNewStaffMember(c, f))
}

func (d door) addStaffMember(c echo.Context) error {
	var f business.StaffForm
	if err := c.Bind(&f); err != nil {
		return err
	}
	if _, err := d.business.AddStaffMember(c.Request().Context(), middleware.MustUser(c).Staff(), f); err != nil {
		return respond.Form(c, err, d.showNewStaffMember(c, f))
	}
	respond.Flash(c, "admin.staff.added", "Name", f.Name)
	return respond.SeeOther(c, paths.StaffMembers)
}

func (d door) staffMember(c echo.Context) error {
	_, f, err := d.business.StaffMember(c.Request().Context(), middleware.MustUser(c).TenantID, c.Param("id"))
	if err != nil {
		return err
	}
	return respond.NewForm(d.showStaffMember(c, f, business.Touched{}))
}

func (d door) changeStaffMember(c echo.Context) error {
	var f business.StaffForm
	if err := c.Bind(&f); err != nil {
		return err
	}
	ctx, user, id := c.Request().Context(), middleware.MustUser(c), c.Param("id")
	touched, err := d.business.ChangeStaffMember(ctx, user.Staff(), id, f)
	if err != nil {
		if problem.KindOf(err) == problem.Conflict {
			_, now, readErr := d.business.StaffMember(ctx, user.TenantID, id)
			f.Version, err = now.Version, errors.Join(err, readErr)
		}
		return respond.Form(c, err, d.showStaffMember(c, f, business.Touched{}))
	}
	if !touched.Empty() {
		return d.showStaffMember(c, f, touched)(http.StatusConflict, nil)
	}
	respond.Flash(c, "admin.staff.changed", "Name", f.Name)
	return respond.SeeOther(c, paths.StaffMembers)
}

func (d door) showNewStaffMember(c echo.Context, f business.StaffForm) respond.Show {
	return func(status int, errs ui.Errors) error {
		around, _, err := d.business.NewStaffMember(c.Request().Context(), middleware.MustUser(c).TenantID)
		if err != nil {
			return err
		}
		return writeStaffMember(c, status, text(c, "admin.staff.new"), around, f, errs, business.Touched{})
	}
}

func (d door) showStaffMember(c echo.Context, f business.StaffForm, touched business.Touched) respond.Show {
	return func(status int, errs ui.Errors) error {
		around, _, err := d.business.StaffMember(c.Request().Context(), middleware.MustUser(c).TenantID, c.Param("id"))
		if err != nil {
			return err
		}
		return writeStaffMember(c, status, around.Name, around, f, errs, touched)
	}
}

func writeStaffMember(c echo.Context, status int, title string, around business.StaffPage, f business.StaffForm, errs ui.Errors, touched business.Touched) error {
	whole := admin.StaffMember(page(c, "staff", title), around, f, errs, touched)
	return respond.HTML(c, status, whole, respond.Part{ID: "staff-form", Component: admin.StaffForm(around, f, errs, touched)})
}
