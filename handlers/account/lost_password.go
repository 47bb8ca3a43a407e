package account

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/views/account"
	"github.com/your-org/waitlist-management/views/ui"
)

func (d door) newLostPassword(c echo.Context) error { return respond.NewForm(showLostPassword(c, "")) }

func (d door) lostPassword(c echo.Context) error {
	f := accounts.LostPassword{Email: c.FormValue("email"), Locale: middleware.Locale(c).Tag(), Address: c.RealIP()}
	if err := d.accounts.LostPassword(c.Request().Context(), f); err != nil {
		return respond.Form(c, err, showLostPassword(c, f.Email))
	}
	return respond.HTML(c, http.StatusOK, account.LostPasswordSent(respond.Page(c, text(c, "account.lost.sent")), f.Email))
}

func showLostPassword(c echo.Context, email string) respond.Show {
	return func(status int, errs ui.Errors) error {
		return respond.HTML(c, status, account.LostPassword(respond.Page(c, text(c, "account.lost.title")), email, errs))
	}
}
