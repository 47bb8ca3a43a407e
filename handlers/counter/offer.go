package counter

import (
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/views/counter"
)

func (d door) acceptOffer(c echo.Context) error {
	if err := d.waitlist.StaffAccept(c.Request().Context(), staff(c), id(c)); err != nil {
		return err
	}
	respond.Flash(c, "counter.offers.accepted")
	return respond.SeeOther(c, paths.Counter)
}

func (d door) declineOffer(c echo.Context) error {
	if err := d.waitlist.StaffDecline(c.Request().Context(), staff(c), id(c), c.FormValue("then") != counter.LeaveList); err != nil {
		return err
	}
	respond.Flash(c, "counter.offers.declined")
	return respond.SeeOther(c, paths.Counter)
}

func (d door) withdrawOffer(c echo.Context) error {
	if err := d.waitlist.WithdrawOffer(c.Request().Context(), staff(c), id(c)); err != nil {
		return err
	}
	respond.FlashUndo(c, paths.CounterOfferRestoration(id(c)), "counter.offers.withdrawn")
	if slot := c.FormValue("slot"); slot != "" {
		return respond.SeeOther(c, paths.Slot(slot))
	}
	return respond.SeeOther(c, paths.Counter)
}

func (d door) restoreOffer(c echo.Context) error {
	if err := d.waitlist.RestoreOffer(c.Request().Context(), staff(c), id(c)); err != nil {
		return err
	}
	respond.Flash(c, "counter.offers.restored")
	return respond.SeeOther(c, paths.Counter)
}
