package account

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/views/account"
)

func (d door) businesses(c echo.Context) error {
	list, err := d.accounts.Businesses(c.Request().Context(), middleware.MustUser(c))
	if err != nil {
		return err
	}
	return respond.HTML(c, http.StatusOK, account.Businesses(respond.Page(c, text(c, "account.businesses.title")), list))
}

func (d door) enter(c echo.Context) error {
	token, err := d.accounts.Enter(c.Request().Context(), middleware.MustUser(c), middleware.Token(c), c.FormValue("business"))
	if err != nil {
		return err
	}
	if err := middleware.Begin(c, token); err != nil {
		return err
	}
	return respond.Leave(c, paths.Home)
}
