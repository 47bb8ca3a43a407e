package public

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/calendar"
	"github.com/your-org/waitlist-management/waitlist"
)

func (d door) offerEvent(c echo.Context) error {
	b, err := d.waitlist.OfferBooking(c.Request().Context(), token(c))
	if err != nil {
		return err
	}
	return event(c, b)
}

func (d door) bookingEvent(c echo.Context) error {
	b, err := d.waitlist.BookingPage(c.Request().Context(), token(c))
	if err != nil {
		return err
	}
	return event(c, b)
}

func event(c echo.Context, b waitlist.BookingPage) error {
	c.Response().Header().Set(echo.HeaderContentDisposition, `inline; filename="appointment.ics"`)
	return c.Blob(http.StatusOK, "text/calendar; charset=utf-8; method=PUBLISH", calendar.Event(b))
}
