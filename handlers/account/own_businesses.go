package account

import (
	"net/http"
	"slices"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/views/account"
	"github.com/your-org/waitlist-management/views/ui"
)

func (d door) businessesSection(c echo.Context) (templ.Component, error) {
	user := middleware.MustUser(c)
	list, err := d.accounts.Businesses(c.Request().Context(), user)
	return account.BusinessesSection(list, user.Role.May(rules.HandOver)), err
}

// others are the members of the user's business but for themselves.
func (d door) others(c echo.Context) ([]accounts.Member, error) {
	members, _, err := d.accounts.Logins(c.Request().Context(), middleware.MustUser(c))
	return slices.DeleteFunc(members, func(m accounts.Member) bool { return m.You }), err
}

func (d door) leaving(c echo.Context) error { return d.showLeaving(c, http.StatusOK) }

func (d door) leave(c echo.Context) error {
	user := middleware.MustUser(c)
	token, err := d.accounts.Leave(c.Request().Context(), user)
	if err != nil {
		return err
	}
	respond.Flash(c, "my_account.leaving.done", "Business", user.Business)
	if token == "" {
		middleware.End(c)
		return respond.Leave(c, paths.Login)
	}
	if err := middleware.Begin(c, token); err != nil {
		return err
	}
	return respond.Leave(c, paths.Account)
}

func (d door) showLeaving(c echo.Context, status int) error {
	user := middleware.MustUser(c)
	may, err := d.accounts.MayLeave(c.Request().Context(), user)
	if err != nil {
		return err
	}
	others, err := d.others(c)
	if err != nil {
		return err
	}
	page := accountPage(c, text(c, "my_account.leaving.title", "Business", user.Business))
	return respond.HTML(c, status, account.Leaving(page, may, len(others) > 0))
}

func (d door) ownership(c echo.Context) error { return respond.NewForm(d.showOwnership(c, "")) }

func (d door) handOver(c echo.Context) error {
	to := c.FormValue("member")
	token, err := d.accounts.HandOver(c.Request().Context(), middleware.MustUser(c), to, c.FormValue("present_password"))
	if err != nil {
		return respond.Form(c, err, d.showOwnership(c, to))
	}
	if err := middleware.Begin(c, token); err != nil {
		return err
	}
	respond.Flash(c, "my_account.ownership.done")
	return respond.Leave(c, paths.Account)
}

func (d door) showOwnership(c echo.Context, chosen string) respond.Show {
	return func(status int, errs ui.Errors) error {
		others, err := d.others(c)
		if err != nil {
			return err
		}
		whole := account.Ownership(accountPage(c, text(c, "my_account.ownership.title")), others, chosen, errs)
		return respond.HTML(c, status, whole, respond.Part{ID: "ownership-form", Component: account.OwnershipFields(others, chosen, errs)})
	}
}
