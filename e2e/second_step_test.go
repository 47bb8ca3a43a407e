package e2e

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/paths"
)

const ownersPassword = "a lovely analytical engine" // as signUp types it

// shows is the code that an authenticator app with this key shows, a later one at each call.
func (h *house) shows(key string) string {
	h.t.Helper()
	h.db.MoveClock(30 * time.Second)
	now, err := h.db.Now(h.t.Context())
	h.ok(err)
	code, err := totp.GenerateCodeCustom(strings.ReplaceAll(key, " ", ""), now, totp.ValidateOpts{Digits: otp.DigitsSix})
	h.ok(err)
	return code
}

// logIn types address and password.
func logIn(p *browser.Page, h *house) {
	p.Go(h.url + paths.Login)
	p.Fill("#f-email", "ada@example.org")
	p.Fill("#f-password", ownersPassword)
	p.Follow(`form[action="` + paths.Login + `"] button[type=submit]`)
}

func logOut(p *browser.Page, h *house) {
	p.Go(h.url + paths.SecondFactor)
	p.Follow(`.wl-side-foot form[action="` + paths.Logout + `"] button`)
	p.See(`form[action="` + paths.Login + `"]`)
}

func TestAPhoneIsSetUpUsedAndLost(t *testing.T) {
	h := newHouse(t)
	b := browser.Start(t)
	owner := b.Open(t, browser.Desktop, h.url+paths.Home)
	signUp(owner)
	owner.Go(h.url + paths.SecondFactor)
	owner.Fill("#f-present-password", ownersPassword)
	owner.Follow(`form[action="` + paths.SecondFactorStart + `"] button.wl-btn-primary`)
	owner.Wait(`document.querySelector("svg.wl-qr").getBoundingClientRect().width > 150`)
	key := owner.See("#secret")
	owner.Fill("#f-code", h.shows(key))
	owner.Follow(`form[action="` + paths.SecondFactorSetUp + `"] button.wl-btn-primary`)
	codes := strings.Fields(owner.See("#recovery-codes"))
	if len(codes) != 10 {
		t.Fatalf("the page shows %q", codes)
	}
	owner.Follow(`form[action="` + paths.RecoveryCodesKept + `"] button`)
	logOut(owner, h)

	logIn(owner, h)
	owner.Fill("#f-code", h.shows(key))
	owner.Follow(`form[action="` + paths.LoginCode + `"] button[type=submit]`)
	owner.Wait(`location.pathname == "` + paths.Admin + `"`)
	logOut(owner, h)

	// The phone is gone, and so is the owner's own browser: at any other, without script, a recovery code lets them in.
	elsewhere := b.Open(t, browser.Tablet.WithoutScript(), h.url+paths.Login)
	logIn(elsewhere, h)
	elsewhere.Follow(`a[href="` + paths.LoginRecovery + `"]`)
	elsewhere.Fill("#f-code", codes[3])
	elsewhere.Follow(`form[action="` + paths.LoginRecovery + `"] button[type=submit]`)
	elsewhere.SeeText("#codes", "9 recovery codes left")
	elsewhere.Follow(`main a[href="` + paths.SecondFactorStart + `"]`)
	elsewhere.Fill("#f-present-password", ownersPassword)
	elsewhere.Follow(`form[action="` + paths.SecondFactorStart + `"] button.wl-btn-primary`)
	fresh := elsewhere.See("#secret")
	elsewhere.Fill("#f-code", h.shows(fresh))
	elsewhere.Follow(`form[action="` + paths.SecondFactorSetUp + `"] button.wl-btn-primary`)
	elsewhere.SeeText("#second-factor", "Switched on")

	logIn(owner, h)
	owner.Fill("#f-code", h.shows(key))
	owner.Follow(`form[action="` + paths.LoginCode + `"] button[type=submit]`)
	owner.See(`#f-code[aria-invalid="true"]`)
	owner.Fill("#f-code", h.shows(fresh))
	owner.Follow(`form[action="` + paths.LoginCode + `"] button[type=submit]`)
	owner.Wait(`location.pathname == "` + paths.Admin + `"`)
}

// device gives a page's browser an authenticator that recognizes its owner.
func device(t *testing.T, p *browser.Page) webauthn.AuthenticatorID {
	t.Helper()
	if _, err := chromedp.Call(p.Context(), webauthn.Enable, webauthn.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	added, err := chromedp.Call(p.Context(), webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{
		Options: &webauthn.VirtualAuthenticatorOptions{
			Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal, HasResidentKey: true,
			HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true,
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return added.AuthenticatorID
}

func TestAPasskeyIsAddedAndLogsInByItself(t *testing.T) {
	h := newHouse(t)
	owner := browser.Start(t).Open(t, browser.Desktop, h.url+paths.Home)
	signUp(owner)
	own := device(t, owner)
	recognizes := func(yes bool) {
		if _, err := chromedp.Call(owner.Context(), webauthn.SetUserVerified, webauthn.SetUserVerifiedParams{AuthenticatorID: own, IsUserVerified: yes}); err != nil {
			t.Fatal(err)
		}
	}
	press := func(action string) { owner.Click(`form[action="` + action + `"] [data-passkey]`) }

	owner.Go(h.url + paths.Passkeys)
	owner.Fill("#f-name", "my laptop")
	owner.Fill("#f-present-password", "not my password")
	press(paths.Passkeys)
	owner.SeeText("[data-passkey-says]", "not your present password")
	owner.Fill("#f-present-password", ownersPassword)
	press(paths.Passkeys)
	owner.SeeText("main ul", "my laptop")

	// The same device again.
	owner.Fill("#f-name", "once more")
	owner.Fill("#f-present-password", ownersPassword)
	press(paths.Passkeys)
	owner.SeeText("[data-passkey-says]", "has a passkey for your login already")

	// Instead of the password it shows that it is the owner who begins the second step.
	owner.Go(h.url + paths.SecondFactor)
	press(paths.SecondFactorStart)
	owner.See("#secret")
	owner.Fill("#f-code", h.shows(owner.See("#secret")))
	owner.Follow(`form[action="` + paths.SecondFactorSetUp + `"] button.wl-btn-primary`)
	owner.See("#recovery-codes")
	logOut(owner, h)

	recognizes(false)
	press(paths.LoginPasskey)
	owner.SeeText("[data-passkey-says]", "cancelled or took too long")
	recognizes(true)
	press(paths.LoginPasskey)
	owner.Wait(`location.pathname == "` + paths.Admin + `"`)

	owner.Go(h.url + paths.Passkeys)
	owner.SeeText("main ul", "Last used")
	owner.Follow(`main ul a`)
	owner.Follow(`main a[href$="/removal"]`)
	owner.Fill("#f-present-password", ownersPassword)
	owner.Follow(`form[action$="/removal"] button.wl-btn-danger`)
	owner.SeeText("#flash", "my laptop")
	logOut(owner, h)
	press(paths.LoginPasskey)
	owner.SeeText(`form[action="`+paths.LoginPasskey+`"] .wl-errors`, "was not accepted")
}
