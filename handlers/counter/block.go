package counter

import (
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/views/counter"
	"github.com/your-org/waitlist-management/views/ui"
	"github.com/your-org/waitlist-management/waitlist"
)

func (d door) blockQuestion(c echo.Context) error {
	return respond.NewForm(d.showBlock(c, waitlist.BlockForm{Email: "on", Phone: "on", Entries: waitlist.RemoveEntries}))
}

func (d door) block(c echo.Context) error {
	f := waitlist.BlockForm{Customer: id(c), Email: c.FormValue("email"), Phone: c.FormValue("phone"), Reason: c.FormValue("reason"), Entries: c.FormValue("entries")}
	changed, err := d.waitlist.Block(c.Request().Context(), staff(c), f)
	if err != nil {
		return respond.Form(c, err, d.showBlock(c, f))
	}
	if changed > 0 {
		respond.Flash(c, "admin.blocks.done_entries", "Count", changed)
	} else {
		respond.Flash(c, "admin.blocks.done")
	}
	return respond.SeeOther(c, paths.Counter)
}

func (d door) showBlock(c echo.Context, f waitlist.BlockForm) respond.Show {
	return func(status int, errs ui.Errors) error {
		b, err := d.waitlist.BlockPage(c.Request().Context(), tenant(c), id(c))
		if err != nil {
			return err
		}
		p, err := d.page(c, text(c, "counter.block.title", "Name", b.Person.Name))
		if err != nil {
			return err
		}
		return respond.HTML(c, status, counter.BlockPage(p, b, f, errs), respond.Part{ID: counter.BlockID, Component: counter.Block(b, f, errs)})
	}
}
