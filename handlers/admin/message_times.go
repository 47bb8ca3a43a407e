package admin

import (
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/views/admin"
)

func (d door) changeMessageTimes(c echo.Context) error {
	var f business.MessageTimesForm
	if err := c.Bind(&f); err != nil {
		return err
	}
	if err := d.business.ChangeMessageTimes(c.Request().Context(), middleware.MustUser(c).Staff(), f); err != nil {
		return d.sendingAgain(c, admin.MessageTimesID, "", err, func(p *admin.SendingPage, stale bool) {
			if stale {
				f.Version = p.Times.Version
			}
			p.Times = f
		})
	}
	return sendingSaved(c, "reminders.times.saved")
}
