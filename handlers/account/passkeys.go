package account

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/views/account"
	"github.com/your-org/waitlist-management/views/ui"
)

// challengeCookie keeps the random id of the challenge that an authenticator is asked to answer.
const (
	challengeCookie = "passkey"
	challengeLasts  = 300 // seconds
)

// challenge answers the script with what the browser's authenticators are asked, or with a refusal in words.
func challenge(c echo.Context, asked accounts.Challenge, err error) error {
	if kind := problem.KindOf(err); kind != "" {
		var words []string
		for _, one := range ui.ErrorsOf(middleware.Locale(c), err) {
			words = append(words, one.Text)
		}
		return c.JSON(problem.Status(kind), map[string]string{"error": strings.Join(words, " ")})
	}
	if err != nil {
		return err
	}
	if err := middleware.SetCookie(c, challengeCookie, asked.ID, challengeLasts); err != nil {
		return err
	}
	return c.JSONBlob(http.StatusOK, asked.Options)
}

// takeChallenge is the random id of the challenge, which the browser forgets.
func takeChallenge(c echo.Context) string {
	id := middleware.Cookie(c, challengeCookie)
	middleware.DropCookie(c, challengeCookie)
	return id
}

func (d door) askPasskeyLogIn(c echo.Context) error {
	asked, err := d.accounts.BeginPasskeyLogIn(c.Request().Context(), c.RealIP())
	return challenge(c, asked, err)
}

func (d door) passkeyLogIn(c echo.Context) error {
	next := paths.Local(c.FormValue("next"))
	in, err := d.accounts.PasskeyLogIn(c.Request().Context(), c.FormValue("passkey"), takeChallenge(c))
	if err != nil {
		return respond.Form(c, err, func(status int, errs ui.Errors) error {
			return d.showLogIn(c, account.LogInForm{Next: next, Refused: errs})(status, nil)
		})
	}
	return d.comeIn(c, in, next)
}

func (d door) askPasskeyProof(c echo.Context) error {
	asked, err := d.accounts.ProvePasskey(c.Request().Context(), middleware.MustUser(c))
	return challenge(c, asked, err)
}

func (d door) askNewPasskey(c echo.Context) error {
	asked, err := d.accounts.BeginPasskey(c.Request().Context(), middleware.MustUser(c), proofOf(c))
	return challenge(c, asked, err)
}

// hasPasskey says whether the user has one that can work here.
func (d door) hasPasskey(c echo.Context) (bool, error) {
	list, err := d.accounts.Passkeys(c.Request().Context(), middleware.MustUser(c))
	return len(list) > 0 && d.accounts.PasskeysWork(), err
}

func (d door) passkeys(c echo.Context) error { return respond.NewForm(d.showPasskeys(c, "")) }

func (d door) addPasskey(c echo.Context) error {
	f := accounts.NewPasskey{Name: c.FormValue("name"), Answer: c.FormValue("passkey"), Challenge: takeChallenge(c)}
	if _, err := d.accounts.AddPasskey(c.Request().Context(), middleware.MustUser(c), f); err != nil {
		return respond.Form(c, err, d.showPasskeys(c, f.Name))
	}
	respond.Flash(c, "factor.passkeys.added", "Name", f.Name)
	return respond.SeeOther(c, paths.Passkeys)
}

func (d door) showPasskeys(c echo.Context, name string) respond.Show {
	return func(status int, errs ui.Errors) error {
		user := middleware.MustUser(c)
		list, err := d.accounts.Passkeys(c.Request().Context(), user)
		if err != nil {
			return err
		}
		f := account.PasskeysPage{List: list, Work: d.accounts.PasskeysWork(), Site: string(d.base), Demo: user.Demo, Name: name}
		return respond.HTML(c, status, account.Passkeys(accountPage(c, text(c, "factor.passkeys.title")), f, errs))
	}
}

func (d door) passkey(c echo.Context) error {
	one, err := d.accounts.Passkey(c.Request().Context(), middleware.MustUser(c), c.Param("id"))
	if err != nil {
		return err
	}
	return respond.NewForm(showPasskey(c, one, one.Name))
}

func (d door) renamePasskey(c echo.Context) error {
	ctx, user, name := c.Request().Context(), middleware.MustUser(c), c.FormValue("name")
	one, err := d.accounts.Passkey(ctx, user, c.Param("id"))
	if err != nil {
		return err
	}
	if err := d.accounts.RenamePasskey(ctx, user, one.ID, name); err != nil {
		return respond.Form(c, err, showPasskey(c, one, name))
	}
	respond.Flash(c, "factor.passkeys.renamed", "Name", name)
	return respond.SeeOther(c, paths.Passkeys)
}

func showPasskey(c echo.Context, one accounts.Passkey, name string) respond.Show {
	return func(status int, errs ui.Errors) error {
		whole := account.Passkey(accountPage(c, text(c, "factor.passkeys.rename_title")), one, name, errs)
		return respond.HTML(c, status, whole, respond.Part{ID: "passkey-form", Component: account.PasskeyFields(one, name, errs)})
	}
}

func (d door) passkeyRemoval(c echo.Context) error {
	one, err := d.accounts.Passkey(c.Request().Context(), middleware.MustUser(c), c.Param("id"))
	if err != nil {
		return err
	}
	return respond.NewForm(d.showPasskeyRemoval(c, one))
}

func (d door) removePasskey(c echo.Context) error {
	ctx, user := c.Request().Context(), middleware.MustUser(c)
	one, err := d.accounts.Passkey(ctx, user, c.Param("id"))
	if err != nil {
		return err
	}
	if err := d.accounts.RemovePasskey(ctx, user, one.ID, proofOf(c)); err != nil {
		return respond.Form(c, err, d.showPasskeyRemoval(c, one))
	}
	respond.Flash(c, "factor.passkeys.removed", "Name", one.Name)
	return respond.SeeOther(c, paths.Passkeys)
}

func (d door) showPasskeyRemoval(c echo.Context, one accounts.Passkey) respond.Show {
	return func(status int, errs ui.Errors) error {
		page := accountPage(c, text(c, "factor.passkeys.remove_title", "Name", one.Name))
		return respond.HTML(c, status, account.PasskeyRemoval(page, one, d.accounts.PasskeysWork(), errs))
	}
}
