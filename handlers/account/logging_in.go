package account

import (
	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/views/account"
	"github.com/your-org/waitlist-management/views/ui"
)

func (d door) logInSection(c echo.Context) (templ.Component, error) {
	user := middleware.MustUser(c)
	open, err := d.openChange(c)
	return account.LogInSection(user.Email, open), err
}

func (d door) newOwnPassword(c echo.Context) error { return respond.NewForm(showOwnPassword(c)) }

func (d door) changePassword(c echo.Context) error {
	token, err := d.accounts.ChangePassword(c.Request().Context(), middleware.MustUser(c), c.FormValue("present_password"), c.FormValue("password"))
	if err != nil {
		return respond.Form(c, err, showOwnPassword(c))
	}
	if err := middleware.Begin(c, token); err != nil {
		return err
	}
	return backToAccount(c, "my_account.password.changed")
}

func showOwnPassword(c echo.Context) respond.Show {
	return func(status int, errs ui.Errors) error {
		email := middleware.MustUser(c).Email
		whole := account.ChangePassword(accountPage(c, text(c, "my_account.password.title")), email, errs)
		return respond.HTML(c, status, whole, respond.Part{ID: "password-form", Component: account.ChangePasswordFields(email, errs)})
	}
}
