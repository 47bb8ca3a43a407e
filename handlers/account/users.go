package account

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/views/account"
	"github.com/your-org/waitlist-management/views/layout"
	"github.com/your-org/waitlist-management/views/ui"
)

func usersPage(c echo.Context, title string) layout.Page {
	p := respond.Page(c, title)
	p.Nav = "users"
	return p
}

func (d door) users(c echo.Context) error {
	members, open, err := d.accounts.Logins(c.Request().Context(), middleware.MustUser(c))
	if err != nil {
		return err
	}
	link := func(token string) string { return d.base.Abs(paths.Invitation(token)) }
	return respond.HTML(c, http.StatusOK, account.Users(usersPage(c, text(c, "account.users.title")), members, open, link))
}

func (d door) newUser(c echo.Context) error {
	return respond.NewForm(d.showInvite(c, account.InviteForm{Press: seal.PublicID()}))
}

func (d door) invite(c echo.Context) error {
	f := accounts.Invite{
		Name: c.FormValue("name"), Email: c.FormValue("email"), Role: c.FormValue("role"), StaffMember: c.FormValue("staff_member"),
		Press: c.FormValue("press"),
	}
	if _, err := d.accounts.Invite(c.Request().Context(), middleware.MustUser(c), f); err != nil {
		return respond.Form(c, err, d.showInvite(c, account.InviteForm{
			Name: f.Name, Email: f.Email, Role: f.Role, StaffMember: f.StaffMember, Press: f.Press,
		}))
	}
	respond.Flash(c, "account.invite.done", "Name", f.Name)
	return respond.SeeOther(c, paths.Users)
}

func (d door) showInvite(c echo.Context, f account.InviteForm) respond.Show {
	return func(status int, errs ui.Errors) (err error) {
		if f.Staff, err = d.accounts.WithoutLogin(c.Request().Context(), middleware.MustUser(c)); err != nil {
			return err
		}
		page := account.NewUser(usersPage(c, text(c, "account.invite.title")), f, errs)
		return respond.HTML(c, status, page, respond.Part{ID: "invite-form", Component: account.InviteFields(f, errs)})
	}
}

func (d door) takeBack(c echo.Context) error {
	if err := d.accounts.TakeBack(c.Request().Context(), middleware.MustUser(c), c.Param("id")); err != nil {
		return err
	}
	respond.Flash(c, "account.invitations.taken_back")
	return respond.SeeOther(c, paths.Users)
}

func (d door) sendInvitation(c echo.Context) error {
	if err := d.accounts.SendInvitation(c.Request().Context(), middleware.MustUser(c), c.Param("id")); err != nil {
		return err
	}
	respond.Flash(c, "my_account.invitations.sent")
	return respond.SeeOther(c, paths.Users)
}
