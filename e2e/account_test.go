package e2e

import (
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/paths"
)

// An owner lets somebody in by email, who works at the counter on a tablet and gets nowhere near the settings.
func TestAnInvitedStaffMemberWorksAtTheCounterAndNowhereElse(t *testing.T) {
	h := newHouse(t)
	b := browser.Start(t)
	owner := b.Open(t, browser.Desktop, h.url+paths.Home)
	signUp(owner)
	setUp(owner)
	owner.Go(h.url + paths.NewUser)
	owner.Fill("#f-name", "Bo Diddley")
	owner.Fill("#f-email", "bo@example.org")
	owner.Click(`input[name=role][value=staff]`)
	owner.Click("#invite-form button.wl-btn-primary")
	owner.Wait(`location.pathname == "` + paths.Users + `"`)
	owner.SeeText("#invitations", "bo@example.org")
	h.pass(time.Second)
	link := newestLink(owner, h, "/invitation/")

	tablet := b.Open(t, browser.Tablet, link)
	tablet.SeeText("h1", "Studio Nord")
	tablet.Fill("#f-name", "Bo Diddley")
	tablet.Fill("#f-password", "a rolling stone and moss")
	tablet.Follow("main button[type=submit]")
	tablet.Wait(`location.pathname == "` + paths.Counter + `"`)
	book(tablet, h, "10:00", "Greta Garbo")
	tablet.Go(h.url + paths.Counter)
	if tablet.Has(`a[href^="` + paths.Admin + `"]`) {
		t.Error("the counter leads to the settings")
	}
	for _, typed := range []string{paths.Admin, paths.Services, paths.Users, paths.Settings, paths.AccountOwnership} {
		if status := tablet.Go(h.url + typed); status != 403 {
			t.Errorf("%s answers %d", typed, status)
		}
		tablet.See(`main a[href]`)
	}
	tablet.Picture("flow-not-yours")
	tablet.Go(h.url + paths.Account)
	tablet.SeeText("#businesses", "Studio Nord")
	if tablet.Has(`a[href^="` + paths.Admin + `"], a[href="` + paths.AccountOwnership + `"]`) {
		t.Error("their account leads to the settings")
	}
	tablet.Picture("flow-account-staff")
}

// Somebody who forgot their password is in again by their mailbox alone.
func TestALostPasswordFromTheLogInPageToBeingInAgain(t *testing.T) {
	h := newHouse(t)
	b := browser.Start(t)
	owner := b.Open(t, browser.Desktop, h.url+paths.Home)
	signUp(owner)

	phone := b.Open(t, browser.Phone.WithoutScript(), h.url+paths.Login)
	phone.Follow(`a[href="` + paths.LostPassword + `"]`)
	phone.Fill("#f-email", "ada@example.org")
	phone.Follow("main button[type=submit]")
	phone.SeeText("main", "ada@example.org")
	phone.Picture("flow-lost-password")
	h.pass(time.Second)
	phone.Go(newestLink(owner, h, "/password/"))
	phone.Fill("#f-password", "three quiet green lamps")
	phone.Follow("main button[type=submit]")
	if !strings.HasSuffix(phone.URL(), paths.Login) {
		t.Fatalf("setting it leads to %s", phone.URL())
	}
	phone.Fill("#f-email", "ada@example.org")
	phone.Fill("#f-password", "three quiet green lamps")
	phone.Follow("main button[type=submit]")
	if !strings.HasSuffix(phone.URL(), paths.Admin) {
		t.Fatalf("logging in leads to %s", phone.URL())
	}
	phone.Go(h.url + paths.Account)
	phone.SeeText("#sessions", "Chrome")
	h.pass(time.Second)
	owner.Go(h.url + paths.Mailbox)
	owner.SeeText("main", "Your password was changed")
	if owner.Go(h.url + paths.Account); !strings.Contains(owner.URL(), paths.Login) {
		t.Errorf("the session with the old password goes on at %s", owner.URL())
	}
}
