package admin

import (
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/views/admin"
	"github.com/your-org/waitlist-management/views/ui"
)

func (d listDoor) joining(c echo.Context) error {
	_, f, err := d.business.Joining(c.Request().Context(), tenant(c))
	if err != nil {
		return err
	}
	return respond.NewForm(d.showJoining(c, f))
}

func (d listDoor) changeJoining(c echo.Context) error {
	var f business.JoiningForm
	if err := c.Bind(&f); err != nil {
		return err
	}
	f.ReadCaps(c.Request().PostForm)
	err := d.business.ChangeJoining(c.Request().Context(), middleware.MustUser(c).Staff(), f)
	if problem.KindOf(err) == problem.Conflict { // saving again is meant: what was typed stays
		_, now, readErr := d.business.Joining(c.Request().Context(), tenant(c))
		if readErr != nil {
			return readErr
		}
		f.Version = now.Version
	}
	if err != nil {
		return respond.Form(c, err, d.showJoining(c, f))
	}
	respond.Flash(c, "admin.joining.saved")
	return respond.SeeOther(c, paths.Joining)
}

func (d listDoor) showJoining(c echo.Context, f business.JoiningForm) respond.Show {
	return func(status int, errs ui.Errors) error {
		around, _, err := d.business.Joining(c.Request().Context(), tenant(c))
		if err != nil {
			return err
		}
		return respond.HTML(c, status, admin.Joining(page(c, "joining", text(c, "common.nav.joining")), around, f, errs),
			respond.Part{ID: "joining-form", Component: admin.JoiningForm(around, f, errs)})
	}
}
