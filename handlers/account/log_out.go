package account

import (
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
)

func (d door) logOut(c echo.Context) error {
	if token := middleware.Token(c); token != "" {
		if err := d.accounts.LogOut(c.Request().Context(), token); err != nil {
			return err
		}
	}
	middleware.End(c)
	return respond.Leave(c, paths.Login)
}
