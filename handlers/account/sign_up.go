package account

import (
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/handlers/respond"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/views/account"
	"github.com/your-org/waitlist-management/views/ui"
)

func (d door) newSignUp(c echo.Context) error {
	open, err := d.accounts.MaySignUp(c.Request().Context())
	if err != nil {
		return err
	}
	if !open {
		return problem.New(problem.Forbidden, "account.bad.signup_closed")
	}
	zone := accounts.GuessZone(c.Request().Header.Get("Accept-Language"))
	return respond.NewForm(d.showSignUp(c, account.SignUpForm{Zone: zone, Currency: accounts.CurrencyIn(zone), Press: seal.PublicID()}))
}

func (d door) signUp(c echo.Context) error {
	f := accounts.SignUp{
		Business: c.FormValue("business"), Slug: c.FormValue("slug"), Zone: c.FormValue("zone"), Currency: c.FormValue("currency"),
		Name: c.FormValue("name"), Email: c.FormValue("email"), Password: c.FormValue("password"), Press: c.FormValue("press"),
		Locale: middleware.Locale(c).Tag(), Address: c.RealIP(),
	}
	in, err := d.accounts.SignUp(c.Request().Context(), f)
	if err != nil {
		return respond.Form(c, err, d.showSignUp(c, account.SignUpForm{
			Business: f.Business, Slug: f.Slug, Zone: f.Zone, Currency: f.Currency, Name: f.Name, Email: f.Email, Press: f.Press, Chosen: true,
		}))
	}
	return d.comeIn(c, in, paths.Welcome)
}

func (d door) showSignUp(c echo.Context, f account.SignUpForm) respond.Show {
	f.Zones, f.Currencies, f.PaidIn = business.Zones(), business.Currencies(), paidIn
	f.Join = d.base.Abs(paths.Join(""))
	return func(status int, errs ui.Errors) error {
		return respond.HTML(c, status, account.SignUp(respond.Page(c, text(c, "account.sign_up.title")), f, errs))
	}
}

// paidIn lists the zones to choose from by currency, for the script.
var paidIn = func() string {
	zones := map[string][]string{}
	for _, zone := range business.Zones() {
		code := accounts.CurrencyIn(zone)
		zones[code] = append(zones[code], zone)
	}
	var list []string
	for _, code := range business.Currencies() {
		if len(zones[code]) > 0 {
			list = append(list, code+" "+strings.Join(zones[code], " "))
		}
	}
	return strings.Join(list, ";")
}()

// begin keeps a new session in the browser, ends the one it takes the place of, and goes on to path.
func (d door) begin(c echo.Context, token, path string) error {
	if old := middleware.Token(c); old != "" {
		if err := d.accounts.LogOut(c.Request().Context(), old); err != nil {
			return err
		}
	}
	if err := middleware.Begin(c, token); err != nil {
		return err
	}
	return respond.Leave(c, path)
}
