package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/listfile"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/views/admin"
	"github.com/your-org/waitlist-management/waitlist"
)

func (d listDoor) exportPage(c echo.Context) error {
	ctx := c.Request().Context()
	f, _ := waitlist.ReadListFilter(c.QueryParams())
	count, more, err := d.waitlist.CountForExport(ctx, tenant(c), f)
	if err != nil {
		return err
	}
	b, err := d.waitlist.Business(ctx, tenant(c))
	if err != nil {
		return err
	}
	p := page(c, "waitlist", text(c, "admin.export.title"))
	return respond.HTML(c, http.StatusOK, admin.Export(p, f, count, more, listfile.Head(middleware.Locale(c), b.Zone), b.Zone))
}

func (d listDoor) export(c echo.Context) error {
	f, _ := waitlist.ReadListFilter(c.QueryParams())
	return listfile.Export(c, d.waitlist, middleware.MustUser(c).Staff(), f)
}
