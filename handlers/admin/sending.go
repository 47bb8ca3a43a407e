package admin

import (
	"context"
	"errors"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/views/admin"
	"github.com/your-org/waitlist-management/views/ui"
)

// sending is the page of how messages are sent.
func (d door) sending(c echo.Context) error {
	p, err := d.readSending(c, c.QueryParam("language"))
	if err != nil {
		return err
	}
	return respond.NewForm(showSending(c, p, ""))
}

// readSending reads what all cards of the page show, the signature in the language of this BCP 47 tag.
func (d door) readSending(c echo.Context, language string) (p admin.SendingPage, err error) {
	ctx, tenantID := context.WithoutCancel(c.Request().Context()), middleware.MustUser(c).TenantID
	var wrong [3]error
	p.Sending, wrong[0] = d.business.Sending(ctx, tenantID, language)
	p.Times, wrong[1] = d.business.MessageTimes(ctx, tenantID)
	p.Limits, wrong[2] = d.business.MessageLimits(ctx, tenantID)
	return p, errors.Join(wrong[:]...)
}

// sendingAgain shows the page with what was typed into one of its forms: to say why err refused it or, when err is nil, what it would come to.
// Who saves again after somebody else changed the same means it: stale tells typed to take over the version of now.
func (d door) sendingAgain(c echo.Context, form, language string, err error, typed func(p *admin.SendingPage, stale bool)) error {
	p, readErr := d.readSending(c, language)
	if readErr != nil {
		return errors.Join(err, readErr)
	}
	typed(&p, problem.KindOf(err) == problem.Conflict)
	show := showSending(c, p, form)
	if err != nil {
		return respond.Form(c, err, show)
	}
	return respond.NewForm(show)
}

func showSending(c echo.Context, p admin.SendingPage, refused string) respond.Show {
	return func(status int, errs ui.Errors) error {
		p.Refused, p.Errors = refused, errs
		return respond.HTML(c, status, admin.Sending(page(c, "messages", text(c, "letters.sending")), p),
			respond.Part{ID: admin.SenderFormID, Component: admin.SenderForm(p.Sending, p.ErrorsOf(admin.SenderFormID))},
			respond.Part{ID: admin.SignatureFormID, Component: admin.SignatureForm(p.Sending, p.ErrorsOf(admin.SignatureFormID))},
			respond.Part{ID: admin.MessageTimesID, Component: admin.MessageTimesForm(p.Times, p.ErrorsOf(admin.MessageTimesID))},
			respond.Part{ID: admin.LimitsFormID, Component: admin.LimitsForm(p.Limits, p.ErrorsOf(admin.LimitsFormID))},
			respond.Part{ID: admin.LimitsSaidID, Component: admin.LimitsSaid(p.Limits.Limits)},
			respond.Part{ID: admin.QuietFormID, Component: admin.QuietForm(p.Limits, p.ErrorsOf(admin.QuietFormID))},
			respond.Part{ID: admin.QuietSaidID, Component: admin.QuietSaid(p.Limits)},
		)
	}
}

// sendingSaved leads back to the page after one of its forms was saved.
func sendingSaved(c echo.Context, text string) error {
	respond.Flash(c, text)
	return respond.SeeOther(c, paths.MessagesSending)
}
