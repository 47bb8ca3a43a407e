package admin

import (
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/views/admin"
)

func (d door) changeMessageLimits(c echo.Context) error {
	var f business.LimitsForm
	if err := c.Bind(&f); err != nil {
		return err
	}
	_, err := f.Rules()
	if c.FormValue("act") != admin.ActPreview {
		err = d.business.ChangeMessageLimits(c.Request().Context(), middleware.MustUser(c).Staff(), f)
		if err == nil {
			return sendingSaved(c, "sending.saved")
		}
	}
	return d.sendingAgain(c, admin.LimitsFormID, "", err, func(p *admin.SendingPage, stale bool) {
		if stale {
			f.Version = p.Limits.Limits.Version
		}
		p.Limits.Limits = f
	})
}

func (d door) changeQuietHours(c echo.Context) error {
	var f business.QuietForm
	if err := c.Bind(&f); err != nil {
		return err
	}
	_, err := f.Rules()
	if c.FormValue("act") != admin.ActPreview {
		err = d.business.ChangeQuietHours(c.Request().Context(), middleware.MustUser(c).Staff(), f)
		if err == nil {
			return sendingSaved(c, "sending.saved")
		}
	}
	return d.sendingAgain(c, admin.QuietFormID, "", err, func(p *admin.SendingPage, stale bool) {
		if stale {
			f.Version = p.Limits.Quiet.Version
		}
		p.Limits.Quiet = f
	})
}
