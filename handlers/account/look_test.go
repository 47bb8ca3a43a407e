package account_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/views/account"
)

var screens = map[string]browser.Screen{
	"phone": browser.Phone, "phone-dark": browser.Phone.InTheDark(), "narrow": {Width: 320, Height: 640, Scale: 2, Touch: true},
	"tablet": browser.Tablet, "desktop-dark": browser.Desktop.InTheDark(),
}

// languages leaves German out where there is room for its long words.
func languages(screen string) []string {
	if screen == "phone" || screen == "narrow" {
		return []string{"en", "de"}
	}
	return []string{"en"}
}

func look(t *testing.T, p *browser.Page, s *site, screen string, pages map[string]string) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		for _, language := range languages(screen) {
			path := pages[name]
			question := "?"
			if strings.Contains(path, "?") {
				question = "&"
			}
			p.Go(s.server.URL + path + question + "lang=" + language)
			p.Picture(name + "-" + screen + "-" + language)
			p.Fits()
			p.Reachable()
			if strings.HasPrefix(screen, "phone") {
				p.Accessible()
			}
			if t.Failed() {
				t.Fatalf("the page was %s on %s in %s", name, screen, language)
			}
		}
	}
}

func TestEveryPageIsAccessibleAndFitsEveryScreen(t *testing.T) {
	s := open(t, accounts.SignupOpen)
	b := browser.Start(t)
	for screen, is := range screens {
		look(t, b.Open(t, is, s.server.URL+paths.Home), s, screen, map[string]string{"home": paths.Home, "sign-up": paths.Signup})
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
	}
	steps := map[string]string{
		"welcome-services": account.StepPath(account.StepServices), "welcome-team": account.StepPath(account.StepTeam), "welcome-ready": paths.Welcome,
	}
	pages := map[string]*browser.Page{}
	for screen, is := range screens {
		p := b.Open(t, is, s.server.URL+paths.Login)
		look(t, p, s, screen, outside)
		p.Go(s.server.URL + paths.Login)
		p.Fill("#f-email", "ada@example.org")
		p.Fill("#f-password", password)
		p.Follow("main button[type=submit]")
		look(t, p, s, screen, first)
		pages[screen] = p
	}
	owner.leads(owner.post(paths.WelcomeService, values("name", "Cut and blow-dry", "duration", "45", "price", "35")), account.StepPath(account.StepServices))
	owner.leads(owner.post(paths.WelcomeStaff, values("name", "Ada Lovelace")), account.StepPath(account.StepTeam))
	for screen, p := range pages {
		look(t, p, s, screen, inside)
		look(t, p, s, screen, steps)
	}
}
