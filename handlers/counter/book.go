package counter

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/views/counter"
	"github.com/your-org/waitlist-management/views/ui"
	"github.com/your-org/waitlist-management/waitlist"
)

// newBooking takes whose time and when from the query, and with ?entry= somebody from the list.
func (d door) newBooking(c echo.Context) error {
	f, err := d.readBooking(c)
	if err != nil {
		return err
	}
	if entry := c.QueryParam("entry"); entry != "" {
		e, _, err := d.waitlist.EntryDetail(c.Request().Context(), tenant(c), entry)
		if err != nil {
			return err
		}
		f.Known, f.Customer, f.Service = []waitlist.Person{e.Person}, e.Person.ID, e.ServiceID
	}
	f.Press = seal.PublicID()
	return respond.NewForm(d.showBookingForm(c, f))
}

func (d door) book(c echo.Context) error {
	f, err := d.readBooking(c)
	if err != nil {
		return err
	}
	if looks(c) {
		return respond.NewForm(d.showBookingForm(c, f))
	}
	business, err := d.waitlist.Business(c.Request().Context(), tenant(c))
	if err != nil {
		return err
	}
	booking, err := f.Book(business.Locale)
	if err == nil {
		_, err = d.waitlist.Book(c.Request().Context(), staff(c), booking)
	}
	if err != nil {
		return respond.Form(c, err, d.showBookingForm(c, f))
	}
	respond.Flash(c, bookedNote(f))
	return respond.SeeOther(c, paths.Day(f.Date))
}

func bookedNote(f counter.BookingForm) string {
	if f.Busy {
		return "counter.booking.busy_done"
	}
	return "counter.booking.done"
}

func (d door) readBooking(c echo.Context) (counter.BookingForm, error) {
	choices, err := d.choices(c)
	if err != nil {
		return counter.BookingForm{}, err
	}
	f := counter.ReadBookingForm(choices, c.Request().Form)
	f.Known, err = d.known(c, f.WhoForm)
	return f, err
}

// looks tells whether the button that looks a customer up was pressed, which changes nothing.
func looks(c echo.Context) bool { return c.Request().PostForm.Has(counter.Look) }

// known are the customers whom the typed name or address could mean, and whoever was picked before.
func (d door) known(c echo.Context, f counter.WhoForm) ([]waitlist.Person, error) {
	if c.Request().Method != http.MethodPost {
		return nil, nil
	}
	return d.waitlist.FindCustomers(c.Request().Context(), tenant(c), f.Name)
}

func (d door) showBookingForm(c echo.Context, f counter.BookingForm) respond.Show {
	return func(status int, errs ui.Errors) error {
		title := "counter.booking.new"
		if f.Busy {
			title = "counter.booking.new_busy"
		}
		p, err := d.page(c, text(c, title))
		if err != nil {
			return err
		}
		return respond.HTML(c, status, counter.NewBookingPage(p, f, errs),
			respond.Part{ID: counter.NewBookingID, Component: counter.NewBooking(f, errs)},
			respond.Part{ID: counter.KnownID, Component: counter.Known(f.WhoForm, errs)})
	}
}
