package counter

import (
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/views/counter"
	"github.com/your-org/waitlist-management/views/public"
	"github.com/your-org/waitlist-management/views/ui"
)

func (d door) newEntry(c echo.Context) error {
	f, err := d.readEntry(c)
	if err != nil {
		return err
	}
	f.Press = seal.PublicID()
	return respond.NewForm(d.showEntryForm(c, f))
}

func (d door) addEntry(c echo.Context) error {
	f, err := d.readEntry(c)
	if err != nil {
		return err
	}
	if looks(c) {
		return respond.NewForm(d.showEntryForm(c, f))
	}
	if moreRows(c) {
		f.Open, f.Wishes = true, f.Wishes.WithMoreRows()
		return respond.NewForm(d.showEntryForm(c, f))
	}
	entry, err := f.AddEntry()
	if err == nil {
		_, err = d.waitlist.AddEntry(c.Request().Context(), staff(c), entry)
	}
	if err != nil {
		return respond.Form(c, err, d.showEntryForm(c, f))
	}
	respond.Flash(c, "counter.add.done", "Name", f.Who())
	return respond.SeeOther(c, paths.Counter)
}

// moreRows tells whether the button for more lines of times was pressed, which changes nothing.
func moreRows(c echo.Context) bool { return c.Request().PostForm.Has(public.MoreRows) }

func (d door) readEntry(c echo.Context) (f counter.EntryForm, err error) {
	choices, err := d.choices(c)
	if err != nil {
		return f, err
	}
	business, err := d.waitlist.Business(c.Request().Context(), tenant(c))
	if err != nil {
		return f, err
	}
	f = counter.ReadEntryForm(choices, business, c.Request().Form)
	f.Known, err = d.known(c, f.WhoForm)
	return f, err
}

func (d door) showEntryForm(c echo.Context, f counter.EntryForm) respond.Show {
	return func(status int, errs ui.Errors) error {
		p, err := d.page(c, text(c, "counter.add.new"))
		if err != nil {
			return err
		}
		return respond.HTML(c, status, counter.NewEntryPage(p, f, errs),
			respond.Part{ID: counter.NewEntryID, Component: counter.NewEntry(f, errs)},
			respond.Part{ID: counter.KnownID, Component: counter.Known(f.WhoForm, errs)},
			respond.Part{ID: public.StaffWishesID, Component: f.ForService()})
	}
}
