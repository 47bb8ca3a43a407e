package admin_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/problem"
)

// keyForm is a key for a website, as it is typed.
var keyForm = url.Values{"name": {"Website"}, "scopes": {"list:read", "list:write", "slots:read"}, "expires": {"never"}}

// secretOf reads id and secret from the page that shows them.
func (a answer) secretOf() accounts.KeySecret {
	a.t.Helper()
	made := accounts.KeySecret{ID: a.Find("#key-id").AttrOr("value", ""), Secret: a.Find("#key-secret").AttrOr("value", "")}
	if a.status != http.StatusOK || made.ID == "" || !strings.HasPrefix(made.Secret, "wlk_") {
		a.t.Fatalf("status %d, no secret:\n%s", a.status, a.main())
	}
	return made
}

func (s *site) makeKey(changed url.Values) accounts.KeySecret {
	s.t.Helper()
	form := url.Values{}
	for _, some := range []url.Values{keyForm, changed} {
		for name, values := range some {
			form[name] = values
		}
	}
	return s.press(s.get(paths.NewKey), paths.Keys, form).secretOf()
}

func (s *site) proves(key accounts.KeySecret) bool {
	s.t.Helper()
	_, err := accounts.New(s.DB, accounts.SignupClosed).ProveKey(s.Context(), key.ID, key.Secret)
	if err != nil && problem.KindOf(err) != problem.Unauthenticated {
		s.t.Fatal(err)
	}
	return err == nil
}

func TestWithoutKeysThePageSaysWhatTheyAreFor(t *testing.T) {
	s := open(t)
	page := s.page(paths.Keys, "API keys").says("No keys yet", "lets another program in", "docs/api-keys.md").silent("Revoked and expired")
	if page.Find(`a[href="`+paths.APIDocs+`"]`).Length() == 0 || page.Find(`main a[href="`+paths.NewKey+`"]`).Length() == 0 {
		t.Error("nothing leads to what programs can do, or to a first key")
	}
	if page.Find(`nav a[href="`+paths.Keys+`"][aria-current="page"]`).Length() == 0 {
		t.Error("the navigation does not know the page")
	}
}

func TestAKeysSecretIsShownOnceAndNowhereElse(t *testing.T) {
	s := open(t)
	form := s.page(paths.NewKey, "Make an API key")
	fields := form.fields(paths.Keys, keyForm)
	shown := s.ask("POST", paths.Keys, fields)
	key := shown.says("The key “Website” is made", "shown only this once").secretOf()
	if shown.header.Get("Cache-Control") != "no-store" || shown.header.Get("Location") != "" || len(shown.header.Values("Set-Cookie")) != 0 {
		t.Errorf("headers %v", shown.header)
	}
	if want := "curl -u '" + key.ID + ":" + key.Secret + "' -d grant_type=client_credentials " + s.server.URL + paths.APIToken; shown.Find("#key-call").Text() != want {
		t.Errorf("to try it: %q, want %q", shown.Find("#key-call").Text(), want)
	}
	if n := shown.Find("[data-copy][hidden]").Length(); n != 3 {
		t.Errorf("%d buttons copy, want 3 which a script shows", n)
	}
	if !s.proves(key) {
		t.Error("the secret is not that of the key")
	}
	// The same form again, as by a reload.
	again := s.ask("POST", paths.Keys, fields)
	again.says("This secret was shown already", "Replace the secret")
	if again.status != http.StatusOK || strings.Contains(again.body, "wlk_") || again.Find(`a[href="`+paths.KeyRotation(key.ID)+`"]`).Length() != 1 {
		t.Errorf("status %d:\n%s", again.status, again.main())
	}
	for _, at := range []string{paths.Keys, paths.NewKey, paths.Key(key.ID), paths.KeyRotation(key.ID), paths.Audit} {
		if body := s.get(at).body; strings.Contains(body, key.Secret[:20]) {
			t.Errorf("%s shows the secret", at)
		}
	}
	list := s.page(paths.Keys, "API keys").says("Website", "Waitlist: see, change · Slots: see", "Made by Ada Lovelace, 1 Mar 2027", "Does not expire")
	if n := list.Find(".wl-apikeys li").Length(); n != 1 {
		t.Errorf("%d keys are listed, want 1", n)
	}
	var tables string
	s.check(s.DB.Pool().QueryRow("SELECT CONCAT((SELECT GROUP_CONCAT(detail) FROM audit_entries), (SELECT GROUP_CONCAT(result, press) FROM form_presses), (SELECT GROUP_CONCAT(HEX(secret_hash), name, scopes) FROM api_keys))").Scan(&tables))
	if strings.Contains(tables, key.Secret[4:20]) || strings.Contains(strings.ToUpper(tables), fmt.Sprintf("%X", key.Secret)) {
		t.Error("a table holds the secret")
	}
}

