package account_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/paths"
)

// shows is the code that an authenticator app with this key shows, half a minute later at each call.
func (s *site) shows(key string) string {
	s.t.Helper()
	s.db.MoveClock(30 * time.Second)
	now, err := s.db.Now(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	code, err := totp.GenerateCodeCustom(strings.ReplaceAll(key, " ", ""), now, totp.ValidateOpts{Digits: otp.DigitsSix})
	if err != nil {
		s.t.Fatal(err)
	}
	return code
}

// secures switches the second factor of whoever is logged in on, and gives the key and the recovery codes.
func (s *site) secures(v *visitor) (key string, codes []string) {
	s.t.Helper()
	v.leads(v.post(paths.SecondFactorStart, values("present_password", password)), paths.SecondFactorSetUp)
	key = v.page(paths.SecondFactorSetUp).Find("#secret").Text()
	v.leads(v.post(paths.SecondFactorSetUp, values("code", s.shows(key))), paths.RecoveryCodes)
	return key, v.codes()
}

// codes are the recovery codes that the browser still shows.
func (v *visitor) codes() []string {
	v.t.Helper()
	return v.page(paths.RecoveryCodes).Find("#recovery-codes li").Map(func(_ int, li *goquery.Selection) string { return li.Text() })
}

func TestLoggingInInTwoSteps(t *testing.T) {
	s := open(t, accounts.SignupOpen)
	s.signsUp()
	key, codes := s.secures(s.visitor)
	if len(key) != 39 || len(codes) != 10 {
		t.Fatalf("the key is %q, the codes are %v", key, codes)
	}

	ada := s.visit(t)
	first := ada.post(paths.Login, values("email", "ada@example.org", "password", password, "next", paths.Users))
	ada.leads(first, paths.LoginCodeThen(paths.Users))
	for _, set := range first.header.Values("Set-Cookie") {
		if strings.HasPrefix(set, "session=") && !strings.Contains(set, "Max-Age=0") || !strings.Contains(set, "HttpOnly") || !strings.Contains(set, "SameSite=Lax") {
			t.Errorf("after the password: %s", set)
		}
	}
	ada.leads(ada.get(paths.Users), paths.LoginThen(paths.Users))
	a := ada.page(paths.LoginCodeThen(paths.Users))
	field := a.Find(`input[name="code"]`)
	for attribute, want := range map[string]string{"autocomplete": "one-time-code", "inputmode": "numeric"} {
		if got, _ := field.Attr(attribute); got != want {
			t.Errorf("%s is %q", attribute, got)
		}
	}
	a = ada.post(paths.LoginCode, values("code", "000000", "next", paths.Users))
	if next, _ := a.Find(`[name="next"]`).Attr("value"); a.status != http.StatusUnprocessableEntity || a.Find(`[name="code"][aria-invalid="true"]`).Length() != 1 || next != paths.Users {
		t.Errorf("a wrong code: %d, next %q", a.status, next)
	}
	code := s.shows(key)
	in := ada.post(paths.LoginCode, values("code", code, "next", paths.Users))
	ada.leads(in, paths.Users)
	ada.page(paths.Users)
	ada.leads(ada.post(paths.LoginCode, values("code", code)), paths.Home) // pressed twice

	late := s.visit(t)
	late.leads(late.post(paths.Login, values("email", "ada@example.org", "password", password)), paths.LoginCode)
	s.db.MoveClock(accounts.PendingMost)
	late.leads(late.get(paths.LoginCode), paths.Login)
	if note := late.page(paths.Login).Find("#flash").Text(); !strings.Contains(note, "took too long") {
		t.Errorf("the note is %q", note)
	}
	nobody := s.visit(t)
	for _, path := range []string{paths.LoginCode, paths.LoginRecovery} {
		nobody.leads(nobody.get(path), paths.Login)
		nobody.leads(nobody.post(path, values("code", codes[0])), paths.Login)
	}
	evil := s.visit(t)
	evil.leads(evil.post(paths.Login, values("email", "ada@example.org", "password", password, "next", "//evil.example")), paths.LoginCode)
	evil.leads(evil.post(paths.LoginCode, values("code", s.shows(key), "next", "https://evil.example")), paths.Home)
}

func TestEveryDoorForALoginAsksForTheSecondStep(t *testing.T) {
	s := open(t, accounts.SignupOpen)
	s.signsUp()
	s.secures(s.visitor)
	eve := s.visit(t)
	f := signUpForm()
	f.Set("email", "eve@example.org")
	f.Set("business", "Elsewhere")
	eve.leads(eve.post(paths.Signup, f), paths.Welcome)

	invited := s.visit(t)
	invited.leads(invited.post(eve.invites("ada@example.org", "staff"), values("name", "Ada", "password", password)), paths.LoginCode)
	invited.leads(invited.get(paths.Counter), paths.LoginThen(paths.Counter))
	founder := s.visit(t)
	f = signUpForm()
	f.Set("business", "Second")
	founder.leads(founder.post(paths.Signup, f), paths.LoginCodeThen(paths.Welcome))
	founder.leads(founder.get(paths.Admin), paths.LoginThen(paths.Admin))
}

func TestRecoveryCodesAreShownOnceAndCanBeSaved(t *testing.T) {
	s := open(t, accounts.SignupOpen)
	s.signsUp()
	key, codes := s.secures(s.visitor)
	file := s.page(paths.RecoveryCodesFile)
	if kind := file.header.Get("Content-Disposition"); !strings.HasPrefix(kind, "attachment") || !strings.Contains(file.body, strings.Join(codes, "\r\n")) {
		t.Errorf("the file comes as %q: %s", kind, file.body)
	}
	s.leads(s.post(paths.SecondFactorSetUp, values("code", s.shows(key))), paths.RecoveryCodes) // pressed twice
	s.leads(s.post(paths.RecoveryCodesKept, values()), paths.SecondFactor)
	if a := s.page(paths.RecoveryCodes); a.Find("#recovery-codes").Length() != 0 || a.Find(`main a[href="`+paths.RecoveryCodesNew+`"]`).Length() != 1 {
		t.Errorf("the codes are shown again: %s", a.Find("main").Text())
	}
	s.leads(s.get(paths.RecoveryCodesFile), paths.RecoveryCodes)
	if text := s.page(paths.SecondFactor).Find("#codes").Text(); !strings.Contains(text, "10 recovery codes left") {
		t.Errorf("the page says %q", text)
	}

	lost := s.visit(t)
	lost.leads(lost.post(paths.Login, values("email", "ada@example.org", "password", password, "next", paths.Users)), paths.LoginCodeThen(paths.Users))
	if a := lost.post(paths.LoginRecovery, values("code", "abcd-efgh-jkmn-pqrs")); a.status != http.StatusUnprocessableEntity || a.Find(`[name="code"][aria-invalid="true"]`).Length() != 1 {
		t.Errorf("a wrong code: %d", a.status)
	}
	lost.leads(lost.post(paths.LoginRecovery, values("code", codes[0], "next", paths.Users)), paths.SecondFactor)
	a := lost.page(paths.SecondFactor)
	if text := a.Find("#codes").Text(); !strings.Contains(text, "9 recovery codes left") || !strings.Contains(a.Find("#flash").Text(), "set the second step up anew") {
		t.Errorf("the page says %q", text)
	}

	// New ones: the password is asked for, and the old are dead.
	form := lost.page(paths.RecoveryCodesNew)
	press, _ := form.Find(`[name="press"]`).Attr("value")
	if a := lost.post(paths.RecoveryCodesNew, values("press", press, "present_password", "wrong horse battery")); a.status != http.StatusUnprocessableEntity || a.Find("#f-present-password-error").Text() == "" {
		t.Errorf("with a wrong password: %d", a.status)
	}
	lost.leads(lost.post(paths.RecoveryCodesNew, values("press", press, "present_password", password)), paths.RecoveryCodes)
	lost.leads(lost.post(paths.RecoveryCodesNew, values("press", press, "present_password", password)), paths.RecoveryCodes)
	fresh := lost.codes()
	old := s.visit(t)
	old.leads(old.post(paths.Login, values("email", "ada@example.org", "password", password)), paths.LoginCode)
	if a := old.post(paths.LoginRecovery, values("code", codes[1])); a.status != http.StatusUnprocessableEntity {
		t.Errorf("an old code: %d", a.status)
	}
	old.leads(old.post(paths.LoginRecovery, values("code", fresh[0])), paths.SecondFactor)

	// Whoever logs in next in the same browser is shown nobody's codes.
	bo := lost.invites("bo@example.org", "staff")
	lost.leads(lost.post(bo, values("name", "Bo", "password", password)), paths.Home)
	if a := lost.page(paths.RecoveryCodes); a.Find("#recovery-codes").Length() != 0 {
		t.Error("Bo is shown Ada's codes")
	}
}

func TestWhoeverOwesASecondStepSetsItUpFirst(t *testing.T) {
	s := open(t, accounts.SignupOpen)
	s.signsUp()
	staff := s.visit(t)
	staff.leads(staff.post(s.invites("bo@example.org", "staff"), values("name", "Bo", "password", password)), paths.Home)
	admin := s.visit(t)
	admin.leads(admin.post(s.invites("boss@example.org", "admin"), values("name", "Boss", "password", password)), paths.Home)
	if a := admin.page(paths.SecondFactorDemand); a.Find("form button[type=submit].wl-btn-primary").Length() != 0 {
		t.Error("an admin may change it")
	}
	if a := admin.post(paths.SecondFactorDemand, values("before", "nobody", "demand", "everybody")); a.status != http.StatusForbidden {
		t.Errorf("an admin demands it: %d", a.status)
	}
	part := []string{"HX-Request", "true", "HX-Request-Type", "partial", "HX-Target", "form#demand-form"}
	a := s.post(paths.SecondFactorDemand, values("before", "everybody", "demand", "managers"), part...)
	if before, _ := a.Find(`[name="before"]`).Attr("value"); a.status != http.StatusConflict || before != "nobody" || a.Find("h1").Length() != 0 {
		t.Errorf("somebody was faster: %d, before %q", a.status, before)
	}
	s.leads(s.post(paths.SecondFactorDemand, values("before", "nobody", "demand", "everybody")), paths.Users)

	for _, v := range []*visitor{s.visitor, staff} {
		for _, path := range []string{paths.Counter, paths.Passkeys} {
			v.leads(v.get(path), paths.SecondFactor)
		}
		if a := v.get(paths.Counter, "HX-Request", "true"); a.header.Get("HX-Redirect") != paths.SecondFactor {
			t.Errorf("htmx: %d %v", a.status, a.header)
		}
		v.leads(v.post(paths.Slots, values()), paths.SecondFactor)
		if text := v.page(paths.SecondFactor).Find("main").Text(); !strings.Contains(text, "asks everybody in your role") {
			t.Errorf("the page says %q", text)
		}
	}
	s.leads(s.get(paths.Admin), paths.SecondFactor)
	s.secures(staff)
	staff.page(paths.Counter)
	if a := staff.page(paths.SecondFactor); a.Find(`main a[href="`+paths.SecondFactorOff+`"]`).Length() != 0 {
		t.Error("switching off is offered")
	}
	staff.leads(staff.post(paths.Logout, values()), paths.Login)
}

func TestAnOwnerHelpsAMemberWhoLostEverything(t *testing.T) {
	s := open(t, accounts.SignupOpen)
	s.signsUp()
	bo := s.visit(t)
	bo.leads(bo.post(s.invites("bo@example.org", "staff"), values("name", "Bo", "password", password)), paths.Home)
	user, _ := s.page(paths.Users).Find(".wl-row-actions a").Attr("href")
	if a := s.page(user); !strings.Contains(a.Find("#second-factor").Text(), "Switched off") {
		t.Errorf("the page says %q", a.Find("#second-factor").Text())
	}
	s.secures(bo)
	off, _ := s.page(user).Find("#second-factor a").Attr("href")
	if a := s.page(off); a.Find(`form[action="`+off+`"]`).Length() != 1 {
		t.Fatal("nothing asks whether it may go")
	}
	s.leads(s.post(off, values()), user)
	if a := s.post(off, values()); a.status != http.StatusConflict {
		t.Errorf("pressed twice: %d", a.status)
	}
	back := s.visit(t)
	back.logsIn("bo@example.org")
	if a := bo.post(off, values()); a.status != http.StatusForbidden {
		t.Errorf("staff: %d", a.status)
	}
}

func TestWherePasskeysCannotWorkThePageSaysSo(t *testing.T) {
	s := open(t, accounts.SignupOpen)
	s.signsUp()
	if a := s.page(paths.Passkeys); !strings.Contains(a.Find("main").Text(), "Passkeys need an address with https") || a.Find("form[action='"+paths.Passkeys+"']").Length() != 0 {
		t.Errorf("the page says %q", a.Find("main").Text())
	}
	if a := s.visit(t).page(paths.Login); a.Find("[data-passkey]").Length() != 0 {
		t.Error("logging in by passkey is offered")
	}
	if a := s.post(paths.PasskeyChallenge, values("name", "x", "present_password", password)); a.status != http.StatusNotFound || !strings.Contains(a.body, `"error":"Passkeys don't work at this address."`) {
		t.Errorf("asked all the same: %d %s", a.status, a.body)
	}
}

func TestThePasskeyButtonIsForBrowsersThatCan(t *testing.T) {
	s := openAt(t, accounts.SignupOpen, "localhost")
	s.signsUp()
	for path, v := range map[string]*visitor{paths.Login: s.visit(t), paths.Passkeys: s.visitor} {
		a := v.page(path)
		if button := a.Find("[data-passkey]"); button.Length() != 1 || button.Closest("[hidden]").Length() == 0 {
			t.Errorf("%s: the button is there before the script has looked", path)
		}
	}
	a := s.post(paths.PasskeyChallenge, values("name", "x", "present_password", "wrong horse battery"))
	if a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "not your present password") {
		t.Errorf("with a wrong password: %d %s", a.status, a.body)
	}
	a = s.post(paths.PasskeyChallenge, values("name", "x", "present_password", password))
	if set := strings.Join(a.header.Values("Set-Cookie"), ";"); a.status != http.StatusOK || !strings.Contains(a.body, `"rp":{"name":"Waitlist","id":"localhost"}`) || !strings.Contains(set, "HttpOnly") {
		t.Errorf("%d %s, %s", a.status, a.body, set)
	}
	if a := s.post(paths.Passkeys, values("name", "my phone", "passkey", "nonsense")); a.status != http.StatusUnprocessableEntity || a.Find(".wl-errors").Length() != 1 {
		t.Errorf("nonsense for an answer: %d", a.status)
	} else if name, _ := a.Find(`[name="name"]`).Attr("value"); name != "my phone" {
		t.Errorf("the name became %q", name)
	}
	if a := s.visit(t).post(paths.LoginPasskey, values("passkey", "nonsense")); a.status != http.StatusUnprocessableEntity || a.Find(`form[action="`+paths.LoginPasskey+`"] .wl-errors`).Length() != 1 {
		t.Errorf("nonsense for a log-in: %d", a.status)
	}
}
