package accounts_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/invariants"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
)

// letters are the kinds of emails owed to users, with the address they go to, the oldest first.
func letters(t *testing.T, d *db.DB) []string {
	t.Helper()
	rows, err := d.Pool().QueryContext(t.Context(), "SELECT id FROM user_messages ORDER BY id")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var list []string
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			t.Fatal(err)
		}
		m, err := d.GetUserMessage(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		to, err := d.SystemBox().Open(seal.Where{Table: "user_messages", Column: "email", Row: m.MessageID}, m.Email)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, m.Kind+" "+to)
	}
	return list
}

func wantLetters(t *testing.T, d *db.DB, want ...string) {
	t.Helper()
	if got := letters(t, d); !slices.Equal(got, want) {
		t.Errorf("the emails owed are %q, want %q", got, want)
	}
}

// again logs in on another device.
func again(t *testing.T, a *accounts.Accounts, email string) accounts.User {
	t.Helper()
	ctx := accounts.OnDevice(t.Context(), accounts.DeviceOf("Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"))
	in, err := a.LogIn(ctx, accounts.LogIn{Email: email, Password: password, Address: address})
	if err != nil {
		t.Fatal(err)
	}
	return session(t, a, in.Token)
}

func count(t *testing.T, a *accounts.Accounts, u accounts.User) int {
	t.Helper()
	list, err := a.Sessions(t.Context(), u)
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}

func TestALostPasswordIsSetByTheNewestLinkOnce(t *testing.T) {
	a, d, ada := founded(t)
	for _, email := range []string{"nobody@example.org", "Ada@Example.org", "ada@example.org"} {
		if err := a.LostPassword(t.Context(), accounts.LostPassword{Email: email, Locale: "de", Address: address}); err != nil {
			t.Fatal(err)
		}
		if n, err := a.SendPasswordLinks(t.Context()); err != nil || (n == 1) != (email != "nobody@example.org") {
			t.Fatalf("%s: %d links are owed: %v", email, n, err)
		}
	}
	wantLetters(t, d, "password_link ada@example.org", "password_link ada@example.org")
	if n := rows(t, d, "password_links") + rows(t, d, "password_requests"); n != 1 {
		t.Errorf("%d links and wishes are left, want the newest link", n)
	}
	link, err := d.PasswordLinkOfUser(t.Context(), ada.ID)
	if err != nil {
		t.Fatal(err)
	}
	token := d.Tokens().Reset(ada.PublicID, link.CreatedAt)
	wantKind(t, a.SetPassword(t.Context(), token, "Salon Müller 2027"), problem.InvalidInput)
	if err := a.SetPassword(t.Context(), token, "a staple of another kind"); err != nil {
		t.Fatal(err)
	}
	wantKind(t, a.SetPassword(t.Context(), token, "a staple of a third kind"), problem.Gone)
	if rows(t, d, "sessions WHERE revoked_at IS NULL") != 0 {
		t.Error("a session outlived the password")
	}
	if got := letters(t, d); got[len(got)-1] != "password_changed ada@example.org" {
		t.Errorf("the emails owed are %q", got)
	}
}

func TestALinkThatWasEmailedIsShownToNobodyElseAndLastsAnHour(t *testing.T) {
	a, d, ada := founded(t)
	bo := member(t, a, ada, "bo@example.org", rules.RoleStaff)
	if err := a.LostPassword(t.Context(), accounts.LostPassword{Email: bo.Email}); err != nil {
		t.Fatal(err)
	}
	if _, err := a.SendPasswordLinks(t.Context()); err != nil {
		t.Fatal(err)
	}
	m, err := a.Member(t.Context(), ada, bo.PublicID)
	if err != nil || m.PasswordLink != "" {
		t.Errorf("the owner is shown %q: %v", m.PasswordLink, err)
	}
	link, err := d.PasswordLinkOfUser(t.Context(), bo.ID)
	if err != nil {
		t.Fatal(err)
	}
	d.MoveClock(time.Hour)
	_, err = a.PasswordPage(t.Context(), d.Tokens().Reset(bo.PublicID, link.CreatedAt))
	wantKind(t, err, problem.Gone)
}

