package account

import (
	"context"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/paths"
)

// EnterDemo begins a session as the owner of the made-up business, set up for a zone, currency and locale when there is none yet.
type EnterDemo func(ctx context.Context, zone, currency, locale string) (accounts.LoggedIn, error)

func (d door) enterDemo(c echo.Context) error {
	zone := accounts.GuessZone(c.Request().Header.Get("Accept-Language"))
	in, err := d.demo(c.Request().Context(), zone, accounts.CurrencyIn(zone), middleware.Locale(c).Tag())
	if err != nil {
		return err
	}
	return d.comeIn(c, in, paths.Counter)
}
