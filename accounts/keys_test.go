package accounts_test

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/accounts/token"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
)

func newKey() accounts.NewKey {
	return accounts.NewKey{Name: " Website ", Scopes: []string{"slots:read", "list:write", "list:read"}, Expires: accounts.ExpiresNever, Press: seal.PublicID()}
}

// made is a key that a user makes, with its secret.
func made(t *testing.T, a *accounts.Accounts, u accounts.User, f accounts.NewKey) accounts.KeySecret {
	t.Helper()
	key, err := a.CreateKey(t.Context(), u, f)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func line(t *testing.T, a *accounts.Accounts, u accounts.User, id string) accounts.KeyPage {
	t.Helper()
	page, err := a.KeyPage(t.Context(), u, id)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

func proved(t *testing.T, a *accounts.Accounts, key accounts.KeySecret) accounts.Key {
	t.Helper()
	k, err := a.ProveKey(t.Context(), key.ID, key.Secret)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func unproved(t *testing.T, a *accounts.Accounts, what, id, secret string) {
	t.Helper()
	if k, err := a.ProveKey(t.Context(), id, secret); problem.KindOf(err) != problem.Unauthenticated || k.ID != 0 {
		t.Errorf("%s: %+v (%v)", what, k, err)
	}
}

func TestWhoKnowsTheSecretComesInAsTheKey(t *testing.T) {
	a, d, ada := founded(t)
	key := made(t, a, ada, newKey())
	if !strings.HasPrefix(key.Secret, "wlk_") || len(key.Secret) != 4+43 {
		t.Errorf("the secret is %d characters, %.4s…", len(key.Secret), key.Secret)
	}
	k := proved(t, a, key)
	if k.PublicID != key.ID || k.TenantID != ada.TenantID || k.Name != "Website" || k.Scopes.String() != "list:read list:write slots:read" || k.MadeBy != ada.ID ||
		k.TokenVersion != 1 || k.OldSecret || !k.May(rules.ScopeListWrite) || k.May(rules.ScopeSetupRead) {
		t.Errorf("it comes in as %+v", k)
	}
	if s := k.Staff(); s.TenantID != ada.TenantID || s.UserID != ada.ID || s.KeyID != k.ID || s.KeyID == 0 {
		t.Errorf("it acts as %+v", s)
	}
	another := made(t, a, ada, accounts.NewKey{Name: "Till", Scopes: []string{"slots:write"}, Expires: accounts.ExpiresNever})
	unproved(t, a, "another key's secret", key.ID, another.Secret)
	unproved(t, a, "no secret", key.ID, "")
	unproved(t, a, "half a secret", key.ID, key.Secret[:20])
	unproved(t, a, "a blank behind", key.ID, key.Secret+" ")
	unproved(t, a, "the digest", key.ID, string(seal.HashToken(key.Secret)))
	unproved(t, a, "nobody's key", "nobody", key.Secret)
	unproved(t, a, "no key", "", "")
	unproved(t, a, "an id in other letters", strings.ToLower(key.ID), key.Secret)
	// Not the secret, not even a part of it, is anywhere.
	for _, table := range []string{"api_keys", "audit_entries", "form_presses"} {
		if text := dump(t, d, table); strings.Contains(text, key.Secret[4:20]) {
			t.Errorf("%s holds the secret: %s", table, text)
		}
	}
}

// dump is all that stands in a table.
func dump(t *testing.T, d *db.DB, table string) string {
	t.Helper()
	rows, err := d.Pool().QueryContext(t.Context(), "SELECT * FROM "+table)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var all bytes.Buffer
	for rows.Next() {
		cells := make([]any, len(columns))
		for i := range cells {
			cells[i] = new([]byte)
		}
		if err := rows.Scan(cells...); err != nil {
			t.Fatal(err)
		}
		for _, cell := range cells {
			all.Write(*cell.(*[]byte))
			all.WriteByte('\n')
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all.String()
}

func TestPressedTwiceOneKeyIsMadeWhoseSecretIsShownOnce(t *testing.T) {
	a, d, ada := founded(t)
	f := newKey()
	first := made(t, a, ada, f)
	if again := made(t, a, ada, f); again.ID != first.ID || again.Secret != "" {
		t.Errorf("pressed again: %+v, want %s without a secret", again, first.ID)
	}
	if n := rows(t, d, "api_keys"); n != 1 {
		t.Errorf("%d keys were made", n)
	}
	proved(t, a, first)
}

func TestWhatIsWrongInTheFormOfAKeyIsNamed(t *testing.T) {
	a, d, ada := founded(t)
	for _, c := range []struct {
		change func(*accounts.NewKey)
		fields []string
	}{
		{func(f *accounts.NewKey) { f.Name = " " }, []string{"name"}},
		{func(f *accounts.NewKey) { f.Name = strings.Repeat("ä", 61) }, []string{"name"}},
		{func(f *accounts.NewKey) { f.Name = "a\nb" }, []string{"name"}},
		{func(f *accounts.NewKey) { f.Scopes = nil }, []string{"scopes"}},
		{func(f *accounts.NewKey) { f.Scopes = []string{"list:read", "everything"} }, []string{"scopes"}},
		{func(f *accounts.NewKey) { f.Expires = "" }, []string{"expires"}},
		{func(f *accounts.NewKey) { f.Expires = "31" }, []string{"expires"}},
		{func(f *accounts.NewKey) { f.Expires = accounts.ExpiresOn }, []string{"expires_on"}},
		{func(f *accounts.NewKey) { f.Expires, f.ExpiresOn = accounts.ExpiresOn, "2027-02-30" }, []string{"expires_on"}},
		{func(f *accounts.NewKey) { f.Expires, f.ExpiresOn = accounts.ExpiresOn, "2020-01-01" }, []string{"expires_on"}},
		{func(f *accounts.NewKey) { f.Expires, f.ExpiresOn = accounts.ExpiresOn, "2080-01-01" }, []string{"expires_on"}},
		{func(f *accounts.NewKey) { f.Name, f.Scopes, f.Expires = "", nil, "soon" }, []string{"name", "scopes", "expires"}},
	} {
		f := newKey()
		c.change(&f)
		_, err := a.CreateKey(t.Context(), ada, f)
		wantKind(t, err, problem.InvalidInput)
		if got := fields(err); !slices.Equal(got, c.fields) {
			t.Errorf("%+v: refused %v, want %v", f, got, c.fields)
		}
	}
	if n := rows(t, d, "api_keys"); n != 0 {
		t.Errorf("%d keys were made all the same", n)
	}
	f := newKey()
	f.Name = strings.Repeat("ä", 60)
	made(t, a, ada, f)
}

func TestAKeyEndsWhenItsTimeIsOver(t *testing.T) {
	a, d, ada := founded(t)
	now, err := d.Now(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	last := rules.DateOf(now, zone).AddDays(3)
	f := newKey()
	f.Expires = "30"
	month := made(t, a, ada, f)
	f = newKey()
	f.Expires, f.ExpiresOn = accounts.ExpiresOn, last.String()
	days := made(t, a, ada, f)
	if at := line(t, a, ada, days.ID).ExpiresAt; at == nil || !at.Equal(last.AddDays(1).In(0, zone)) {
		t.Errorf("it ends at %v, want the midnight after %s in Berlin", at, last)
	}
	end := last.AddDays(1).In(0, zone)
	d.MoveClock(end.Sub(now) - time.Minute)
	proved(t, a, days)
	d.MoveClock(time.Minute)
	unproved(t, a, "over since midnight", days.ID, days.Secret)
	if one := line(t, a, ada, days.ID); one.State != accounts.KeyExpired {
		t.Errorf("its state is %s", one.State)
	}
	_, err = a.RotateKey(t.Context(), ada, days.ID, accounts.RotateKey{Grace: "0", Version: 1})
	wantKind(t, err, problem.Conflict)
	wantKind(t, a.ChangeKey(t.Context(), ada, days.ID, accounts.ChangeKey{Name: "Other", Scopes: []string{"list:read"}, Version: 1}), problem.Conflict)
	proved(t, a, month)
	d.MoveClock(30 * 24 * time.Hour)
	unproved(t, a, "over after thirty days", month.ID, month.Secret)
}

func TestOnlyOwnersAndAdminsOfTheBusinessManageItsKeys(t *testing.T) {
	a, d, ada := founded(t)
	key := made(t, a, ada, newKey())
	staff := member(t, a, ada, "bo@example.org", rules.RoleStaff)
	admin := member(t, a, ada, "cy@example.org", rules.RoleAdmin)
	f := signUp()
	f.Business, f.Email, f.Press = "Elsewhere", "eve@example.org", "press-two"
	stranger := owner(t, a, f)
	change := accounts.ChangeKey{Name: "Taken", Scopes: []string{"list:read"}, Version: 1}
	for who, c := range map[string]struct {
		user accounts.User
		want problem.Kind
	}{"staff": {staff, problem.Forbidden}, "another business": {stranger, problem.NotFound}} {
		_, err := a.RotateKey(t.Context(), c.user, key.ID, accounts.RotateKey{Grace: "0", Version: 1})
		for act, err := range map[string]error{
			"rotated": err, "changed": a.ChangeKey(t.Context(), c.user, key.ID, change), "revoked": a.RevokeKey(t.Context(), c.user, key.ID),
			"ended the secret": a.EndOldSecret(t.Context(), c.user, key.ID, 1),
		} {
			if problem.KindOf(err) != c.want {
				t.Errorf("%s %s: %v, want %s", who, act, err, c.want)
			}
		}
	}
	_, err := a.CreateKey(t.Context(), staff, newKey())
	wantKind(t, err, problem.Forbidden)
	_, err = a.KeyPage(t.Context(), stranger, key.ID)
	wantKind(t, err, problem.NotFound)
	if list, err := a.ListKeys(t.Context(), stranger); err != nil || len(list.Keys)+len(list.Over) > 0 {
		t.Errorf("another business sees %+v (%v)", list, err)
	}
	made(t, a, admin, newKey())
	// What somebody is by now counts, not what they were when their session began.
	if err := a.ChangeRole(t.Context(), ada, admin.PublicID, "staff"); err != nil {
		t.Fatal(err)
	}
	_, err = a.CreateKey(t.Context(), admin, newKey())
	wantKind(t, err, problem.Forbidden)
	if n := rows(t, d, "api_keys"); n != 2 {
		t.Errorf("there are %d keys, want 2", n)
	}
	proved(t, a, key)
}

func TestAKeyIsRenamedAndItsScopesChangeAtOnce(t *testing.T) {
	a, d, ada := founded(t)
	key := made(t, a, ada, newKey())
	now, err := d.Now(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	access, err := tokens.Issue(key.ID, 1, proved(t, a, key).Scopes, now)
	if err != nil {
		t.Fatal(err)
	}
	change := accounts.ChangeKey{Name: "Till", Scopes: []string{"figures:read", "list:read"}, Version: 1}
	if err := a.ChangeKey(t.Context(), ada, key.ID, change); err != nil {
		t.Fatal(err)
	}
	if k := proved(t, a, key); k.Name != "Till" || k.Scopes.String() != "list:read figures:read" {
		t.Errorf("it is %+v", k)
	}
	if k, err := a.KeyOfToken(t.Context(), tokens, access); err != nil || k.Scopes.String() != "list:read" {
		t.Errorf("a token from before may do %q (%v): what both have is list:read", k.Scopes, err)
	}
	wantKind(t, a.ChangeKey(t.Context(), ada, key.ID, change), problem.Conflict) // as it was when the form was made
	change.Version = 2
	if err := a.ChangeKey(t.Context(), ada, key.ID, change); err != nil {
		t.Fatal(err)
	}
	if one := line(t, a, ada, key.ID); one.Version != 2 || len(one.History) != 2 {
		t.Errorf("a change of nothing made it %+v", one)
	}
	change.Scopes = nil
	err = a.ChangeKey(t.Context(), ada, key.ID, change)
	if wantKind(t, err, problem.InvalidInput); !slices.Equal(fields(err), []string{"scopes"}) {
		t.Errorf("refused %v", fields(err))
	}
}

func TestAnOldSecretWorksForItsGraceAndNoLonger(t *testing.T) {
	a, d, ada := founded(t)
	key := made(t, a, ada, newKey())
	rotate := accounts.RotateKey{Grace: "1", Version: 1, Press: "p"}
	fresh, err := a.RotateKey(t.Context(), ada, key.ID, rotate)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := a.RotateKey(t.Context(), ada, key.ID, rotate); err != nil || again.Secret != "" || again.ID != key.ID {
		t.Errorf("pressed again: %+v (%v)", again, err)
	}
	if k := proved(t, a, fresh); k.OldSecret || k.TokenVersion != 1 {
		t.Errorf("with the new secret: %+v", k)
	}
	if one := line(t, a, ada, key.ID); one.OldUntil == nil || one.OldUsedAt != nil || one.RotatedAt == nil {
		t.Errorf("after the rotation: %+v", one.KeyLine)
	}
	if k := proved(t, a, key); !k.OldSecret {
		t.Errorf("with the old secret: %+v", k)
	}
	used := line(t, a, ada, key.ID).OldUsedAt
	if used == nil {
		t.Fatal("nobody can see that the old secret was used")
	}
	d.MoveClock(24*time.Hour - time.Minute)
	proved(t, a, key)
	if one := line(t, a, ada, key.ID); one.OldUsedAt == nil || !one.OldUsedAt.After(*used) {
		t.Errorf("used again: %v, before: %v", one.OldUsedAt, used)
	}
	d.MoveClock(time.Minute)
	unproved(t, a, "after the grace", key.ID, key.Secret)
	if one := line(t, a, ada, key.ID); one.OldUntil != nil {
		t.Errorf("after the grace: %+v", one.KeyLine)
	}
	proved(t, a, fresh)

	// A second rotation ends the first secret, whatever time it had, and the next old one is not called used.
	second, err := a.RotateKey(t.Context(), ada, key.ID, accounts.RotateKey{Grace: "7", Version: 2})
	if err != nil {
		t.Fatal(err)
	}
	third, err := a.RotateKey(t.Context(), ada, key.ID, accounts.RotateKey{Grace: "7", Version: 3})
	if err != nil {
		t.Fatal(err)
	}
	unproved(t, a, "a secret from before the old one", fresh.ID, fresh.Secret)
	proved(t, a, third)
	if one := line(t, a, ada, key.ID); one.OldUsedAt != nil {
		t.Error("an old secret that nobody used is called used")
	}
	proved(t, a, second)
	if one := line(t, a, ada, key.ID); one.OldUsedAt == nil {
		t.Error("an old secret that was used right after another is called unused")
	}
	for _, grace := range []string{"", "2", "-1", "seven", "1.0"} {
		_, err := a.RotateKey(t.Context(), ada, key.ID, accounts.RotateKey{Grace: grace, Version: 4})
		if wantKind(t, err, problem.InvalidInput); !slices.Equal(fields(err), []string{"grace"}) {
			t.Errorf("grace %q: refused %v", grace, fields(err))
		}
	}
}

var tokens = token.Tokens{Secrets: []string{strings.Repeat("j", 32)}, Issuer: "https://list.example.org", Audience: "https://list.example.org/api/v1"}

// accessTo is an access token for all that a key may do now.
func accessTo(t *testing.T, a *accounts.Accounts, d *db.DB, key accounts.KeySecret) string {
	t.Helper()
	k := proved(t, a, key)
	now, err := d.Now(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	text, err := tokens.Issue(k.PublicID, k.TokenVersion, k.Scopes, now)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func refusedToken(t *testing.T, a *accounts.Accounts, what, text string) {
	t.Helper()
	if k, err := a.KeyOfToken(t.Context(), tokens, text); problem.KindOf(err) != problem.Unauthenticated || k.ID != 0 {
		t.Errorf("%s: %+v (%v)", what, k, err)
	}
}

func TestAccessTokensEndWithWhatTheyWereIssuedFor(t *testing.T) {
	a, d, ada := founded(t)
	key := made(t, a, ada, newKey())
	text := accessTo(t, a, d, key)
	if k, err := a.KeyOfToken(t.Context(), tokens, text); err != nil || k.PublicID != key.ID || k.Scopes.String() != "list:read list:write slots:read" {
		t.Fatalf("a fresh token: %+v (%v)", k, err)
	}
	refusedToken(t, a, "no token", key.Secret)

	// With grace tokens go on; without, they end with the secret.
	if _, err := a.RotateKey(t.Context(), ada, key.ID, accounts.RotateKey{Grace: "7", Version: 1}); err != nil {
		t.Fatal(err)
	}
	if _, err := a.KeyOfToken(t.Context(), tokens, text); err != nil {
		t.Errorf("after a rotation with grace: %v", err)
	}
	if err := a.EndOldSecret(t.Context(), ada, key.ID, 2); err != nil {
		t.Fatal(err)
	}
	refusedToken(t, a, "after the end of the old secret", text)
	unproved(t, a, "after the end of the old secret", key.ID, key.Secret)
	if err := a.EndOldSecret(t.Context(), ada, key.ID, 2); err != nil {
		t.Errorf("ended twice: %v", err)
	}
	third, err := a.RotateKey(t.Context(), ada, key.ID, accounts.RotateKey{Grace: "7", Version: 3})
	if err != nil {
		t.Fatal(err)
	}
	wantKind(t, a.EndOldSecret(t.Context(), ada, key.ID, 3), problem.Conflict)
	text = accessTo(t, a, d, third)
	fourth, err := a.RotateKey(t.Context(), ada, key.ID, accounts.RotateKey{Grace: "0", Version: 4})
	if err != nil {
		t.Fatal(err)
	}
	refusedToken(t, a, "after a rotation without grace", text)
	unproved(t, a, "after a rotation without grace", third.ID, third.Secret)
	text = accessTo(t, a, d, fourth)
	d.MoveClock(token.Life + time.Minute)
	refusedToken(t, a, "after its time", text)
	text = accessTo(t, a, d, fourth)
	if err := a.RevokeKey(t.Context(), ada, key.ID); err != nil {
		t.Fatal(err)
	}
	refusedToken(t, a, "after the revocation", text)
}

func TestARevokedKeyIsOverForGoodAndStaysListed(t *testing.T) {
	a, _, ada := founded(t)
	key := made(t, a, ada, newKey())
	fresh, err := a.RotateKey(t.Context(), ada, key.ID, accounts.RotateKey{Grace: "7", Version: 1})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := a.RevokeKey(t.Context(), ada, key.ID); err != nil {
			t.Fatal(err)
		}
	}
	unproved(t, a, "the secret", fresh.ID, fresh.Secret)
	unproved(t, a, "the old secret", key.ID, key.Secret)
	list, err := a.ListKeys(t.Context(), ada)
	if err != nil || len(list.Keys) != 0 || len(list.Over) != 1 || list.Over[0].State != accounts.KeyRevoked || list.Over[0].OldUntil != nil {
		t.Errorf("listed: %+v (%v)", list, err)
	}
	_, err = a.RotateKey(t.Context(), ada, key.ID, accounts.RotateKey{Grace: "0", Version: 3})
	wantKind(t, err, problem.Conflict)
	wantKind(t, a.ChangeKey(t.Context(), ada, key.ID, accounts.ChangeKey{Name: "Again", Scopes: []string{"list:read"}, Version: 3}), problem.Conflict)
	wantKind(t, a.EndOldSecret(t.Context(), ada, key.ID, 3), problem.Conflict)
	wantKind(t, a.RevokeKey(t.Context(), ada, "nobody"), problem.NotFound)
	if page := line(t, a, ada, key.ID); len(page.History) != 3 {
		t.Errorf("its history has %d lines, want made, rotated and revoked once: %+v", len(page.History), page.History)
	}
}

func TestAllThatIsDoneWithAKeyIsNotedWithoutItsSecret(t *testing.T) {
	a, d, ada := founded(t)
	f := newKey()
	f.Expires = "90"
	key := made(t, a, ada, f)
	if err := a.ChangeKey(t.Context(), ada, key.ID, accounts.ChangeKey{Name: "Till", Scopes: []string{"list:read"}, Version: 1}); err != nil {
		t.Fatal(err)
	}
	if _, err := a.RotateKey(t.Context(), ada, key.ID, accounts.RotateKey{Grace: "7", Version: 2}); err != nil {
		t.Fatal(err)
	}
	if err := a.EndOldSecret(t.Context(), ada, key.ID, 3); err != nil {
		t.Fatal(err)
	}
	if err := a.RevokeKey(t.Context(), ada, key.ID); err != nil {
		t.Fatal(err)
	}
	now, err := d.Now(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		`key.create {"after":{"expires":"` + rules.DateOf(now.AddDate(0, 0, 90), zone).String() + `","scopes":["list:read","list:write","slots:read"]}}`,
		`key.change {"before":{"scopes":["list:read","list:write","slots:read"]},"after":{"scopes":["list:read"]},"changed":["name"]}`,
		`key.rotate {"after":{"old_secret_days":7}}`, `key.end_secret {}`, `key.revoke {}`,
	}
	var got []string
	found, err := d.Pool().QueryContext(t.Context(), "SELECT CONCAT(action, ' ', detail) FROM audit_entries WHERE record = 'api_keys' AND actor = 'user' AND actor_id = ? ORDER BY id", ada.ID)
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	for found.Next() {
		var one string
		if err := found.Scan(&one); err != nil {
			t.Fatal(err)
		}
		got = append(got, one)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("noted:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestAKeyOutlivesWhoMadeItAndSaysSo(t *testing.T) {
	a, _, ada := founded(t)
	cy := member(t, a, ada, "cy@example.org", rules.RoleAdmin)
	key := made(t, a, cy, newKey())
	if one := line(t, a, ada, key.ID); one.Maker != "Bo" || !one.MakerHere {
		t.Errorf("made by %q, here: %t", one.Maker, one.MakerHere)
	}
	if err := a.RemoveMember(t.Context(), ada, cy.PublicID); err != nil {
		t.Fatal(err)
	}
	if one := line(t, a, ada, key.ID); one.Maker != "Bo" || one.MakerHere || !one.Live() {
		t.Errorf("after they left: made by %q, here: %t, %s", one.Maker, one.MakerHere, one.State)
	}
	if k := proved(t, a, key); k.MadeBy != cy.ID {
		t.Errorf("it acts for user %d", k.MadeBy)
	}
}

func TestABusinessHasSoManyLiveKeysAndNoMore(t *testing.T) {
	a, d, ada := founded(t)
	var some []accounts.KeySecret
	for range accounts.KeysMost - 2 {
		some = append(some, made(t, a, ada, newKey()))
	}
	// For the last two places several come at once.
	var made atomic.Int32
	var wait sync.WaitGroup
	refused := make(chan error, 6)
	for range 6 {
		wait.Go(func() {
			if _, err := a.CreateKey(t.Context(), ada, newKey()); err != nil {
				refused <- err
				return
			}
			made.Add(1)
		})
	}
	wait.Wait()
	close(refused)
	for err := range refused {
		if wantKind(t, err, problem.InvalidInput); !slices.Equal(fields(err), []string{"name"}) {
			t.Errorf("refused %v", err)
		}
	}
	if n := rows(t, d, "api_keys"); made.Load() != 2 || n != accounts.KeysMost {
		t.Errorf("%d of six were made, there are %d keys now, want 2 and %d", made.Load(), n, accounts.KeysMost)
	}
	if err := a.RevokeKey(t.Context(), ada, some[0].ID); err != nil {
		t.Fatal(err)
	}
	f := newKey()
	f.Expires = "30"
	if _, err := a.CreateKey(t.Context(), ada, f); err != nil {
		t.Errorf("in the place of a revoked one: %v", err)
	}
	d.MoveClock(31 * 24 * time.Hour)
	if _, err := a.CreateKey(t.Context(), ada, newKey()); err != nil {
		t.Errorf("in the place of an expired one: %v", err)
	}
}

func TestTwoRotationsAtOnceAreOne(t *testing.T) {
	a, d, ada := founded(t)
	key := made(t, a, ada, newKey())
	secrets, refused := make(chan accounts.KeySecret, 6), make(chan error, 6)
	var wait sync.WaitGroup
	for i := range 6 {
		wait.Go(func() {
			one, err := a.RotateKey(t.Context(), ada, key.ID, accounts.RotateKey{Grace: "1", Version: 1, Press: fmt.Sprintf("press-%d", i)})
			if err != nil {
				refused <- err
				return
			}
			secrets <- one
		})
	}
	wait.Wait()
	close(secrets)
	close(refused)
	if n := len(secrets); n != 1 {
		t.Fatalf("%d rotations won, want 1", n)
	}
	for err := range refused {
		wantKind(t, err, problem.Conflict)
	}
	proved(t, a, <-secrets)
	proved(t, a, key) // the old one is that from before, not one that nobody was shown for long
	if n := rows(t, d, "audit_entries WHERE action = 'key.rotate'"); n != 1 {
		t.Errorf("%d rotations were noted", n)
	}
}

func TestThatAKeyWasUsedIsWrittenOnceAMinute(t *testing.T) {
	a, d, ada := founded(t)
	key := made(t, a, ada, newKey())
	if one := line(t, a, ada, key.ID); one.UsedAt != nil {
		t.Errorf("never used, it says %v", one.UsedAt)
	}
	k := proved(t, a, key)
	first := line(t, a, ada, key.ID).UsedAt
	if first == nil {
		t.Fatal("nobody can see that it was used")
	}
	d.MoveClock(59 * time.Second)
	proved(t, a, key)
	if again := line(t, a, ada, key.ID).UsedAt; !again.Equal(*first) {
		t.Errorf("written again within the minute: %v, %v", first, again)
	}
	d.MoveClock(2 * time.Second)
	access := accessTo(t, a, d, key)
	second := line(t, a, ada, key.ID).UsedAt
	if !second.After(*first) {
		t.Errorf("not written after a minute: %v, %v", first, second)
	}
	d.MoveClock(61 * time.Second)
	if _, err := a.KeyOfToken(t.Context(), tokens, access); err != nil {
		t.Fatal(err)
	}
	if third := line(t, a, ada, key.ID).UsedAt; !third.After(*second) {
		t.Errorf("not written when a token was used: %v, %v", second, third)
	}
	// What was read long ago takes nothing back.
	if err := a.TouchKey(t.Context(), k); err != nil {
		t.Fatal(err)
	}
	if last := line(t, a, ada, key.ID); !last.UsedAt.After(*second) || last.Version != 1 {
		t.Errorf("taken back to %v, version %d", last.UsedAt, last.Version)
	}
}

// While the row is locked by somebody, of many requests that find a use to note one waits, and the others come in.
func TestOfManyRequestsAtOnceOneNotesTheUse(t *testing.T) {
	a, d, ada := founded(t)
	key := made(t, a, ada, newKey())
	text := accessTo(t, a, d, key)
	d.MoveClock(2 * time.Minute)
	lock, err := d.Pool().BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lock.ExecContext(t.Context(), "SELECT id FROM api_keys WHERE public_id = ? FOR UPDATE", key.ID); err != nil {
		t.Fatal(err)
	}
	const requests = 8
	in := make(chan error, requests)
	for range requests {
		go func() {
			_, err := a.KeyOfToken(t.Context(), tokens, text)
			in <- err
		}()
	}
	for range requests - 1 {
		select {
		case err := <-in:
			if err != nil {
				t.Error(err)
			}
		case <-time.After(2 * time.Second): // less than a statement waits for a lock
			t.Fatal("requests wait for each other to note that their key was used")
		}
	}
	if err := lock.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := <-in; err != nil {
		t.Errorf("the one that waited: %v", err)
	}
}
