package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/views/admin"
)

func (d door) serviceRemoval(c echo.Context) error {
	name, touched, err := d.business.ServiceRemoval(c.Request().Context(), middleware.MustUser(c).TenantID, c.Param("id"))
	if err != nil {
		return err
	}
	return showServiceRemoval(c, http.StatusOK, name, touched)
}

func (d door) removeService(c echo.Context) error {
	name, touched, err := d.business.RemoveService(c.Request().Context(), middleware.MustUser(c).Staff(), c.Param("id"), "", c.FormValue("seen"))
	if err != nil {
		return err
	}
	if !touched.Empty() {
		return showServiceRemoval(c, http.StatusConflict, name, touched)
	}
	respond.Flash(c, "admin.services.is_removed", "Name", name)
	return respond.SeeOther(c, paths.Services)
}

func (d door) restoreService(c echo.Context) error {
	if err := d.business.RestoreService(c.Request().Context(), middleware.MustUser(c).Staff(), c.Param("id")); err != nil {
		return err
	}
	respond.Flash(c, "admin.services.restored")
	return respond.SeeOther(c, paths.Services)
}

func showServiceRemoval(c echo.Context, status int, name string, touched business.Touched) error {
	id := c.Param("id")
	r := admin.Removal{
		Title: text(c, "admin.services.removal.title", "Name", name), Text: text(c, "admin.services.removal.text"),
		Act: text(c, "admin.services.removal.act"), Action: paths.ServiceRemoval(id), Back: paths.Service(id), BackText: name, Touched: touched,
	}
	return respond.HTML(c, status, admin.RemovalPage(page(c, "services", r.Title), r))
}
