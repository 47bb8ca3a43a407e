package admin

import (
	"context"
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

// sending is the page of how messages are sent.
func (d door) sending(c echo.Context) error {
	m, err := d.business.MessageLimits(c.Request().Context(), middleware.MustUser(c).TenantID)
	if err != nil {
		return err
	}
	return d.showSending(c, http.StatusOK, m, nil, nil)
}

func (d door) changeMessageLimits(c echo.Context) error {
	var f business.LimitsForm
	if err := c.Bind(&f); err != nil {
		return err
	}
	_, err := f.Rules()
	saved := c.FormValue("act") != admin.ActPreview
	if saved {
		err = d.business.ChangeMessageLimits(c.Request().Context(), middleware.MustUser(c).Staff(), f)
	}
	return d.answerSending(c, err, saved, func(m *business.MessageLimits, stale bool) {
		if stale {
			f.Version = m.Limits.Version
		}
		m.Limits = f
	}, func(m business.MessageLimits, status int, errs ui.Errors) error {
		return d.showSending(c, status, m, errs, nil)
	})
}

func (d door) changeQuietHours(c echo.Context) error {
	var f business.QuietForm
	if err := c.Bind(&f); err != nil {
		return err
	}
	_, err := f.Rules()
	saved := c.FormValue("act") != admin.ActPreview
	if saved {
		err = d.business.ChangeQuietHours(c.Request().Context(), middleware.MustUser(c).Staff(), f)
	}
	return d.answerSending(c, err, saved, func(m *business.MessageLimits, stale bool) {
		if stale {
			f.Version = m.Quiet.Version
		}
		m.Quiet = f
	}, func(m business.MessageLimits, status int, errs ui.Errors) error {
		return d.showSending(c, status, m, nil, errs)
	})
}

// answerSending leads on once a form is saved; else it shows the page with what was typed into that form.
func (d door) answerSending(
	c echo.Context, err error, saved bool, typed func(m *business.MessageLimits, stale bool), show func(business.MessageLimits, int, ui.Errors) error,
) error {
	if saved && err == nil {
		respond.Flash(c, "sending.saved")
		return respond.SeeOther(c, paths.MessagesSending)
	}
	m, readErr := d.business.MessageLimits(context.WithoutCancel(c.Request().Context()), middleware.MustUser(c).TenantID)
	if readErr != nil {
		return readErr
	}
	typed(&m, problem.KindOf(err) == problem.Conflict) // saving again is meant: what was typed stays
	as := func(status int, errs ui.Errors) error { return show(m, status, errs) }
	if err != nil {
		return respond.Form(c, err, as)
	}
	return respond.NewForm(as)
}

func (d door) showSending(c echo.Context, status int, m business.MessageLimits, limits, quiet ui.Errors) error {
	return respond.HTML(c, status, admin.Sending(page(c, "messages", text(c, "common.nav.messages")), m, limits, quiet),
		respond.Part{ID: "limits-form", Component: admin.LimitsForm(m, limits)},
		respond.Part{ID: admin.LimitsSaidID, Component: admin.LimitsSaid(m.Limits)},
		respond.Part{ID: "quiet-form", Component: admin.QuietForm(m, quiet)},
		respond.Part{ID: admin.QuietSaidID, Component: admin.QuietSaid(m)},
	)
}
