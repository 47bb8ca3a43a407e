package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/insights"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/views/admin"
)

func (d door) overview(c echo.Context) error {
	ctx, tenantID := c.Request().Context(), middleware.MustUser(c).TenantID
	o, err := d.business.Overview(ctx, tenantID)
	if err != nil {
		return err
	}
	g, err := d.business.Guide(ctx, tenantID)
	if err != nil {
		return err
	}
	f, err := d.insights.Figures(ctx, tenantID, insights.ReadPeriod(c.QueryParam("days")))
	if err != nil {
		return err
	}
	join := d.base.Abs(paths.Join(o.Business.Slug))
	return respond.HTML(c, http.StatusOK, admin.Overview(page(c, "overview", text(c, "admin.overview.title")), o, g, f, join),
		respond.Part{ID: admin.FiguresID, Component: admin.Figures(f, o.CanJoin)})
}

func (d door) poster(c echo.Context) error {
	o, err := d.business.Overview(c.Request().Context(), middleware.MustUser(c).TenantID)
	if err != nil {
		return err
	}
	join := d.base.Abs(paths.Join(o.Business.Slug))
	return respond.HTML(c, http.StatusOK, admin.Poster(page(c, "overview", text(c, "admin.poster.title")), o, join))
}