func TestARefusedFormOfAKeyKeepsWhatWasTyped(t *testing.T) {
	s := open(t)
	form := s.get(paths.NewKey)
	refused := s.press(form, paths.Keys, url.Values{"name": {"Website"}, "expires": {"on"}, "expires_on": {"2027-02-30"}, "scopes": {"figures:read"}}).refuses("expires_on")
	if refused.Find(`input[name="name"]`).AttrOr("value", "") != "Website" || refused.Find(`input[value="figures:read"][checked]`).Length() != 1 ||
		refused.Find(`input[value="on"][checked]`).Length() != 1 || refused.Find("[name=scopes][checked]").Length() != 1 {
		t.Errorf("kept:\n%s", refused.main())
	}
	s.press(form, paths.Keys, url.Values{"name": {"Website"}}).refuses("scopes")
	s.press(refused, paths.Keys, url.Values{"expires_on": {"2027-12-24"}}).secretOf()
	s.page(paths.Keys, "API keys").says("Good until 24 Dec 2027")
}

func TestAKeyIsChangedOnItsPageUnlessSomebodyWasFaster(t *testing.T) {
	s := open(t)
	key := s.makeKey(nil)
	page := s.page(paths.Key(key.ID), "Website").says("About this key", "Never", "API key made")
	if page.Find("#key-id").AttrOr("value", "") != key.ID {
		t.Error("the page does not tell the key's id")
	}
	s.pressLive(page, paths.Key(key.ID), "key-form", url.Values{"name": {""}, "scopes": {"list:read"}}).partOnly("key-form").refuses("name")
	s.leadsTo(s.press(page, paths.Key(key.ID), url.Values{"name": {"Till"}, "scopes": {"slots:write", "list:read"}}), paths.Keys).says("The key “Till” is changed.", "Waitlist: see · Slots: change")
	late := s.press(page, paths.Key(key.ID), url.Values{"name": {"Other"}, "scopes": {"list:read"}})
	if late.says("Somebody has changed this key meanwhile"); late.status != http.StatusConflict || late.Find(`input[name="name"]`).AttrOr("value", "") != "Other" {
		t.Errorf("status %d, name %q", late.status, late.Find(`input[name="name"]`).AttrOr("value", ""))
	}
	s.get(paths.Key(key.ID)).says("Till", "Ada Lovelace, 1 Mar 2027", "Changed too: Name", "May", "Waitlist: see, Waitlist: change, Slots: see → Waitlist: see, Slots: change")
	s.page(paths.Audit, "Audit trail").says("API key changed", "API key made")
}

