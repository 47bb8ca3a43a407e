package counter

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/views/counter"
	"github.com/your-org/waitlist-management/waitlist"
)

func (d door) booking(c echo.Context) error {
	b, err := d.readBookingOf(c)
	if err != nil {
		return err
	}
	p, err := d.page(c, counter.BookingTitle(c.Request().Context(), b))
	if err != nil {
		return err
	}
	return respond.HTML(c, http.StatusOK, counter.BookingPage(p, b), respond.Part{ID: counter.BookingID, Component: counter.BookingCard(b)})
}

func (d door) readBookingOf(c echo.Context) (b counter.Booking, err error) {
	ctx := c.Request().Context()
	if b.Item, b.Staff, err = d.waitlist.BookingDetail(ctx, tenant(c), id(c)); err != nil {
		return b, err
	}
	b.Now, err = d.waitlist.Now(ctx, tenant(c))
	return b, err
}

func (d door) cancelBooking(c echo.Context) error {
	b, err := d.readBookingOf(c)
	if err != nil {
		return err
	}
	if err := d.waitlist.WishCancelBooking(c.Request().Context(), staff(c), id(c)); err != nil {
		return err
	}
	note := "counter.booking.cancelled"
	if b.Item.Busy {
		note = "counter.booking.freed"
	}
	respond.FlashUndo(c, paths.CounterBookingRestoration(id(c)), note)
	return respond.SeeOther(c, paths.CounterBooking(id(c)))
}

func (d door) restoreBooking(c echo.Context) error {
	if err := d.waitlist.UndoBookingWish(c.Request().Context(), staff(c), id(c)); err != nil {
		return err
	}
	respond.Flash(c, "counter.booking.restored")
	return respond.SeeOther(c, paths.CounterBooking(id(c)))
}

func (d door) completeBooking(c echo.Context) error {
	return d.record(c, d.waitlist.CompleteBooking, "counter.booking.completed")
}

func (d door) missBooking(c echo.Context) error {
	return d.record(c, d.waitlist.NoShowBooking, "counter.booking.missed")
}

func (d door) record(c echo.Context, act func(context.Context, waitlist.Staff, string) error, done string) error {
	if err := act(c.Request().Context(), staff(c), id(c)); err != nil {
		return err
	}
	respond.FlashUndo(c, paths.CounterBookingRestoration(id(c)), done)
	return respond.SeeOther(c, paths.CounterBooking(id(c)))
}
