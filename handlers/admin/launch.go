package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/views/admin"
)

func (d door) launch(c echo.Context) error {
	checks, err := d.business.Launch(c.Request().Context(), middleware.MustUser(c).TenantID, d.around)
	if err != nil {
		return err
	}
	return respond.HTML(c, http.StatusOK, admin.Launch(page(c, "launch", text(c, "common.nav.launch")), checks))
}
