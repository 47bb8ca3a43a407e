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

func (d letterDoor) sending(c echo.Context) error {
	p, err := d.business.Sending(c.Request().Context(), tenant(c), c.QueryParam("language"))
	if err != nil {
		return err
	}
	return respond.NewForm(d.showSending(c, p, admin.SenderFormID))
}

func (d letterDoor) changeSender(c echo.Context) error {
	var f business.SenderForm
	if err := c.Bind(&f); err != nil {
		return err
	}
	ctx, user := c.Request().Context(), middleware.MustUser(c)
	if err := d.business.ChangeSender(ctx, user.Staff(), f); err != nil {
		p, readErr := d.business.Sending(ctx, user.TenantID, "")
		if problem.KindOf(err) == problem.Conflict {
			f.Version = p.Sender.Version
		}
		p.Sender = f
		return respond.Form(c, errors.Join(err, readErr), d.showSending(c, p, admin.SenderFormID))
	}
	respond.Flash(c, "letters.sender.saved")
	return respond.SeeOther(c, paths.MessagesSending)
}

func (d letterDoor) changeSignature(c echo.Context) error {
	var f business.SignatureForm
	if err := c.Bind(&f); err != nil {
		return err
	}
	ctx, user := c.Request().Context(), middleware.MustUser(c)
	if err := d.business.ChangeSignature(ctx, user.Staff(), f); err != nil {
		p, readErr := d.business.Sending(ctx, user.TenantID, f.Language)
		if problem.KindOf(err) == problem.Conflict {
			f.Version = p.Signature.Version
		}
		p.Signature = f
		return respond.Form(c, errors.Join(err, readErr), d.showSending(c, p, admin.SignatureFormID))
	}
	respond.Flash(c, "letters.signature.saved")
	return respond.SeeOther(c, paths.SignatureIn(f.Language))
}

// showSending shows the page, with what was refused in one of its forms.
func (d letterDoor) showSending(c echo.Context, p business.Sending, refused string) respond.Show {
	return func(status int, errs ui.Errors) error {
		var sender, signature ui.Errors
		if refused == admin.SenderFormID {
			sender = errs
		} else {
			signature = errs
		}
		return respond.HTML(c, status, admin.Sending(page(c, "messages", text(c, "letters.sending")), p, sender, signature),
			respond.Part{ID: admin.SenderFormID, Component: admin.SenderForm(p, sender)},
			respond.Part{ID: admin.SignatureFormID, Component: admin.SignatureForm(p, signature)})
	}
}
