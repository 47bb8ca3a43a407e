package account

import (
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/views/account"
	"github.com/your-org/waitlist-management/views/ui"
)

func (d door) newPassword(c echo.Context) error {
	email, err := d.accounts.PasswordPage(c.Request().Context(), c.Param("token"))
	if err != nil {
		return err
	}
	return respond.NewForm(showNewPassword(c, email))
}

func (d door) setPassword(c echo.Context) error {
	ctx, token := c.Request().Context(), c.Param("token")
	email, err := d.accounts.PasswordPage(ctx, token)
	if err != nil {
		return err
	}
	if err := d.accounts.SetPassword(ctx, token, c.FormValue("password")); err != nil {
		return respond.Form(c, err, showNewPassword(c, email))
	}
	respond.Flash(c, "account.new_password.changed")
	return respond.Leave(c, paths.Login)
}

func showNewPassword(c echo.Context, email string) respond.Show {
	return func(status int, errs ui.Errors) error {
		return respond.HTML(c, status, account.NewPassword(private(c, text(c, "account.new_password.title")), c.Param("token"), email, errs))
	}
}
