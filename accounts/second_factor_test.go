package accounts_test

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
)

// phone is an authenticator app.
type phone struct {
	t      *testing.T
	db     *db.DB
	secret string
}

// shows is the code of so many steps from now.
func (p phone) shows(steps int) string {
	p.t.Helper()
	now, err := p.db.Now(p.t.Context())
	if err != nil {
		p.t.Fatal(err)
	}
	code, err := totp.GenerateCodeCustom(p.secret, now.Add(time.Duration(steps)*30*time.Second), totp.ValidateOpts{Digits: otp.DigitsSix})
	if err != nil {
		p.t.Fatal(err)
	}
	return code
}

func byPassword() accounts.Proof { return accounts.Proof{Password: password} }

// midStep moves the clock to the middle of a step, so that none ends while a test looks at it.
func midStep(t *testing.T, d *db.DB) {
	t.Helper()
	now, err := d.Now(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	d.MoveClock(45*time.Second - time.Duration(now.UnixNano()%int64(30*time.Second)))
}

// secured switches u's second factor on.
func secured(t *testing.T, a *accounts.Accounts, d *db.DB, u accounts.User) (phone, []string) {
	t.Helper()
	midStep(t, d)
	if err := a.BeginSecondFactor(t.Context(), u, byPassword()); err != nil {
		t.Fatal(err)
	}
	secret, err := a.Secret(t.Context(), u)
	if err != nil {
		t.Fatal(err)
	}
	p := phone{t, d, secret.Key}
	codes, err := a.ConfirmSecondFactor(t.Context(), u, p.shows(0), address)
	if err != nil {
		t.Fatal(err)
	}
	d.MoveClock(time.Minute) // the next code
	return p, codes
}

// halfIn is a log-in that waits for its second factor.
func halfIn(t *testing.T, a *accounts.Accounts, email string) string {
	t.Helper()
	in, err := logIn(t, a, email, password, address)
	if err != nil {
		t.Fatal(err)
	}
	if in.Token != "" || in.Pending == "" {
		t.Fatalf("the password alone gave %+v", in)
	}
	return in.Pending
}

func finish(t *testing.T, a *accounts.Accounts, pending, code string) (accounts.LoggedIn, error) {
	t.Helper()
	return a.FinishLogIn(t.Context(), accounts.SecondStep{Pending: pending, Code: code, Address: address})
}

func byRecovery(t *testing.T, a *accounts.Accounts, pending, code string) (accounts.LoggedIn, error) {
	t.Helper()
	return a.FinishLogIn(t.Context(), accounts.SecondStep{Pending: pending, Code: code, Recovery: true, Address: address})
}

func TestASecondFactorCountsOnceItsFirstCodeWasGiven(t *testing.T) {
	a, d, ada := founded(t)
	midStep(t, d)
	err := a.BeginSecondFactor(t.Context(), ada, accounts.Proof{Password: "not my password"})
	if got := fields(err); !slices.Equal(got, []string{"present_password"}) {
		t.Fatalf("with a wrong password: %v", err)
	}
	if err := a.BeginSecondFactor(t.Context(), ada, byPassword()); err != nil {
		t.Fatal(err)
	}
	if in, err := logIn(t, a, ada.Email, password, address); err != nil || in.Token == "" {
		t.Fatalf("before the first code the password is enough: %+v, %v", in, err)
	}
	secret, err := a.Secret(t.Context(), ada)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(secret.URI, "otpauth://totp/Waitlist:ada@example.org?") || !strings.Contains(secret.URI, "secret="+secret.Key) || strings.Contains(secret.URI, "+") {
		t.Errorf("the app is given %s", secret.URI)
	}
	_, err = a.ConfirmSecondFactor(t.Context(), ada, "000000", address)
	if got := fields(err); !slices.Equal(got, []string{"code"}) {
		t.Fatalf("with a wrong code: %v", err)
	}
	p := phone{t, d, secret.Key}
	shown := p.shows(0)
	codes, err := a.ConfirmSecondFactor(t.Context(), ada, shown[:3]+" "+shown[3:], address)
	if err != nil || len(codes) != 10 {
		t.Fatalf("%v, %v", codes, err)
	}
	pending := halfIn(t, a, ada.Email)
	if _, err := a.UserOf(t.Context(), pending); problem.KindOf(err) != problem.Unauthenticated {
		t.Errorf("a pending log-in is a session: %v", err)
	}
	_, err = finish(t, a, pending, shown)
	if got := fields(err); !slices.Equal(got, []string{"code"}) {
		t.Errorf("the code of the set-up was good again: %v", err)
	}
	in, err := finish(t, a, pending, p.shows(1))
	if err != nil {
		t.Fatal(err)
	}
	if got := session(t, a, in.Token); got.ID != ada.ID || in.Businesses != 1 || in.Recovered {
		t.Errorf("came in as %+v, %+v", got, in)
	}
	_, err = finish(t, a, pending, p.shows(1))
	wantKind(t, err, problem.Gone)
}

func TestACodeIsGoodForThreeSteps(t *testing.T) {
	a, d, ada := founded(t)
	p, _ := secured(t, a, d, ada)
	for _, c := range []struct {
		steps int
		good  bool
	}{{-2, false}, {2, false}, {-1, true}, {-1, false}, {1, true}, {0, false}} { // 0: a later one was used
		_, err := finish(t, a, halfIn(t, a, ada.Email), p.shows(c.steps))
		if (err == nil) != c.good {
			t.Errorf("%d steps from now: %v", c.steps, err)
		}
	}
}

func TestTwoLogInsWithOneCodeAreOne(t *testing.T) {
	a, d, ada := founded(t)
	p, codes := secured(t, a, d, ada)
	for name, c := range map[string]accounts.SecondStep{"a code": {Code: p.shows(0)}, "a recovery code": {Code: codes[0], Recovery: true}} {
		errs := make([]error, 6)
		pending := make([]string, len(errs))
		for i := range errs {
			pending[i] = halfIn(t, a, ada.Email)
		}
		var wait sync.WaitGroup
		for i := range errs {
			wait.Go(func() {
				f := c
				f.Pending, f.Address = pending[i], address
				_, errs[i] = a.FinishLogIn(t.Context(), f)
			})
		}
		wait.Wait()
		in := 0
		for _, err := range errs {
			if err == nil {
				in++
			} else {
				wantKind(t, err, problem.InvalidInput)
			}
		}
		if in != 1 {
			t.Errorf("%d log-ins came in with %s", in, name)
		}
	}
}

func TestAPendingLogInEnds(t *testing.T) {
	a, d, ada := founded(t)
	p, _ := secured(t, a, d, ada)
	bo := member(t, a, ada, "bo@example.org", rules.RoleStaff)
	q, _ := secured(t, a, d, bo)
	for name, end := range map[string]func(){
		"ten minutes later":         func() { d.MoveClock(accounts.PendingMost) },
		"when the password changes": func() { setPassword(t, a, ada, bo, password) },
	} {
		pending := halfIn(t, a, bo.Email)
		end()
		_, err := finish(t, a, pending, q.shows(0))
		if problem.KindOf(err) != problem.Gone {
			t.Errorf("%s: %v", name, err)
		}
		wantKind(t, a.PendingLogIn(t.Context(), pending), problem.Gone)
	}
	pending := halfIn(t, a, ada.Email)
	d.MoveClock(accounts.PendingMost - time.Second)
	if _, err := finish(t, a, pending, p.shows(0)); err != nil {
		t.Errorf("just before its end: %v", err)
	}
	for _, nothing := range []string{"", "x", "\xff"} {
		_, err := finish(t, a, nothing, p.shows(1))
		wantKind(t, err, problem.Gone)
	}
	halfIn(t, a, ada.Email)
	d.MoveClock(time.Hour)
	if _, err := a.Forget(t.Context()); err != nil || rows(t, d, "pending_log_ins") != 0 {
		t.Errorf("%d pending log-ins are kept, %v", rows(t, d, "pending_log_ins"), err)
	}
}

// setPassword sets it by the link that an owner makes.
func setPassword(t *testing.T, a *accounts.Accounts, owner, u accounts.User, to string) {
	t.Helper()
	if err := a.SetPassword(t.Context(), passwordLink(t, a, owner, u), to); err != nil {
		t.Fatal(err)
	}
}

// Nobody comes in by the password alone, whichever way they take.
func TestNoWayInLeadsAroundTheSecondFactor(t *testing.T) {
	a, d, ada := founded(t)
	p, _ := secured(t, a, d, ada)
	f := signUp()
	f.Email, f.Name, f.Business, f.Press = "eve@example.org", "Eve", "Elsewhere", "elsewhere"
	eve := owner(t, a, f)

	ways := map[string]func(t *testing.T) accounts.LoggedIn{
		"logging in": func(t *testing.T) accounts.LoggedIn {
			in, err := logIn(t, a, ada.Email, password, address)
			return must(t, in, err)
		},
		"an invitation": func(t *testing.T) accounts.LoggedIn {
			id, err := a.Invite(t.Context(), eve, accounts.Invite{Name: "Ada", Email: ada.Email, Role: "staff"})
			must(t, id, err)
			in, err := a.AcceptInvitation(t.Context(), linkOf(t, a, eve, id), accounts.AcceptInvitation{Name: "Ada", Password: password, Address: address})
			return must(t, in, err)
		},
		"signing up another business": func(t *testing.T) accounts.LoggedIn {
			f := signUp()
			f.Business, f.Press = "Second", "second"
			in, err := a.SignUp(t.Context(), f)
			return must(t, in, err)
		},
		"pressing sign-up twice": func(t *testing.T) accounts.LoggedIn {
			in, err := a.SignUp(t.Context(), signUp())
			return must(t, in, err)
		},
		"a new password by the command line": func(t *testing.T) accounts.LoggedIn {
			_, err := a.CreateAdmin(t.Context(), accounts.CreateAdmin{Email: ada.Email, Name: "Ada", Business: ada.Slug, Password: password})
			must(t, 0, err)
			in, err := logIn(t, a, ada.Email, password, address)
			return must(t, in, err)
		},
	}
	for name, come := range ways {
		in := come(t)
		if in.Token != "" || in.Pending == "" {
			t.Errorf("%s leads in with %+v", name, in)
			continue
		}
		d.MoveClock(time.Minute)
		through, err := finish(t, a, in.Pending, p.shows(0))
		if err != nil {
			t.Errorf("%s, then the code: %v", name, err)
			continue
		}
		u := session(t, a, through.Token)
		if want := map[string]string{"an invitation": "Elsewhere", "signing up another business": "Second"}[name]; want != "" && u.Business != want {
			t.Errorf("%s leads to %s", name, u.Business)
		}
	}
}

func TestAPasswordThatIsResetLeavesTheSecondFactorOn(t *testing.T) {
	a, d, ada := founded(t)
	bo := member(t, a, ada, "bo@example.org", rules.RoleStaff)
	p, _ := secured(t, a, d, bo)
	setPassword(t, a, ada, bo, "another staple altogether")
	in, err := logIn(t, a, bo.Email, "another staple altogether", address)
	if err != nil || in.Token != "" {
		t.Fatalf("came in with %+v, %v", in, err)
	}
	if _, err := finish(t, a, in.Pending, p.shows(0)); err != nil {
		t.Error(err)
	}
}

func TestTheDemoIsEnteredByAPasswordOfNobodysAndCannotBeLocked(t *testing.T) {
	a, d, ada := founded(t)
	enter := func() accounts.LoggedIn {
		in, _, err := a.EnterDemo(t.Context(), accounts.Demo{Business: "Demo", Zone: "Europe/Berlin", Currency: "EUR", Locale: "en", Owner: "Dana"})
		return must(t, in, err)
	}
	dana := session(t, a, enter().Token)
	wantKind(t, a.BeginSecondFactor(t.Context(), dana, byPassword()), problem.Forbidden)
	_, err := a.BeginPasskey(t.Context(), dana, byPassword())
	if err == nil {
		t.Error("a visitor of the demo adds a passkey")
	}
	wantKind(t, a.DemandSecondFactor(t.Context(), dana, "nobody", "everybody"), problem.Forbidden)
	// Should its owner have one all the same, that holds.
	if _, err := d.Pool().ExecContext(t.Context(), "INSERT INTO second_factors (user_id, secret, since) VALUES (?, 'x', ?)", dana.ID, time.Now()); err != nil {
		t.Fatal(err)
	}
	if in := enter(); in.Token != "" || in.Pending == "" {
		t.Errorf("the demo leads around the second factor: %+v", in)
	}
	if ada.Demo {
		t.Error("Ada is in the demo")
	}
}

func must[T any](t *testing.T, v T, err error) T {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestGuessingCodesIsStopped(t *testing.T) {
	a, d, ada := founded(t)
	p, codes := secured(t, a, d, ada)
	pending := halfIn(t, a, ada.Email)
	for i := range 10 {
		_, err := a.FinishLogIn(t.Context(), accounts.SecondStep{Pending: pending, Code: "000000", Address: "192.0.2." + string(rune('0'+i))})
		wantKind(t, err, problem.InvalidInput)
	}
	_, err := a.FinishLogIn(t.Context(), accounts.SecondStep{Pending: pending, Code: p.shows(0), Address: "203.0.113.9"})
	wantKind(t, err, problem.Limited) // wherever it comes from
	if _, err := byRecovery(t, a, pending, codes[0]); err != nil {
		t.Errorf("whoever was guessed at can't come in by a recovery code: %v", err)
	}
	d.MoveClock(15 * time.Minute)
	if _, err := finish(t, a, halfIn(t, a, ada.Email), p.shows(0)); err != nil {
		t.Errorf("after the window: %v", err)
	}
}

func TestOnePlaceGuessesFewCodes(t *testing.T) {
	a, d, ada := founded(t)
	var waiting []string
	for i := range 7 {
		u := member(t, a, ada, string(rune('a'+i))+"@example.org", rules.RoleStaff)
		secured(t, a, d, u)
		d.MoveClock(15 * time.Minute)
		waiting = append(waiting, u.Email)
	}
	limited := 0
	for _, email := range waiting {
		pending := halfIn(t, a, email)
		for range 9 {
			if _, err := finish(t, a, pending, "000000"); problem.KindOf(err) == problem.Limited {
				limited++
			}
		}
	}
	if limited != 3 {
		t.Errorf("of 63 guesses at seven accounts from one place %d were stopped, want 3", limited)
	}
}

func TestRecoveryCodesAreGoodOnceEach(t *testing.T) {
	a, d, ada := founded(t)
	p, codes := secured(t, a, d, ada)
	shape := regexp.MustCompile(`^[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){3}$`)
	if slices.Sort(codes); len(slices.Compact(slices.Clone(codes))) != 10 {
		t.Errorf("codes %v", codes)
	}
	for _, code := range codes {
		if !shape.MatchString(code) {
			t.Errorf("a code is %q", code)
		}
	}
	in, err := byRecovery(t, a, halfIn(t, a, ada.Email), codes[0])
	if err != nil || !in.Recovered {
		t.Fatalf("%+v, %v", in, err)
	}
	_, err = byRecovery(t, a, halfIn(t, a, ada.Email), codes[0])
	if got := fields(err); !slices.Equal(got, []string{"code"}) {
		t.Errorf("a second time: %v", err)
	}
	sloppy := strings.NewReplacer("-", " ", "0", "O", "1", "l").Replace(strings.ToUpper(codes[1]))
	if _, err := byRecovery(t, a, halfIn(t, a, ada.Email), sloppy); err != nil {
		t.Errorf("written as %q: %v", sloppy, err)
	}
	_, err = byRecovery(t, a, halfIn(t, a, ada.Email), p.shows(0))
	wantKind(t, err, problem.InvalidInput)
	_, err = finish(t, a, halfIn(t, a, ada.Email), codes[2])
	wantKind(t, err, problem.InvalidInput)
	if f, err := a.SecondFactor(t.Context(), ada); err != nil || f.CodesLeft != 8 || !f.On {
		t.Errorf("where Ada stands: %+v, %v", f, err)
	}
	for _, code := range codes {
		for _, column := range []string{"code_hash", "HEX(code_hash)"} {
			var n int
			if err := d.Pool().QueryRowContext(t.Context(), "SELECT COUNT(*) FROM recovery_codes WHERE "+column+" LIKE ?", "%"+code+"%").Scan(&n); err != nil || n != 0 {
				t.Errorf("a code stands in the table: %v", err)
			}
		}
	}
}

func TestNewRecoveryCodesTakeThePlaceOfTheOld(t *testing.T) {
	a, d, ada := founded(t)
	_, err := a.NewRecoveryCodes(t.Context(), ada, byPassword(), "")
	wantKind(t, err, problem.Conflict)
	_, old := secured(t, a, d, ada)
	_, err = a.NewRecoveryCodes(t.Context(), ada, accounts.Proof{Password: "not my password"}, "press")
	wantKind(t, err, problem.InvalidInput)
	fresh, err := a.NewRecoveryCodes(t.Context(), ada, byPassword(), "press")
	if err != nil || len(fresh) != 10 {
		t.Fatalf("%v, %v", fresh, err)
	}
	if again, err := a.NewRecoveryCodes(t.Context(), ada, byPassword(), "press"); err != nil || again != nil {
		t.Errorf("a second press gave %v, %v", again, err)
	}
	_, err = byRecovery(t, a, halfIn(t, a, ada.Email), old[0])
	wantKind(t, err, problem.InvalidInput)
	if _, err := byRecovery(t, a, halfIn(t, a, ada.Email), fresh[0]); err != nil {
		t.Error(err)
	}
}

func TestTheSecondFactorMovesToAnotherPhone(t *testing.T) {
	a, d, ada := founded(t)
	old, codes := secured(t, a, d, ada)
	if err := a.BeginSecondFactor(t.Context(), ada, byPassword()); err != nil {
		t.Fatal(err)
	}
	if _, err := finish(t, a, halfIn(t, a, ada.Email), old.shows(0)); err != nil {
		t.Errorf("before the new phone has shown a code the old one is good: %v", err)
	}
	secret, err := a.Secret(t.Context(), ada)
	if err != nil || !secret.Change {
		t.Fatalf("%+v, %v", secret, err)
	}
	fresh := phone{t, d, secret.Key}
	if more, err := a.ConfirmSecondFactor(t.Context(), ada, fresh.shows(0), address); err != nil || more != nil {
		t.Fatalf("%v, %v", more, err)
	}
	d.MoveClock(time.Minute)
	_, err = finish(t, a, halfIn(t, a, ada.Email), old.shows(0))
	wantKind(t, err, problem.InvalidInput)
	if _, err := finish(t, a, halfIn(t, a, ada.Email), fresh.shows(0)); err != nil {
		t.Error(err)
	}
	if _, err := byRecovery(t, a, halfIn(t, a, ada.Email), codes[3]); err != nil {
		t.Errorf("the recovery codes stay: %v", err)
	}
}

func TestSwitchingOffAsksForThePasswordAgain(t *testing.T) {
	a, d, ada := founded(t)
	secured(t, a, d, ada)
	d.MoveClock(15 * time.Minute)
	for range 10 {
		err := a.SwitchOffSecondFactor(t.Context(), ada, accounts.Proof{Password: "not my password"})
		wantKind(t, err, problem.InvalidInput)
	}
	wantKind(t, a.SwitchOffSecondFactor(t.Context(), ada, byPassword()), problem.Limited)
	d.MoveClock(15 * time.Minute)
	if err := a.SwitchOffSecondFactor(t.Context(), ada, byPassword()); err != nil {
		t.Fatal(err)
	}
	if in, err := logIn(t, a, ada.Email, password, address); err != nil || in.Token == "" {
		t.Errorf("the password is not enough: %+v, %v", in, err)
	}
	if rows(t, d, "recovery_codes")+rows(t, d, "second_factors") != 0 {
		t.Error("something is left of it")
	}
}

func TestALostSecondFactorIsTakenOffByWhoMayMakeAPasswordLink(t *testing.T) {
	a, d, ada := founded(t)
	bo := member(t, a, ada, "bo@example.org", rules.RoleStaff)
	boss := member(t, a, ada, "boss@example.org", rules.RoleAdmin)
	wantKind(t, a.TakeOffSecondFactor(t.Context(), ada, bo.PublicID), problem.Conflict)
	secured(t, a, d, bo)
	secured(t, a, d, ada)
	f := signUp()
	f.Email, f.Name, f.Business, f.Press = "eve@example.org", "Eve", "Elsewhere", "elsewhere"
	eve := owner(t, a, f)

	wantKind(t, a.TakeOffSecondFactor(t.Context(), eve, bo.PublicID), problem.NotFound)
	wantKind(t, a.TakeOffSecondFactor(t.Context(), bo, ada.PublicID), problem.Forbidden)
	wantKind(t, a.TakeOffSecondFactor(t.Context(), boss, ada.PublicID), problem.Forbidden)
	wantKind(t, a.TakeOffSecondFactor(t.Context(), ada, ada.PublicID), problem.Forbidden)

	id, err := a.Invite(t.Context(), eve, accounts.Invite{Name: "Bo", Email: bo.Email, Role: "staff"})
	must(t, id, err)
	_, err = a.AcceptInvitation(t.Context(), linkOf(t, a, eve, id), accounts.AcceptInvitation{Name: "Bo", Password: password, Address: address})
	must(t, 0, err)
	wantKind(t, a.TakeOffSecondFactor(t.Context(), ada, bo.PublicID), problem.Forbidden)
	if err := a.RemoveMember(t.Context(), eve, bo.PublicID); err != nil {
		t.Fatal(err)
	}

	pending := halfIn(t, a, bo.Email)
	if m, err := a.Member(t.Context(), boss, bo.PublicID); err != nil || !m.SecondFactor || m.Elsewhere {
		t.Errorf("the page of Bo says %+v, %v", m, err)
	}
	if err := a.TakeOffSecondFactor(t.Context(), boss, bo.PublicID); err != nil {
		t.Fatal(err)
	}
	wantKind(t, a.PendingLogIn(t.Context(), pending), problem.Gone)
	if in, err := logIn(t, a, bo.Email, password, address); err != nil || in.Token == "" {
		t.Errorf("%+v, %v", in, err)
	}
	if acts := audited(t, d, ada.TenantID); !slices.Contains(acts, "second_factor.take_off") || !slices.Contains(acts, "second_factor.on") {
		t.Errorf("the trail has %v", acts)
	}
}

func TestTheOperatorResetsASecondFactor(t *testing.T) {
	a, d, ada := founded(t)
	secured(t, a, d, ada)
	_, err := a.ResetSecondFactor(t.Context(), "nobody@example.org")
	if got := fields(err); !slices.Equal(got, []string{"email"}) {
		t.Errorf("for nobody: %v", err)
	}
	if was, err := a.ResetSecondFactor(t.Context(), " ADA@example.org"); err != nil || !was {
		t.Fatalf("%t, %v", was, err)
	}
	if was, err := a.ResetSecondFactor(t.Context(), ada.Email); err != nil || was {
		t.Errorf("a second time: %t, %v", was, err)
	}
	if in, err := logIn(t, a, ada.Email, password, address); err != nil || in.Token == "" {
		t.Errorf("%+v, %v", in, err)
	}
	if acts := audited(t, d, ada.TenantID); !slices.Contains(acts, "second_factor.reset") {
		t.Errorf("the trail has %v", acts)
	}
}

// audited are the actions in a business's trail.
func audited(t *testing.T, d *db.DB, tenantID int64) (acts []string) {
	t.Helper()
	list, err := d.Pool().QueryContext(t.Context(), "SELECT action FROM audit_entries WHERE tenant_id = ? ORDER BY id", tenantID)
	if err != nil {
		t.Fatal(err)
	}
	defer list.Close()
	for list.Next() {
		var act string
		if err := list.Scan(&act); err != nil {
			t.Fatal(err)
		}
		acts = append(acts, act)
	}
	if err := list.Err(); err != nil {
		t.Fatal(err)
	}
	return acts
}

func TestABusinessDemandsASecondFactor(t *testing.T) {
	a, d, ada := founded(t)
	token := func(email string) string {
		in, err := logIn(t, a, email, password, address)
		return must(t, in, err).Token
	}
	bo := member(t, a, ada, "bo@example.org", rules.RoleStaff)
	boss := member(t, a, ada, "boss@example.org", rules.RoleAdmin)
	as := map[string]string{"owner": token(ada.Email), "admin": token(boss.Email), "staff": token(bo.Email)}
	owes := func() (who []string) {
		for _, role := range []string{"owner", "admin", "staff"} {
			if session(t, a, as[role]).OwesFactor {
				who = append(who, role)
			}
		}
		return who
	}
	wantKind(t, a.DemandSecondFactor(t.Context(), boss, "nobody", "everybody"), problem.Forbidden)
	wantKind(t, a.DemandSecondFactor(t.Context(), ada, "everybody", "managers"), problem.Conflict)
	wantKind(t, a.DemandSecondFactor(t.Context(), ada, "nobody", "me"), problem.InvalidInput)
	before := "nobody"
	for _, c := range []struct {
		demand string
		owe    []string
	}{{"nobody", nil}, {"managers", []string{"owner", "admin"}}, {"everybody", []string{"owner", "admin", "staff"}}} {
		if err := a.DemandSecondFactor(t.Context(), ada, before, c.demand); err != nil {
			t.Fatal(err)
		}
		before = c.demand
		if got := owes(); !slices.Equal(got, c.owe) {
			t.Errorf("%s demanded of: %v", c.demand, got)
		}
	}
	secured(t, a, d, bo)
	if got := owes(); !slices.Equal(got, []string{"owner", "admin"}) {
		t.Errorf("once Bo has one: %v", got)
	}
	wantKind(t, a.SwitchOffSecondFactor(t.Context(), session(t, a, as["staff"]), byPassword()), problem.Forbidden)
}

// told are the kinds of emails that a user was owed, the oldest first.
func told(t *testing.T, d *db.DB, userID int64) (kinds []string) {
	t.Helper()
	list, err := d.Pool().QueryContext(t.Context(), "SELECT kind FROM user_messages WHERE user_id = ? ORDER BY id", userID)
	if err != nil {
		t.Fatal(err)
	}
	defer list.Close()
	for list.Next() {
		var kind string
		if err := list.Scan(&kind); err != nil {
			t.Fatal(err)
		}
		kinds = append(kinds, kind)
	}
	if err := list.Err(); err != nil {
		t.Fatal(err)
	}
	return kinds
}

func TestTheOwnerOfALoginIsToldOfEachChange(t *testing.T) {
	a, d, ada := founded(t)
	a = a.At(site)
	bo := member(t, a, ada, "bo@example.org", rules.RoleStaff)
	_, codes := secured(t, a, d, bo)
	if _, err := byRecovery(t, a, halfIn(t, a, bo.Email), codes[0]); err != nil {
		t.Fatal(err)
	}
	_, err := a.NewRecoveryCodes(t.Context(), bo, byPassword(), "press")
	must(t, 0, err)
	passkey := add(t, a, bo, newAuthenticator(t))
	must(t, 0, a.RemovePasskey(t.Context(), bo, passkey, byPassword()))
	must(t, 0, a.SwitchOffSecondFactor(t.Context(), bo, byPassword()))
	secured(t, a, d, bo)
	must(t, 0, a.TakeOffSecondFactor(t.Context(), ada, bo.PublicID))
	secured(t, a, d, bo)
	_, err = a.ResetSecondFactor(t.Context(), bo.Email)
	must(t, 0, err)
	want := []string{"factor_on", "recovery_used", "recovery_codes", "passkey_added", "passkey_removed", "factor_off", "factor_on", "factor_off", "factor_on", "factor_off"}
	if got := told(t, d, bo.ID); !slices.Equal(got, want) {
		t.Errorf("Bo was told %v, want %v", got, want)
	}
	if got := told(t, d, ada.ID); len(got) != 0 {
		t.Errorf("Ada was told %v", got)
	}
}
