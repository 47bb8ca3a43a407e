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

// openChange is the change of address that the user waits for; nil when there is none.
func (d door) openChange(c echo.Context) (*accounts.EmailChange, error) {
	change, ok, err := d.accounts.OpenEmailChange(c.Request().Context(), middleware.MustUser(c))
	if err != nil || !ok {
		return nil, err
	}
	return &change, nil
}

func (d door) newEmail(c echo.Context) error { return respond.NewForm(d.showEmail(c, "")) }

func (d door) beginEmailChange(c echo.Context) error {
	fresh := c.FormValue("email")
	err := d.accounts.BeginEmailChange(c.Request().Context(), middleware.MustUser(c), fresh, c.FormValue("present_password"))
	if err != nil {
		return respond.Form(c, err, d.showEmail(c, fresh))
	}
	respond.Flash(c, "my_account.email.begun")
	return respond.SeeOther(c, paths.AccountEmail)
}

func (d door) dropEmailChange(c echo.Context) error {
	if err := d.accounts.DropEmailChange(c.Request().Context(), middleware.MustUser(c)); err != nil {
		return err
	}
	return backToAccount(c, "my_account.email.stopped")
}

func (d door) showEmail(c echo.Context, typed string) respond.Show {
	return func(status int, errs ui.Errors) error {
		open, err := d.openChange(c)
		if err != nil {
			return err
		}
		page := account.EmailPage{Email: typed, Open: open, Owner: middleware.MustUser(c).Role == rules.RoleOwner}
		whole := account.ChangeEmail(accountPage(c, text(c, "my_account.email.title")), page, errs)
		return respond.HTML(c, status, whole, respond.Part{ID: "email-form", Component: account.ChangeEmailFields(page, errs)})
	}
}

func (d door) emailChange(c echo.Context) error {
	change, err := d.accounts.EmailChangePage(c.Request().Context(), c.Param("token"))
	if err != nil {
		return err
	}
	return respond.HTML(c, http.StatusOK, account.EmailChange(private(c, text(c, "my_account.email.page", "Name", change.Name)), c.Param("token"), change))
}

func (d door) agreeToEmailChange(c echo.Context) error {
	done, err := d.accounts.AgreeToEmailChange(c.Request().Context(), c.Param("token"))
	if err != nil {
		return err
	}
	if done {
		return emailChanged(c, "my_account.email.done", "my_account.email.done_text", true)
	}
	return respond.SeeOther(c, paths.EmailChange(c.Param("token")))
}

func (d door) stopEmailChange(c echo.Context) error {
	if err := d.accounts.StopEmailChange(c.Request().Context(), c.Param("token")); err != nil {
		return err
	}
	return emailChanged(c, "my_account.email.stopped", "my_account.email.stopped_text", false)
}

func emailChanged(c echo.Context, title, told string, done bool) error {
	return respond.HTML(c, http.StatusOK, account.EmailChanged(private(c, text(c, title)), text(c, told), done))
}
