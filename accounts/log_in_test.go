package accounts_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
)

func logIn(t *testing.T, a *accounts.Accounts, email, password, address string) (accounts.LoggedIn, error) {
	t.Helper()
	return a.LogIn(t.Context(), accounts.LogIn{Email: email, Password: password, Address: address})
}

func TestLoggingIn(t *testing.T) {
	a, _, u := founded(t)
	in, err := logIn(t, a, " ADA@Example.org ", password, address)
	if err != nil {
		t.Fatal(err)
	}
	if got := session(t, a, in.Token); got.ID != u.ID || got.SessionID == u.SessionID || in.Businesses != 1 {
		t.Errorf("logged in as %+v", got)
	}
	_, unknown := logIn(t, a, "eve@example.org", password, address)
	_, wrong := logIn(t, a, "ada@example.org", "wrong horse battery", address)
	wantKind(t, unknown, problem.InvalidInput)
	if unknown == nil || wrong == nil || unknown.Error() != wrong.Error() {
		t.Errorf("the refusals tell who has a login: %v, %v", unknown, wrong)
	}
	_, err = logIn(t, a, "", "", address)
	if got := fields(err); !slices.Equal(got, []string{"email", "password"}) {
		t.Errorf("with nothing typed: %v", err)
	}
}

func TestASessionEnds(t *testing.T) {
	for name, end := range map[string]func(a *accounts.Accounts, token string, move func(time.Duration)) error{
		"by logging out": func(a *accounts.Accounts, token string, _ func(time.Duration)) error {
			return a.LogOut(t.Context(), token)
		},
		"fourteen idle days on": func(_ *accounts.Accounts, _ string, move func(time.Duration)) error {
			move(accounts.SessionIdle)
			return nil
		},
		"sixty days on, though it is used every day": func(a *accounts.Accounts, token string, move func(time.Duration)) error {
			for range 59 {
				move(24 * time.Hour)
				if _, err := a.UserOf(t.Context(), token); err != nil {
					return err
				}
			}
			move(24 * time.Hour)
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			a, d, _ := founded(t)
			in, err := logIn(t, a, "ada@example.org", password, address)
			if err != nil {
				t.Fatal(err)
			}
			session(t, a, in.Token)
			if err := end(a, in.Token, d.MoveClock); err != nil {
				t.Fatal(err)
			}
			_, err = a.UserOf(t.Context(), in.Token)
			wantKind(t, err, problem.Unauthenticated)
		})
	}
}

func TestASessionLivesJustUnderItsBounds(t *testing.T) {
	a, d, _ := founded(t)
	in, err := logIn(t, a, "ada@example.org", password, address)
	if err != nil {
		t.Fatal(err)
	}
	d.MoveClock(accounts.SessionIdle - time.Minute)
	session(t, a, in.Token)
	d.MoveClock(accounts.SessionIdle - time.Minute) // idle counts from the last sight
	session(t, a, in.Token)
}

func TestAnUnknownSessionIsNobodys(t *testing.T) {
	a, _, _ := founded(t)
	for _, token := range []string{"", "x", "\xff\x00", "' OR 1=1 -- "} {
		_, err := a.UserOf(t.Context(), token)
		wantKind(t, err, problem.Unauthenticated)
	}
}

func TestGuessingIsStopped(t *testing.T) {
	a, d, _ := founded(t)
	for range 10 {
		_, err := logIn(t, a, "ada@example.org", "wrong horse battery", address)
		wantKind(t, err, problem.InvalidInput)
	}
	_, err := logIn(t, a, "ada@example.org", password, address)
	wantKind(t, err, problem.Limited)
	_, err = logIn(t, a, "Ada@Example.org", password, address) // written otherwise it is the same account
	wantKind(t, err, problem.Limited)
	if _, err := logIn(t, a, "ada@example.org", password, "198.51.100.1"); err != nil {
		t.Errorf("from elsewhere the owner can't come in: %v", err)
	}
	d.MoveClock(15 * time.Minute)
	if _, err := logIn(t, a, "ada@example.org", password, address); err != nil {
		t.Errorf("after the window: %v", err)
	}
}