func TestASecretIsReplacedAndTheOldOneEndsWhenItIsToldTo(t *testing.T) {
	s := open(t)
	key := s.makeKey(nil)
	form := s.page(paths.KeyRotation(key.ID), "Replace the secret of “Website”")
	fields := form.fields(paths.KeyRotation(key.ID), url.Values{"grace": {"7"}})
	shown := s.ask("POST", paths.KeyRotation(key.ID), fields)
	fresh := shown.says("The key “Website” has a new secret").secretOf()
	if fresh.ID != key.ID || fresh.Secret == key.Secret || shown.header.Get("Cache-Control") != "no-store" || !s.proves(fresh) {
		t.Errorf("the new secret is %+v", fresh)
	}
	if again := s.ask("POST", paths.KeyRotation(key.ID), fields).says("This secret was shown already"); strings.Contains(again.body, "wlk_") {
		t.Error("pressed again it shows a secret")
	}
	fields.Set("press", "another-window")
	if late := s.ask("POST", paths.KeyRotation(key.ID), fields); late.status != http.StatusConflict || !s.proves(fresh) {
		t.Errorf("from another window: status %d", late.status)
	}
	page := s.get(paths.Key(key.ID)).says("The old secret still works", "Nobody has used it since it was replaced")
	s.get(paths.Keys).says("Two secrets")
	s.get(paths.KeyRotation(key.ID)).says("The secret from before the last replacement still works")
	if !s.proves(key) {
		t.Fatal("the old secret works no more")
	}
	s.get(paths.Key(key.ID)).says("Wait until the program has the new secret")
	s.leadsTo(s.press(page, paths.KeyOldSecret(key.ID), nil), paths.Key(key.ID)).says("The old secret is ended.").silent("The old secret still works")
	if s.proves(key) || !s.proves(fresh) {
		t.Error("the old secret works on, or the new one does not")
	}
	last := s.press(s.get(paths.KeyRotation(key.ID)), paths.KeyRotation(key.ID), url.Values{"grace": {"0"}}).secretOf()
	if s.proves(fresh) || !s.proves(last) {
		t.Error("without grace the old secret works on, or the new one does not")
	}
	s.press(s.get(paths.KeyRotation(key.ID)), paths.KeyRotation(key.ID), url.Values{"grace": {"30"}}).refuses("grace")
}

func TestARevokedKeyIsFoldedAwayAndCannotBeChanged(t *testing.T) {
	s := open(t)
	key, other := s.makeKey(nil), s.makeKey(url.Values{"name": {"Till"}, "expires": {"30"}})
	page := s.get(paths.Key(key.ID))
	list := s.leadsTo(s.press(page, paths.KeyRevocation(key.ID), nil), paths.Keys).says("The key “Website” is revoked.", "Revoked and expired keys")
	if list.Find(".wl-apikeys-over li").Length() != 1 || list.Find(".wl-apikeys li").Length() != 2 || list.Find("details.wl-apikeys-over[open]").Length() != 0 {
		t.Errorf("listed:\n%s", list.main())
	}
	s.leadsTo(s.press(page, paths.KeyRevocation(key.ID), nil), paths.Keys)
	over := s.page(paths.Key(key.ID), "Website").says("Revoked", "API key revoked")
	if over.Find("main form").Length() != 0 || over.Find(`a[href="`+paths.KeyRotation(key.ID)+`"]`).Length() != 0 {
		t.Error("a revoked key can still be changed")
	}
	s.leadsTo(s.get(paths.KeyRotation(key.ID)), paths.Key(key.ID))
	if late := s.press(page, paths.Key(key.ID), url.Values{"scopes": {"list:read"}}); late.status != http.StatusConflict || !strings.Contains(late.main(), "was revoked or has expired") {
		t.Errorf("changed from a page of before: status %d", late.status)
	}
	s.Pass(31 * 24 * time.Hour)
	s.comeInAgain()
	if list := s.get(paths.Keys).says("No keys yet", "Expired 31 Mar 2027"); list.Find(".wl-apikeys-over li").Length() != 2 {
		t.Errorf("listed:\n%s", list.main())
	}
	if s.proves(other) {
		t.Error("an expired key works")
	}
}

// comeInAgain begins another session of the admin: the one before is over by now.
func (s *site) comeInAgain() {
	s.t.Helper()
	in, err := accounts.New(s.DB, accounts.SignupClosed).LogIn(s.Context(), accounts.LogIn{Email: "ada@example.org", Password: "correct horse battery", Address: "192.0.2.1"})
	s.check(err)
	s.comeIn(in.Token)
}

func TestAKeyWhoseMakerLeftSaysSo(t *testing.T) {
	s := open(t)
	key := s.makeKey(nil)
	s.get(paths.Keys).silent("no longer here")
	_, err := s.DB.Pool().Exec("UPDATE api_keys SET made_by = ?", s.Staff.UserID)
	s.check(err)
	_, err = s.DB.Pool().Exec("UPDATE memberships SET role = 'owner'")
	s.check(err)
	_, err = s.DB.Pool().Exec("DELETE FROM memberships WHERE user_id = ?", s.Staff.UserID)
	s.check(err)
	s.get(paths.Keys).says("Made by Olga Owner, who is no longer here: replace its secret.")
	s.get(paths.Key(key.ID)).says("Made by Olga Owner, who is no longer here: replace its secret.")
}
