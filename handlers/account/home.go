package account

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/views/account"
)

func (d door) home(c echo.Context) error {
	if user, ok := middleware.User(c); ok {
		if user.Role.May(rules.SeeFigures) {
			return respond.SeeOther(c, paths.Admin)
		}
		return respond.SeeOther(c, paths.Counter)
	}
	ctx := c.Request().Context()
	taken, err := d.accounts.Any(ctx)
	if err != nil {
		return err
	}
	if taken {
		return respond.SeeOther(c, paths.Login)
	}
	open, err := d.accounts.MaySignUp(ctx)
	if err != nil {
		return err
	}
	return respond.HTML(c, http.StatusOK, account.Home(respond.Page(c, text(c, "account.home.title")), open, d.demo != nil))
}