func TestGuessingAtOnceIsNoFaster(t *testing.T) {
	a, _, _ := founded(t)
	var wait sync.WaitGroup
	errs := make([]error, 30)
	for i := range errs {
		wait.Go(func() {
			_, errs[i] = a.LogIn(t.Context(), accounts.LogIn{Email: "ada@example.org", Password: "wrong horse battery", Address: address})
		})
	}
	wait.Wait()
	tried := 0
	for _, err := range errs {
		if problem.KindOf(err) == problem.InvalidInput {
			tried++
		} else {
			wantKind(t, err, problem.Limited)
		}
	}
	if tried > 10 {
		t.Errorf("%d passwords were tried", tried)
	}
}

func TestOnePlaceGuessesAtFewAccounts(t *testing.T) {
	a, _, _ := founded(t)
	for i := range 60 {
		_, err := logIn(t, a, string(rune('a'+i%26))+string(rune('a'+i/26))+"@example.org", password, "2001:db8::"+string(rune('1'+i%9)))
		wantKind(t, err, problem.InvalidInput)
	}
	_, err := logIn(t, a, "ada@example.org", password, "2001:db8::ffff:1") // another address of the same network
	wantKind(t, err, problem.Limited)
}

func TestLoggingInForgetsEarlierMistakes(t *testing.T) {
	a, _, _ := founded(t)
	for range 3 {
		for range 9 {
			_, err := logIn(t, a, "ada@example.org", "wrong horse battery", address)
			wantKind(t, err, problem.InvalidInput)
		}
		if _, err := logIn(t, a, "ada@example.org", password, address); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAUserGoesFromOneBusinessToAnother(t *testing.T) {
	a, _, first := founded(t)
	f := signUp()
	f.Business, f.Press = "Second", "second"
	second := owner(t, a, f)
	in, err := logIn(t, a, "ada@example.org", password, address)
	if err != nil {
		t.Fatal(err)
	}
	u := session(t, a, in.Token)
	if u.TenantID != first.TenantID || in.Businesses != 2 {
		t.Errorf("logged in to business %d of %d", u.TenantID, in.Businesses)
	}
	list, err := a.Businesses(t.Context(), u)
	if err != nil || len(list) != 2 || !list[0].Here || list[1].Here {
		t.Fatalf("businesses %+v, %v", list, err)
	}
	fresh, err := a.Enter(t.Context(), u, in.Token, list[1].ID)
	if err != nil {
		t.Fatal(err)
	}
	if got := session(t, a, fresh); got.TenantID != second.TenantID || got.Role != rules.RoleOwner {
		t.Errorf("entered %+v", got)
	}
	_, err = a.UserOf(t.Context(), in.Token)
	wantKind(t, err, problem.Unauthenticated)

	stranger := signUp()
	stranger.Email, stranger.Press, stranger.Business = "eve@example.org", "eve", "Third"
	eve := owner(t, a, stranger)
	_, err = a.Enter(t.Context(), eve, "", list[1].ID)
	wantKind(t, err, problem.NotFound)
}

func TestAnOldPasswordOpensNothingOnceThereIsANewOne(t *testing.T) {
	a, d, ada := founded(t)
	bo := member(t, a, ada, "bo@example.org", rules.RoleStaff)
	old := password
	for round := range 12 {
		d.MoveClock(time.Hour) // past the window of attempts
		link, fresh := passwordLink(t, a, ada, bo), fmt.Sprintf("another staple number %d", round)
		var wait sync.WaitGroup
		var in accounts.LoggedIn
		var logInErr, setErr error
		wait.Go(func() {
			in, logInErr = a.LogIn(t.Context(), accounts.LogIn{Email: bo.Email, Password: old, Address: address})
		})
		wait.Go(func() { setErr = a.SetPassword(t.Context(), link, fresh) })
		wait.Wait()
		if setErr != nil {
			t.Fatal(setErr)
		}
		if logInErr == nil {
			_, err := a.UserOf(t.Context(), in.Token)
			wantKind(t, err, problem.Unauthenticated)
		}
		old = fresh
	}
}
