package counter

import (
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/views/counter"
	"github.com/your-org/waitlist-management/views/ui"
)

// newSlot takes whose time and when from the query, so that a tap on free time can lead to it.
func (d door) newSlot(c echo.Context) error {
	f, err := d.readSlot(c)
	if err != nil {
		return err
	}
	f.Press = seal.PublicID()
	return respond.NewForm(d.showSlotForm(c, f.WithLength()))
}

func (d door) openSlots(c echo.Context) error {
	f, err := d.readSlot(c)
	if err != nil {
		return err
	}
	slots, err := f.OpenSlots()
	var ids []string
	if err == nil {
		ids, err = d.waitlist.OpenSlots(c.Request().Context(), staff(c), slots)
	}
	if err != nil {
		return respond.Form(c, err, d.showSlotForm(c, f))
	}
	if len(ids) == 1 {
		respond.FlashUndo(c, paths.SlotWithdrawal(ids[0]), "counter.open.done", "Count", 1)
	} else {
		respond.Flash(c, "counter.open.done", "Count", len(ids))
	}
	return respond.SeeOther(c, paths.Counter)
}

func (d door) readSlot(c echo.Context) (counter.SlotForm, error) {
	choices, err := d.choices(c)
	return counter.ReadSlotForm(choices, c.Request().Form), err
}

// choices are what the forms let choose from.
func (d door) choices(c echo.Context) (choices counter.Choices, err error) {
	ctx := c.Request().Context()
	if choices.Services, err = d.waitlist.JoinChoices(ctx, tenant(c)); err != nil {
		return choices, err
	}
	choices.Today, err = d.waitlist.Today(ctx, tenant(c))
	return choices, err
}

func (d door) showSlotForm(c echo.Context, f counter.SlotForm) respond.Show {
	return func(status int, errs ui.Errors) error {
		p, err := d.page(c, text(c, "counter.open.new"))
		if err != nil {
			return err
		}
		return respond.HTML(c, status, counter.NewSlotPage(p, f, errs),
			respond.Part{ID: counter.NewSlotID, Component: counter.NewSlot(f, errs)},
			respond.Part{ID: counter.SlotLengthID, Component: counter.SlotLength(f, errs)})
	}
}
