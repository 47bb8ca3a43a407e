package account

import (
	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/views/account"
)

func (d door) sessionsSection(c echo.Context) (templ.Component, error) {
	user := middleware.MustUser(c)
	list, err := d.accounts.Sessions(c.Request().Context(), user)
	return account.SessionsSection(list, user.Businesses > 1), err
}

func (d door) endSession(c echo.Context) error {
	if err := d.accounts.EndSession(c.Request().Context(), middleware.MustUser(c), c.FormValue("session")); err != nil {
		return err
	}
	return backToAccount(c, "my_account.sessions.ended")
}

func (d door) endOtherSessions(c echo.Context) error {
	if _, err := d.accounts.EndOtherSessions(c.Request().Context(), middleware.MustUser(c)); err != nil {
		return err
	}
	return backToAccount(c, "my_account.sessions.ended_others")
}
