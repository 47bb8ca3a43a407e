package account

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/views/account"
	"github.com/your-org/waitlist-management/views/ui"
)

func (d door) member(c echo.Context) (accounts.Member, error) {
	return d.accounts.Member(c.Request().Context(), middleware.MustUser(c), c.Param("id"))
}

func (d door) user(c echo.Context) error {
	m, err := d.member(c)
	if err != nil {
		return err
	}
	return respond.NewForm(d.showUser(c, m))
}

func (d door) changeRole(c echo.Context) error {
	m, err := d.member(c)
	if err != nil {
		return err
	}
	if err := d.accounts.ChangeRole(c.Request().Context(), middleware.MustUser(c), m.ID, c.FormValue("role")); err != nil {
		return respond.Form(c, err, d.showUser(c, m))
	}
	respond.Flash(c, "account.users.changed", "Name", m.Name)
	return respond.SeeOther(c, paths.Users)
}

func (d door) showUser(c echo.Context, m accounts.Member) respond.Show {
	return func(status int, errs ui.Errors) error {
		page := account.UserPage{Member: m, Owner: middleware.MustUser(c).Role == rules.RoleOwner}
		if m.PasswordLink != "" {
			page.Link = d.base.Abs(paths.NewPassword(m.PasswordLink))
		}
		whole := account.User(usersPage(c, m.Name), page, errs)
		return respond.HTML(c, status, whole, respond.Part{ID: "role-form", Component: account.RoleFields(page, errs)})
	}
}

func (d door) makePasswordLink(c echo.Context) error {
	if err := d.accounts.MakePasswordLink(c.Request().Context(), middleware.MustUser(c), c.Param("id")); err != nil {
		return err
	}
	respond.Flash(c, "account.new_password.made")
	return respond.SeeOther(c, paths.User(c.Param("id")))
}

func (d door) userRemoval(c echo.Context) error {
	m, err := d.member(c)
	if err != nil {
		return err
	}
	return respond.HTML(c, http.StatusOK, account.UserRemoval(usersPage(c, text(c, "account.remove.title", "Name", m.Name)), m))
}

func (d door) removeUser(c echo.Context) error {
	m, err := d.member(c)
	if err != nil {
		return err
	}
	if err := d.accounts.RemoveMember(c.Request().Context(), middleware.MustUser(c), m.ID); err != nil {
		return err
	}
	respond.Flash(c, "account.remove.done", "Name", m.Name)
	return respond.SeeOther(c, paths.Users)
}
