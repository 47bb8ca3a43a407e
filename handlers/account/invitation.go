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

func (d door) invitation(c echo.Context) error {
	in, err := d.accounts.InvitationPage(c.Request().Context(), c.Param("token"))
	if err != nil {
		return err
	}
	return respond.NewForm(showInvitation(c, in, in.Name))
}

func (d door) acceptInvitation(c echo.Context) error {
	ctx, token := c.Request().Context(), c.Param("token")
	in, err := d.accounts.InvitationPage(ctx, token)
	if err != nil {
		return err
	}
	f := accounts.AcceptInvitation{Name: c.FormValue("name"), Password: c.FormValue("password"), Address: c.RealIP()}
	entered, err := d.accounts.AcceptInvitation(ctx, token, f)
	if err != nil {
		return respond.Form(c, err, showInvitation(c, in, f.Name))
	}
	return d.comeIn(c, entered, paths.Home)
}

func showInvitation(c echo.Context, in accounts.Invited, name string) respond.Show {
	return func(status int, errs ui.Errors) error {
		middleware.Speak(c, in.Locale)
		page := private(c, text(c, "account.invitation.title", "Business", in.Business))
		return respond.HTML(c, status, account.Invitation(page, c.Param("token"), in, name, errs))
	}
}
