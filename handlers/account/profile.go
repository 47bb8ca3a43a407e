package account

import (
	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/views/account"
	"github.com/your-org/waitlist-management/views/ui"
)

func (d door) profileSection(c echo.Context) (templ.Component, error) {
	user := middleware.MustUser(c)
	return account.ProfileSection(accounts.Profile{Name: user.Name, Locale: user.Locale}, nil), nil
}

func (d door) changeProfile(c echo.Context) error {
	f := accounts.Profile{Name: c.FormValue("name"), Locale: c.FormValue("locale")}
	if err := d.accounts.ChangeProfile(c.Request().Context(), middleware.MustUser(c), f); err != nil {
		return respond.Form(c, err, showProfile(c, f))
	}
	middleware.ForgetChosen(c)
	respond.Flash(c, "my_account.profile.saved")
	return respond.Leave(c, paths.Account) // in the language chosen just now
}

func showProfile(c echo.Context, f accounts.Profile) respond.Show {
	return func(status int, errs ui.Errors) error {
		whole := account.MyAccount(accountPage(c, text(c, "my_account.title")), account.ProfileSection(f, errs))
		return respond.HTML(c, status, whole, respond.Part{ID: "profile-form", Component: account.ProfileFields(f, errs)})
	}
}
