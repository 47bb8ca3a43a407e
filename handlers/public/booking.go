package public

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/views/public"
)

func (d door) booking(c echo.Context) error {
	b, err := d.waitlist.BookingPage(c.Request().Context(), token(c))
	if err != nil {
		return err
	}
	middleware.Speak(c, b.Business.Locale)
	page := respond.Page(c, middleware.Locale(c).T("public.title.booking"))
	return respond.HTML(c, http.StatusOK, public.BookingPage(page, b), respond.Part{ID: public.BookingID, Component: public.Booking(b)})
}

func (d door) cancellationQuestion(c echo.Context) error {
	b, err := d.waitlist.BookingPage(c.Request().Context(), token(c))
	if err != nil {
		return err
	}
	if !public.Cancellable(b) {
		return respond.SeeOther(c, paths.Booking(token(c)))
	}
	middleware.Speak(c, b.Business.Locale)
	page := respond.Page(c, middleware.Locale(c).T("public.cancellation.title"))
	return respond.HTML(c, http.StatusOK, public.BookingCancellationPage(page, b))
}

func (d door) cancelBooking(c echo.Context) error {
	return leadOn(c, d.waitlist.CancelBooking(c.Request().Context(), token(c)), paths.Booking(token(c)), "")
}

func (d door) waitAgain(c echo.Context) error {
	return leadOn(c, d.waitlist.WaitAgain(c.Request().Context(), token(c)), paths.Booking(token(c)), "")
}
