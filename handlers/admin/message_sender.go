package admin

import (
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/views/admin"
)

func (d door) changeSender(c echo.Context) error {
	var f business.SenderForm
	if err := c.Bind(&f); err != nil {
		return err
	}
	if err := d.business.ChangeSender(c.Request().Context(), middleware.MustUser(c).Staff(), f); err != nil {
		return d.sendingAgain(c, admin.SenderFormID, "", err, func(p *admin.SendingPage, stale bool) {
			if stale {
				f.Version = p.Sending.Sender.Version
			}
			p.Sending.Sender = f
		})
	}
	return sendingSaved(c, "letters.sender.saved")
}

func (d door) changeSignature(c echo.Context) error {
	var f business.SignatureForm
	if err := c.Bind(&f); err != nil {
		return err
	}
	if err := d.business.ChangeSignature(c.Request().Context(), middleware.MustUser(c).Staff(), f); err != nil {
		return d.sendingAgain(c, admin.SignatureFormID, f.Language, err, func(p *admin.SendingPage, stale bool) {
			if stale {
				f.Version = p.Sending.Signature.Version
			}
			p.Sending.Signature = f
		})
	}
	respond.Flash(c, "letters.signature.saved")
	return respond.SeeOther(c, paths.SignatureIn(f.Language))
}