func TestOneAddressIsNotFloodedAndOnePlaceIsStopped(t *testing.T) {
	a, d, _ := founded(t)
	for range 20 {
		if err := a.LostPassword(t.Context(), accounts.LostPassword{Email: "ada@example.org", Address: address}); err != nil {
			t.Fatalf("more wishes for one address are told from fewer: %v", err)
		}
	}
	if n := rows(t, d, "password_requests"); n != 3 {
		t.Errorf("%d wishes were kept, want 3", n)
	}
	wantKind(t, a.LostPassword(t.Context(), accounts.LostPassword{Email: "someone@example.org", Address: address}), problem.Limited)
}

func TestANewPasswordNeedsTheOldOneAndEndsTheOtherSessions(t *testing.T) {
	a, d, ada := founded(t)
	other := again(t, a, ada.Email)
	_, err := a.ChangePassword(t.Context(), ada, "wrong horse battery", "a staple of another kind")
	if wantKind(t, err, problem.InvalidInput); !slices.Equal(fields(err), []string{"present_password"}) {
		t.Errorf("refused %v", fields(err))
	}
	token, err := a.ChangePassword(t.Context(), ada, password, "a staple of another kind")
	if err != nil {
		t.Fatal(err)
	}
	fresh := session(t, a, token)
	if n := count(t, a, fresh); n != 1 || fresh.SessionID == ada.SessionID || other.SessionID == fresh.SessionID {
		t.Errorf("%d sessions, the new one is %d", n, fresh.SessionID)
	}
	wantLetters(t, d, "password_changed ada@example.org")
}

func TestGuessingThePresentPasswordIsBounded(t *testing.T) {
	a, _, ada := founded(t)
	var err error
	for range 11 {
		_, err = a.ChangePassword(t.Context(), ada, "wrong horse battery", "a staple of another kind")
	}
	wantKind(t, err, problem.Limited)
}

// changing begins a change of Ada's address and gives the tokens of both links.
func changing(t *testing.T, a *accounts.Accounts, d *db.DB, ada accounts.User, to string) (atNew, atOld string) {
	t.Helper()
	if err := a.BeginEmailChange(t.Context(), ada, to, password); err != nil {
		t.Fatal(err)
	}
	row, err := d.EmailChangeOfUser(t.Context(), ada.ID)
	if err != nil {
		t.Fatal(err)
	}
	return d.Tokens().Make(seal.TokenNew, row.PublicID, 1), d.Tokens().Make(seal.TokenOld, row.PublicID, 1)
}

func TestAnAddressChangesOnceBothAgree(t *testing.T) {
	for name, newFirst := range map[string]bool{"the new one first": true, "the old one first": false} {
		t.Run(name, func(t *testing.T) {
			a, d, ada := founded(t)
			first, second := changing(t, a, d, ada, "ada@example.net")
			if !newFirst {
				first, second = second, first
			}
			for range 2 { // a second press is no second yes
				if done, err := a.AgreeToEmailChange(t.Context(), first); done || err != nil {
					t.Fatalf("one yes made the change: %t, %v", done, err)
				}
			}
			if done, err := a.AgreeToEmailChange(t.Context(), second); !done || err != nil {
				t.Fatalf("both agreed: %t, %v", done, err)
			}
			_, err := a.AgreeToEmailChange(t.Context(), second)
			wantKind(t, err, problem.Gone)
			again(t, a, "ada@example.net")
			_, err = a.LogIn(t.Context(), accounts.LogIn{Email: "ada@example.org", Password: password})
			wantKind(t, err, problem.InvalidInput)
			wantLetters(t, d, "email_old ada@example.org", "email_new ada@example.net", "email_changed ada@example.org", "email_changed ada@example.net")
		})
	}
}

