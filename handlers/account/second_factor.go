package account

import (
	"net/http"
	"slices"
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

// proofOf reads what somebody gives to show that it is them. The challenge that a passkey answered is good once.
func proofOf(c echo.Context) accounts.Proof {
	p := accounts.Proof{Password: c.FormValue("present_password"), Passkey: c.FormValue("passkey")}
	if p.Passkey != "" {
		p.Challenge = takeChallenge(c)
	}
	return p
}

func (d door) secondFactor(c echo.Context) error {
	return d.withSecondFactor(c, func(f account.SecondFactorPage) error {
		return respond.HTML(c, http.StatusOK, account.SecondFactor(accountPage(c, text(c, "factor.page.title")), f, nil))
	})
}

func (d door) newSecondFactor(c echo.Context) error {
	return d.withSecondFactor(c, func(f account.SecondFactorPage) error { return respond.NewForm(showStart(c, f)) })
}

func (d door) beginSecondFactor(c echo.Context) error {
	if err := d.accounts.BeginSecondFactor(c.Request().Context(), middleware.MustUser(c), proofOf(c)); err != nil {
		return d.withSecondFactor(c, func(f account.SecondFactorPage) error { return respond.Form(c, err, showStart(c, f)) })
	}
	return respond.SeeOther(c, paths.SecondFactorSetUp)
}

// withSecondFactor reads where the user stands.
func (d door) withSecondFactor(c echo.Context, show func(account.SecondFactorPage) error) error {
	ctx, user := c.Request().Context(), middleware.MustUser(c)
	stands, err := d.accounts.SecondFactor(ctx, user)
	if err != nil {
		return err
	}
	has, err := d.hasPasskey(c)
	if err != nil {
		return err
	}
	f := account.SecondFactorPage{SecondFactor: stands, Demo: user.Demo, Passkeys: has}
	if user.OwesFactor {
		f.Owes = user.Business
	}
	return show(f)
}

// showStart shows the form that begins: on a page of its own when there is a second factor already.
func showStart(c echo.Context, f account.SecondFactorPage) respond.Show {
	return func(status int, errs ui.Errors) error {
		if !f.On {
			return respond.HTML(c, status, account.SecondFactor(accountPage(c, text(c, "factor.page.title")), f, errs))
		}
		return respond.HTML(c, status, account.SecondFactorStart(accountPage(c, text(c, "factor.start.title")), f, errs))
	}
}

func (d door) setUpSecondFactor(c echo.Context) error {
	secret, err := d.accounts.Secret(c.Request().Context(), middleware.MustUser(c))
	if problem.KindOf(err) == problem.NotFound {
		return respond.SeeOther(c, paths.SecondFactor)
	}
	if err != nil {
		return err
	}
	return respond.NewForm(showSetUp(c, secret))
}

func (d door) confirmSecondFactor(c echo.Context) error {
	ctx, user := c.Request().Context(), middleware.MustUser(c)
	secret, err := d.accounts.Secret(ctx, user)
	if problem.KindOf(err) == problem.NotFound { // a second press: the first has done it
		return respond.SeeOther(c, paths.RecoveryCodes)
	}
	if err != nil {
		return err
	}
	codes, err := d.accounts.ConfirmSecondFactor(ctx, user, c.FormValue("code"), c.RealIP())
	if err != nil {
		return respond.Form(c, err, showSetUp(c, secret))
	}
	if secret.Change {
		respond.Flash(c, "factor.set_up.changed")
		return respond.SeeOther(c, paths.SecondFactor)
	}
	respond.Flash(c, "factor.set_up.done")
	return keepCodes(c, codes)
}

func showSetUp(c echo.Context, secret accounts.Secret) respond.Show {
	return func(status int, errs ui.Errors) error {
		f := account.SetUpPage{URI: secret.URI, Secret: inGroups(secret.Key), Email: middleware.MustUser(c).Email, On: secret.Change}
		return respond.HTML(c, status, account.SetUp(accountPage(c, text(c, "factor.set_up.title")), f, errs))
	}
}

// inGroups parts a key every four letters.
func inGroups(key string) string {
	var groups []string
	for group := range slices.Chunk([]byte(key), 4) {
		groups = append(groups, string(group))
	}
	return strings.Join(groups, " ")
}

func (d door) secondFactorOff(c echo.Context) error { return respond.NewForm(d.showOff(c)) }

func (d door) switchOffSecondFactor(c echo.Context) error {
	if err := d.accounts.SwitchOffSecondFactor(c.Request().Context(), middleware.MustUser(c), proofOf(c)); err != nil {
		return respond.Form(c, err, d.showOff(c))
	}
	respond.Flash(c, "factor.off.done")
	return respond.SeeOther(c, paths.SecondFactor)
}

func (d door) showOff(c echo.Context) respond.Show {
	return func(status int, errs ui.Errors) error {
		has, err := d.hasPasskey(c)
		if err != nil {
			return err
		}
		return respond.HTML(c, status, account.SecondFactorOff(accountPage(c, text(c, "factor.off.title")), has, errs))
	}
}
