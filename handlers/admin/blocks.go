package admin

import (
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/views/admin"
	"github.com/your-org/waitlist-management/views/ui"
	"github.com/your-org/waitlist-management/waitlist"
)

func (d listDoor) blocks(c echo.Context) error {
	return respond.NewForm(d.showBlocks(c, waitlist.BlockForm{Entries: waitlist.RemoveEntries}))
}

func (d listDoor) block(c echo.Context) error {
	f := waitlist.BlockForm{Name: c.FormValue("name"), Email: c.FormValue("email"), Phone: c.FormValue("phone"), Reason: c.FormValue("reason"), Entries: c.FormValue("entries")}
	changed, err := d.waitlist.Block(c.Request().Context(), middleware.MustUser(c).Staff(), f)
	if err != nil {
		return respond.Form(c, err, d.showBlocks(c, f))
	}
	if changed > 0 {
		respond.Flash(c, "admin.blocks.done_entries", "Count", changed)
	} else {
		respond.Flash(c, "admin.blocks.done")
	}
	return respond.SeeOther(c, paths.Blocks)
}

func (d listDoor) unblock(c echo.Context) error {
	if err := d.waitlist.Unblock(c.Request().Context(), middleware.MustUser(c).Staff(), c.Param("id")); err != nil {
		return err
	}
	respond.Flash(c, "admin.blocks.unblocked")
	return respond.SeeOther(c, paths.Blocks)
}

func (d listDoor) showBlocks(c echo.Context, f waitlist.BlockForm) respond.Show {
	return func(status int, errs ui.Errors) error {
		list, err := d.waitlist.Blocks(c.Request().Context(), tenant(c))
		if err != nil {
			return err
		}
		return respond.HTML(c, status, admin.Blocks(page(c, "waitlist", text(c, "admin.blocks.title")), list, f, errs),
			respond.Part{ID: "block-form", Component: admin.BlockForm(f, errs)})
	}
}
