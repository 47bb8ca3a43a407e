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

func (d door) closures(c echo.Context) error {
	list, err := d.business.Closures(c.Request().Context(), middleware.MustUser(c).TenantID)
	if err != nil {
		return err
	}
	return respond.HTML(c, http.StatusOK, admin.Closures(page(c, "closures", text(c, "common.nav.closures")), list))
}

func (d door) newClosure(c echo.Context) error {
	return respond.NewForm(d.showNewClosure(c, business.ClosureForm{StaffMember: c.QueryParam("staff_member"), Weeks: "1", Press: seal.PublicID()}, business.Touched{}))
}

func (d door) addClosure(c echo.Context) error {
	var f business.ClosureForm
	if err := c.Bind(&f); err != nil {
		return err
	}
	_, touched, err := d.business.AddClosure(c.Request().Context(), middleware.MustUser(c).Staff(), f)
	if err != nil {
		return respond.Form(c, err, d.showNewClosure(c, f, business.Touched{}))
	}
	if !touched.Empty() {
		return d.showNewClosure(c, f, touched)(http.StatusConflict, nil)
	}
	respond.Flash(c, "admin.closures.added")
	return respond.SeeOther(c, paths.Closures)
}

func (d door) closure(c echo.Context) error {
	_, f, err := d.business.Closure(c.Request().Context(), middleware.MustUser(c).TenantID, c.Param("id"))
	if err != nil {
		return err
	}
	return respond.NewForm(d.showClosure(c, f, business.Touched{}))
}

func (d door) changeClosure(c echo.Context) error {
	var f business.ClosureForm
	if err := c.Bind(&f); err != nil {
		return err
	}
	ctx, user, id := c.Request().Context(), middleware.MustUser(c), c.Param("id")
	touched, err := d.business.ChangeClosure(ctx, user.Staff(), id, f)
	if err != nil {
		if problem.KindOf(err) == problem.Conflict {
			_, now, readErr := d.business.Closure(ctx, user.TenantID, id)
			f.Version, err = now.Version, errors.Join(err, readErr)
		}
		return respond.Form(c, err, d.showClosure(c, f, business.Touched{}))
	}
	if !touched.Empty() {
		return d.showClosure(c, f, touched)(http.StatusConflict, nil)
	}
	respond.Flash(c, "admin.closures.changed")
	return respond.SeeOther(c, paths.Closures)
}

func (d door) removeClosure(c echo.Context) error {
	if err := d.business.RemoveClosure(c.Request().Context(), middleware.MustUser(c).Staff(), c.Param("id"), ""); err != nil {
		return err
	}
	respond.Flash(c, "admin.closures.removed")
	return respond.SeeOther(c, paths.Closures)
}

func (d door) showNewClosure(c echo.Context, f business.ClosureForm, touched business.Touched) respond.Show {
	return func(status int, errs ui.Errors) error {
		around, err := d.business.NewClosure(c.Request().Context(), middleware.MustUser(c).TenantID)
		if err != nil {
			return err
		}
		return writeClosure(c, status, text(c, "admin.closures.new"), around, f, errs, touched)
	}
}

func (d door) showClosure(c echo.Context, f business.ClosureForm, touched business.Touched) respond.Show {
	return func(status int, errs ui.Errors) error {
		around, _, err := d.business.Closure(c.Request().Context(), middleware.MustUser(c).TenantID, c.Param("id"))
		if err != nil {
			return err
		}
		return writeClosure(c, status, text(c, "admin.closures.one_closure"), around, f, errs, touched)
	}
}

func writeClosure(c echo.Context, status int, title string, around business.ClosurePage, f business.ClosureForm, errs ui.Errors, touched business.Touched) error {
	whole := admin.Closure(page(c, "closures", title), around, f, errs, touched)
	return respond.HTML(c, status, whole, respond.Part{ID: "closure-form", Component: admin.ClosureForm(around, f, errs, touched)})
}
