package admin

import (
	"errors"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/views/admin"
	"github.com/your-org/waitlist-management/views/ui"
)

func (d door) messageTimes(c echo.Context) error {
	f, err := d.business.MessageTimes(c.Request().Context(), middleware.MustUser(c).TenantID)
	if err != nil {
		return err
	}
	return respond.NewForm(showMessageTimes(c, f))
}

func (d door) changeMessageTimes(c echo.Context) error {
	var f business.MessageTimesForm
	if err := c.Bind(&f); err != nil {
		return err
	}
	ctx, user := c.Request().Context(), middleware.MustUser(c)
	err := d.business.ChangeMessageTimes(ctx, user.Staff(), f)
	if problem.KindOf(err) == problem.Conflict { // saving again is meant: what was typed stays
		now, readErr := d.business.MessageTimes(ctx, user.TenantID)
		f.Version, err = now.Version, errors.Join(err, readErr)
	}
	if err != nil {
		return respond.Form(c, err, showMessageTimes(c, f))
	}
	respond.Flash(c, "reminders.times.saved")
	return respond.SeeOther(c, paths.MessagesSending)
}

func showMessageTimes(c echo.Context, f business.MessageTimesForm) respond.Show {
	return func(status int, errs ui.Errors) error {
		return respond.HTML(c, status, admin.MessageTimesPage(page(c, "messages", text(c, "letters.sending")), f, errs),
			respond.Part{ID: admin.MessageTimesID, Component: admin.MessageTimesForm(f, errs)})
	}
}
