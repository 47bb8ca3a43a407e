package counter

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/views/counter"
	"github.com/your-org/waitlist-management/views/ui"
)

func (d door) slot(c echo.Context) error {
	s, err := d.waitlist.SlotPage(c.Request().Context(), tenant(c), id(c))
	if err != nil {
		return err
	}
	p, err := d.page(c, counter.SlotTitle(c.Request().Context(), s))
	if err != nil {
		return err
	}
	return respond.HTML(c, http.StatusOK, counter.SlotPage(p, s), respond.Part{ID: counter.SlotID, Component: counter.Slot(s)})
}

func (d door) withdrawSlot(c echo.Context) error {
	if err := d.waitlist.WithdrawSlot(c.Request().Context(), staff(c), id(c)); err != nil {
		return err
	}
	respond.FlashUndo(c, paths.SlotRestoration(id(c)), "counter.slot.withdrawn")
	return respond.SeeOther(c, paths.Slot(id(c)))
}

// restoreSlot undoes that a slot is taken back or, with the offer on it named, that this offer is.
func (d door) restoreSlot(c echo.Context) error {
	if offer := c.FormValue("offer"); offer != "" {
		if err := d.waitlist.RestoreOffer(c.Request().Context(), staff(c), offer); err != nil {
			return err
		}
	}
	if err := d.waitlist.RestoreSlot(c.Request().Context(), staff(c), id(c)); err != nil {
		return err
	}
	respond.Flash(c, "counter.slot.restored")
	return respond.SeeOther(c, paths.Slot(id(c)))
}

// chooseForm asks why the person of ?entry= should have the slot.
func (d door) chooseForm(c echo.Context) error {
	f, err := d.readChoice(c)
	if err != nil {
		return err
	}
	return respond.NewForm(d.showChoice(c, f))
}

func (d door) choose(c echo.Context) error {
	f, err := d.readChoice(c)
	if err != nil {
		return err
	}
	err = d.waitlist.OfferTo(c.Request().Context(), staff(c), id(c), f.Entry.ID, f.Reason)
	if err != nil {
		return respond.Form(c, err, d.showChoice(c, f))
	}
	if f.Slot.Item.State == rules.SlotHeld {
		respond.FlashUndo(c, paths.CounterOfferRestoration(f.Slot.Item.OfferID), "counter.choose.done_held", "Name", f.Entry.Person.Name)
	} else {
		respond.Flash(c, "counter.choose.done", "Name", f.Entry.Person.Name)
	}
	if c.FormValue("from") == counter.FromBoard {
		return respond.SeeOther(c, paths.Counter)
	}
	return respond.SeeOther(c, paths.Slot(id(c)))
}

func (d door) readChoice(c echo.Context) (f counter.ChooseForm, err error) {
	ctx := c.Request().Context()
	if f.Slot, err = d.waitlist.SlotPage(ctx, tenant(c), id(c)); err != nil {
		return f, err
	}
	f.Reason = c.FormValue("reason")
	f.Entry, _, err = d.waitlist.EntryDetail(ctx, tenant(c), c.FormValue("entry"))
	return f, err
}

func (d door) showChoice(c echo.Context, f counter.ChooseForm) respond.Show {
	return func(status int, errs ui.Errors) error {
		p, err := d.page(c, text(c, "counter.choose.title", "Name", f.Entry.Person.Name))
		if err != nil {
			return err
		}
		return respond.HTML(c, status, counter.ChoosePage(p, f, errs), respond.Part{ID: counter.ChooseID, Component: counter.Choose(f, errs)})
	}
}