func TestEitherAddressStopsAChangeAndNoneOutlastsADay(t *testing.T) {
	a, d, ada := founded(t)
	atNew, atOld := changing(t, a, d, ada, "ada@example.net")
	for _, token := range []string{atNew, atOld} {
		if _, err := a.EmailChangePage(t.Context(), token); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.StopEmailChange(t.Context(), atNew); err != nil {
		t.Fatal(err)
	}
	_, err := a.AgreeToEmailChange(t.Context(), atOld)
	wantKind(t, err, problem.Gone)
	_, atOld = changing(t, a, d, ada, "ada@example.net")
	_, newest := changing(t, a, d, ada, "ada@example.com")
	wantKind(t, a.StopEmailChange(t.Context(), atOld), problem.Gone)
	d.MoveClock(24 * time.Hour)
	_, err = a.AgreeToEmailChange(t.Context(), newest)
	wantKind(t, err, problem.Gone)
}

func TestAnAddressThatHasALoginIsNotToldAndNotTaken(t *testing.T) {
	a, d, ada := founded(t)
	bo := member(t, a, ada, "bo@example.org", rules.RoleStaff)
	atNew, atOld := changing(t, a, d, ada, bo.Email)
	if _, err := a.AgreeToEmailChange(t.Context(), atOld); err != nil {
		t.Fatal(err)
	}
	_, err := a.AgreeToEmailChange(t.Context(), atNew)
	wantKind(t, err, problem.Conflict)
}

func TestSessionsAreListedAndEndedOneByOneOrAll(t *testing.T) {
	a, _, ada := founded(t)
	phone := again(t, a, ada.Email)
	list, err := a.Sessions(t.Context(), phone)
	if err != nil || len(list) != 2 || !list[0].Here || list[0].Device != (accounts.Device{Browser: "Chrome", System: "Android"}) || list[1].Here {
		t.Fatalf("listed %+v: %v", list, err)
	}
	eve := owner(t, a, accounts.SignUp{
		Business: "Elsewhere", Zone: "Europe/Paris", Currency: "EUR", Name: "Eve", Email: "eve@example.org", Password: password, Press: "press-two", Address: address,
	})
	wantKind(t, a.EndSession(t.Context(), eve, list[1].ID), problem.NotFound)
	if err := a.EndSession(t.Context(), phone, list[1].ID); err != nil || count(t, a, phone) != 1 {
		t.Errorf("ending one: %v, %d are left", err, count(t, a, phone))
	}
	again(t, a, ada.Email)
	again(t, a, ada.Email)
	if n, err := a.EndOtherSessions(t.Context(), phone); n != 2 || err != nil || count(t, a, phone) != 1 || count(t, a, eve) != 1 {
		t.Errorf("ending the others: %d, %v", n, err)
	}
}

func TestTheLastOwnerNeitherLeavesNorIsLeftBehind(t *testing.T) {
	a, d, ada := founded(t)
	_, err := a.Leave(t.Context(), ada)
	wantKind(t, err, problem.Conflict)
	bo := member(t, a, ada, "bo@example.org", rules.RoleStaff)
	_, err = a.HandOver(t.Context(), bo, ada.PublicID, password)
	wantKind(t, err, problem.Forbidden)
	_, err = a.HandOver(t.Context(), ada, bo.PublicID, "wrong horse battery")
	wantKind(t, err, problem.InvalidInput)
	token, err := a.HandOver(t.Context(), ada, bo.PublicID, password)
	if err != nil {
		t.Fatal(err)
	}
	if ada = session(t, a, token); ada.Role != rules.RoleAdmin {
		t.Errorf("the owner is %q now", ada.Role)
	}
	if bo = again(t, a, bo.Email); bo.Role != rules.RoleOwner {
		t.Errorf("the new owner is %q", bo.Role)
	}
	got := letters(t, d)
	if want := []string{"ownership_taken bo@example.org", "ownership_given ada@example.org"}; !slices.Equal(got[len(got)-2:], want) {
		t.Errorf("the emails owed are %q", got)
	}
	if token, err := a.Leave(t.Context(), ada); err != nil || token != "" {
		t.Errorf("an admin can't leave: %q, %v", token, err)
	}
	_, err = a.LogIn(t.Context(), accounts.LogIn{Email: ada.Email, Password: password})
	wantKind(t, err, problem.Forbidden)
}

// TestTwoOwnersWhoGoAtOnceLeaveOneBehind: its control is in negative/controls_test.go.
func TestTwoOwnersWhoGoAtOnceLeaveOneBehind(t *testing.T) {
	a, d, ada := founded(t)
	bo := member(t, a, ada, "bo@example.org", rules.RoleAdmin)
	if err := a.ChangeRole(t.Context(), ada, bo.PublicID, string(rules.RoleOwner)); err != nil {
		t.Fatal(err)
	}
	bo = again(t, a, bo.Email)
	acts := map[string][2]func() error{
		"leaving": {
			func() error { _, err := a.Leave(t.Context(), ada); return err },
			func() error { _, err := a.Leave(t.Context(), bo); return err },
		},
		"demoting each other": {
			func() error { return a.ChangeRole(t.Context(), ada, bo.PublicID, "staff") },
			func() error { return a.ChangeRole(t.Context(), bo, ada.PublicID, "staff") },
		},
		"removing each other": {
			func() error { return a.RemoveMember(t.Context(), ada, bo.PublicID) },
			func() error { return a.RemoveMember(t.Context(), bo, ada.PublicID) },
		},
	}
	for name, both := range acts {
		for range 8 {
			var wait sync.WaitGroup
			for _, act := range both {
				wait.Go(func() { _ = act() }) // one is refused
			}
			wait.Wait()
			if n := rows(t, d, "memberships WHERE role = 'owner'"); n != 1 {
				t.Fatalf("%s: %d owners are left, want 1", name, n)
			}
			for _, statement := range []string{
				"INSERT IGNORE INTO memberships (tenant_id, user_id, role, created_at) SELECT t.id, u.id, 'owner', t.created_at FROM tenants t JOIN users u",
				"UPDATE memberships SET role = 'owner'",
			} {
				if _, err := d.Pool().ExecContext(t.Context(), statement); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

func TestAnInvitationIsEmailedAndSentAgainUntilItIsOver(t *testing.T) {
	a, d, ada := founded(t)
	id, err := a.Invite(t.Context(), ada, accounts.Invite{Name: "Bo", Email: "bo@example.org", Role: "staff"})
	if err != nil {
		t.Fatal(err)
	}
	wantLetters(t, d, "invitation bo@example.org")
	d.MoveClock(8 * 24 * time.Hour)
	for range 2 { // pressed twice
		if err := a.SendInvitation(t.Context(), ada, id); err != nil {
			t.Fatal(err)
		}
	}
	if got := letters(t, d); len(got) < 2 || len(got) > 3 { // three when a minute turned in between
		t.Errorf("the emails owed are %q", got)
	}
	if _, err := a.InvitationPage(t.Context(), linkOf(t, a, ada, id)); err != nil {
		t.Errorf("the link that was sent again: %v", err)
	}
	if err := a.TakeBack(t.Context(), ada, id); err != nil {
		t.Fatal(err)
	}
	wantKind(t, a.SendInvitation(t.Context(), ada, id), problem.NotFound)
}

func TestAProfileIsTheUsersOwn(t *testing.T) {
	a, d, ada := founded(t)
	wantKind(t, a.ChangeProfile(t.Context(), ada, accounts.Profile{Name: " ", Locale: "xx"}), problem.InvalidInput)
	if err := a.ChangeProfile(t.Context(), ada, accounts.Profile{Name: "Countess", Locale: "de"}); err != nil {
		t.Fatal(err)
	}
	if u := again(t, a, ada.Email); u.Name != "Countess" || u.Locale != "de" {
		t.Errorf("now %q, %q", u.Name, u.Locale)
	}
	now, err := d.Now(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if broken, err := invariants.Check(t.Context(), d, now); len(broken) > 0 || err != nil {
		t.Errorf("broken: %v, %v", broken, err)
	}
}

func TestADeviceIsTheBrowserAndTheSystemAndNothingMore(t *testing.T) {
	for agent, want := range map[string]string{
		"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0":                                                "Firefox Linux",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0": "Edge Windows",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1":   "Safari iPhone",
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36":     "Chrome Mac",
		"curl/8.1": "",
	} {
		d := accounts.DeviceOf(agent)
		if got := strings.TrimSpace(d.Browser + " " + d.System); got != want {
			t.Errorf("%q is %q, want %q", agent, got, want)
		}
	}
}
