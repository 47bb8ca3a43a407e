package account

import (
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/views/account"
	"github.com/your-org/waitlist-management/views/ui"
)

func (d door) newLogIn(c echo.Context) error {
	next := paths.Local(c.QueryParam("next"))
	if _, ok := middleware.User(c); ok {
		return respond.SeeOther(c, next)
	}
	return respond.NewForm(d.showLogIn(c, account.LogInForm{Next: next}))
}

func (d door) logIn(c echo.Context) error {
	next := paths.Local(c.FormValue("next"))
	f := accounts.LogIn{Email: c.FormValue("email"), Password: c.FormValue("password"), Address: c.RealIP()}
	in, err := d.accounts.LogIn(c.Request().Context(), f)
	if err != nil {
		return respond.Form(c, err, d.showLogIn(c, account.LogInForm{Email: f.Email, Next: next}))
	}
	return d.comeIn(c, in, next)
}

func (d door) showLogIn(c echo.Context, f account.LogInForm) respond.Show {
	return func(status int, errs ui.Errors) (err error) {
		if f.SignUp, err = d.accounts.MaySignUp(c.Request().Context()); err != nil {
			return err
		}
		f.Passkeys = d.accounts.PasskeysWork()
		return respond.HTML(c, status, account.LogIn(respond.Page(c, text(c, "account.log_in.title")), f, errs))
	}
}
