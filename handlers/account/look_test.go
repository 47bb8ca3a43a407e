package account_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/views/account"
)

// view is a screen and who looks at it: German has the longest words, so it goes where there is the least room.
type view struct {
	browser.Screen
	language string
	axe      bool
}

var views = map[string]view{
	"phone":        {browser.Phone, "en", true},
	"narrow":       {browser.Screen{Width: 320, Height: 640, Scale: 2, Touch: true}, "de", false},
	"tablet":       {browser.Tablet, "en", false},
	"desktop-dark": {browser.Desktop.InTheDark(), "de", true},
}

func (v view) look(t *testing.T, p *browser.Page, s *site, name string, pages map[string]string) {
	t.Helper()
	for _, page := range slices.Sorted(maps.Keys(pages)) {
		p.Go(s.server.URL + inLanguage(pages[page], v.language))
		p.Picture(page + "-" + name)
		p.Fits()
		p.Reachable()
		if v.axe {
			p.Accessible()
		}
		if t.Failed() {
			t.Fatalf("the page was %s on %s", page, name)
		}
	}
}

func inLanguage(path, language string) string {
	if strings.Contains(path, "?") {
		return path + "&lang=" + language
	}
	return path + "?lang=" + language
}

func TestEveryPageIsAccessibleAndFitsEveryScreen(t *testing.T) {
	s := open(t, accounts.SignupOpen)
	b := browser.Start(t)
	for name, v := range views {
		v.look(t, b.Open(t, v.Screen, s.server.URL+paths.Home), s, name, map[string]string{"home": paths.Home, "sign-up": paths.Signup})
	}
	owner := s.visit(t)
	owner.signsUp()
	link := owner.invites("admin@example.org", "admin")
	admin := s.visit(t)
	admin.leads(admin.post(link, values("name", "Bo Diddley", "password", password)), paths.Home)
	invitation := owner.invites("a-rather-long-address-of-somebody@department.example.org", "staff")
	user, _ := owner.page(paths.Users).Find(".wl-row-actions a").Attr("href")
	owner.leads(owner.post(user+"/password", values()), user)
	link, _ = owner.page(user).Find("#password-link").Attr("value")
	newPassword := strings.TrimPrefix(link, s.server.URL)
	outside := map[string]string{
		"log-in": paths.Login, "lost": paths.LostPassword, "invitation": invitation, "new-password": newPassword, "gone": paths.Invitation("x"),
		"nothing": "/nothing",
	}
	first := map[string]string{"welcome": paths.Welcome}
	inside := map[string]string{
		"users": paths.Users, "new-user": paths.NewUser, "user": user, "user-removal": user + "/removal", "businesses": paths.ChooseBusiness,
		"account": paths.Account, "account-password": paths.AccountPassword, "account-email": paths.AccountEmail, "account-leaving": paths.AccountLeaving,
		"account-ownership": paths.AccountOwnership, "email-change": changeOfEmail(t, s, owner),
	}
	steps := map[string]string{
		"welcome-services": account.StepPath(business.StepServices), "welcome-team": account.StepPath(business.StepTeam), "welcome-ready": account.StepPath(account.StepReady),
		"welcome-hours": account.StepPath(business.StepHours), "welcome-offers": account.StepPath(business.StepOffers),
		"welcome-share": account.StepPath(business.StepShare), "welcome-try": account.StepPath(business.StepTry), "overview-guide": paths.Admin, "launch": paths.Launch,
	}
	pages := map[string]*browser.Page{}
	for name, v := range views {
		p := b.Open(t, v.Screen, s.server.URL+paths.Login)
		v.look(t, p, s, name, outside)
		p.Go(s.server.URL + paths.Login)
		p.Fill("#f-email", "ada@example.org")
		p.Fill("#f-password", password)
		p.Follow("main button[type=submit]")
		v.look(t, p, s, name, first)
		pages[name] = p
	}
	owner.leads(owner.post(paths.WelcomeService, values("name", "Cut and blow-dry", "duration", "45", "price", "35")), account.StepPath(business.StepServices))
	owner.leads(owner.post(paths.WelcomeStaff, values("name", "Ada Lovelace")), account.StepPath(business.StepTeam))
	for name, p := range pages {
		views[name].look(t, p, s, name, inside)
		views[name].look(t, p, s, name, steps)
	}
}

// changeOfEmail begins a change of the owner's address and gives the path of the link to the old one.
func changeOfEmail(t *testing.T, s *site, owner *visitor) string {
	t.Helper()
	owner.leads(owner.post(paths.AccountEmail, values("email", "ada.lovelace@analytical-engines.example.org", "present_password", password)), paths.AccountEmail)
	var id string
	if err := s.db.Pool().QueryRowContext(t.Context(), "SELECT public_id FROM email_changes").Scan(&id); err != nil {
		t.Fatal(err)
	}
	return paths.EmailChange(s.db.Tokens().Make(seal.TokenOld, id, 1))
}

func TestSigningUpKnowsTheZoneOfTheDevice(t *testing.T) {
	s := open(t, accounts.SignupOpen)
	p := browser.Start(t).Open(t, browser.Phone, s.server.URL)
	if _, err := chromedp.Call(p.Context(), emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: "America/Chicago"}); err != nil {
		t.Fatal(err)
	}
	p.Go(s.server.URL + paths.Signup)
	if zone, currency := p.Value("#f-zone"), p.Value("#f-currency"); zone != "America/Chicago" || currency != "USD" {
		t.Errorf("guessed %s and %s", zone, currency)
	}
	p.Set("#f-zone", "Europe/Zurich")
	if currency := p.Value("#f-currency"); currency != "CHF" {
		t.Errorf("in Zurich one pays in %s", currency)
	}
	p.Set("#f-currency", "EUR")
	p.Set("#f-zone", "America/Chicago")
	if currency := p.Value("#f-currency"); currency != "EUR" {
		t.Errorf("the script changed a chosen currency to %s", currency)
	}
}
