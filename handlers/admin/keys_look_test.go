package admin_test

import (
	"net/url"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/paths"
)

// keyed is a business with keys in every state: used, about to expire, with two secrets, made by somebody who left, revoked. Pages are by
// a name for their pictures.
func keyed(t *testing.T) (s *site, pages map[string]string) {
	t.Helper()
	s = open(t)
	used := s.makeKey(nil)
	s.makeKey(url.Values{"name": {"Newsletter of the agency Wolkenstein-Hohenfels & Partner"}, "scopes": {"figures:read"}, "expires": {"on"}, "expires_on": {"2027-03-09"}})
	two := s.makeKey(url.Values{"name": {"Till"}, "scopes": {
		"list:read", "list:write", "slots:read", "slots:write", "setup:read", "setup:write", "figures:read", "webhooks:read", "webhooks:write",
	}})
	left, over := s.makeKey(url.Values{"name": {"Spreadsheet"}, "expires": {"365"}}), s.makeKey(url.Values{"name": {"Old website"}})
	s.press(s.get(paths.KeyRotation(two.ID)), paths.KeyRotation(two.ID), url.Values{"grace": {"7"}}).secretOf()
	s.Pass(2 * time.Hour)
	if !s.proves(used) || !s.proves(two) || !s.proves(over) {
		t.Fatal("a secret does not work")
	}
	s.press(s.get(paths.Key(over.ID)), paths.KeyRevocation(over.ID), nil)
	_, err := s.DB.Pool().Exec("UPDATE api_keys SET made_by = ? WHERE public_id = ?", s.Staff.UserID, left.ID)
	s.check(err)
	_, err = s.DB.Pool().Exec("UPDATE memberships SET role = 'owner'")
	s.check(err)
	_, err = s.DB.Pool().Exec("DELETE FROM memberships WHERE user_id = ?", s.Staff.UserID)
	s.check(err)
	return s, map[string]string{
		"list": paths.Keys, "new": paths.NewKey, "key": paths.Key(used.ID), "two": paths.Key(two.ID), "left": paths.Key(left.ID), "over": paths.Key(over.ID),
		"rotation": paths.KeyRotation(two.ID),
	}
}

func TestThePagesOfKeysSuitEveryScreenAndEverybody(t *testing.T) {
	s, pages := keyed(t)
	b := browser.Start(t)
	for name, seen := range map[string]struct {
		browser.Screen
		language string
	}{
		"phone": {browser.Phone, "de"}, "phone-dark": {browser.Phone.InTheDark(), "en"}, "narrow": {browser.Screen{Width: 320, Height: 640, Scale: 2, Touch: true}, "de"},
		"desktop-dark": {browser.Desktop.InTheDark(), "de"}, "desktop": {browser.Desktop, "en"},
	} {
		t.Run(name, func(t *testing.T) {
			page := b.Open(t, seen.Screen, s.server.URL+logIn+"?token="+s.token)
			look := func(picture string) {
				t.Helper()
				page.Picture("keys-" + picture + "-" + name)
				page.Fits()
				page.Reachable()
				if seen.Width == browser.Phone.Width {
					page.Accessible()
				}
			}
			for picture, at := range pages {
				if status := page.Go(s.server.URL + at + "?lang=" + seen.language); status != 200 {
					t.Fatalf("%s answers %d", at, status)
				}
				look(picture)
			}
			page.Go(s.server.URL + paths.NewKey)
			page.Fill(`input[name="name"]`, "Website of "+name)
			page.Click(`input[value="slots:read"]`)
			page.Follow(`form[action="` + paths.Keys + `"] button.wl-btn-primary`)
			copied := map[string]string{"en": "Copied", "de": "Kopiert"}[seen.language]
			page.Click(`[data-copy="key-secret"]`)
			page.SeeText(`[data-copy="key-secret"]`, copied)
			look("secret")
		})
	}
}

func TestThePagesOfKeysAreValid(t *testing.T) {
	s, pages := keyed(t)
	documents := map[string]string{}
	for name, at := range pages {
		documents[name] = s.get(at).body
	}
	form := s.get(paths.NewKey)
	fields := form.fields(paths.Keys, keyForm)
	documents["secret"], documents["again"] = s.ask("POST", paths.Keys, fields).body, s.ask("POST", paths.Keys, fields).body
	documents["refused"] = s.press(form, paths.Keys, url.Values{"name": {""}, "expires": {"on"}}).body
	browser.Valid(t, documents)
}
