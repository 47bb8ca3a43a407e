package account

import (
	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/views/account"
)

func (d door) secondFactorSection(c echo.Context) (templ.Component, error) {
	f, err := d.accounts.SecondFactor(c.Request().Context(), middleware.MustUser(c))
	return account.SecondFactorSection(f), err
}

// passkeysSection is for where they work, or whoever has some.
func (d door) passkeysSection(c echo.Context) (templ.Component, error) {
	list, err := d.accounts.Passkeys(c.Request().Context(), middleware.MustUser(c))
	if err != nil || len(list) == 0 && !d.accounts.PasskeysWork() {
		return nil, err
	}
	return account.PasskeysSection(len(list)), nil
}
