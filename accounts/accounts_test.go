package accounts_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/db/dbtest"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
)

const (
	password = "correct horse battery"
	address  = "192.0.2.7"
)

// signUp is a form that is fine.
func signUp() accounts.SignUp {
	return accounts.SignUp{
		Business: "Salon Müller", Zone: "Europe/Berlin", Currency: "EUR", Name: "Ada Lovelace", Email: "ada@example.org", Password: password,
		Locale: "de", Press: "press-one", Address: address,
	}
}

// founded is a business with its owner, Ada, who is logged in.
func founded(t *testing.T) (*accounts.Accounts, *db.DB, accounts.User) {
	t.Helper()
	d := dbtest.Open(t)
	a := accounts.New(d, accounts.SignupOpen)
	return a, d, owner(t, a, signUp())
}

func owner(t *testing.T, a *accounts.Accounts, f accounts.SignUp) accounts.User {
	t.Helper()
	in, err := a.SignUp(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	return session(t, a, in.Token)
}

func session(t *testing.T, a *accounts.Accounts, token string) accounts.User {
	t.Helper()
	u, err := a.UserOf(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// member is somebody else of u's business, logged in.
func member(t *testing.T, a *accounts.Accounts, u accounts.User, email string, role rules.Role) accounts.User {
	t.Helper()
	id, err := a.Invite(t.Context(), u, accounts.Invite{Name: "Bo " + email, Email: email, Role: string(role)})
	if err != nil {
		t.Fatal(err)
	}
	in, err := a.AcceptInvitation(t.Context(), linkOf(t, a, u, id), accounts.AcceptInvitation{Name: "Bo", Password: password, Address: address})
	if err != nil {
		t.Fatal(err)
	}
	return session(t, a, in.Token)
}

func linkOf(t *testing.T, a *accounts.Accounts, u accounts.User, id string) string {
	t.Helper()
	_, open, err := a.Logins(t.Context(), u)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(open, func(one accounts.Invitation) bool { return one.ID == id })
	if i < 0 {
		t.Fatalf("no open invitation %s", id)
	}
	return open[i].Link
}

func wantKind(t *testing.T, err error, want problem.Kind) {
	t.Helper()
	if problem.KindOf(err) != want || err == nil {
		t.Errorf("got %v, want a problem of kind %q", err, want)
	}
}

// fields are the names of what was refused.
func fields(err error) []string {
	var names []string
	if p := (*problem.Error)(nil); errors.As(err, &p) {
		for _, f := range p.Fields {
			names = append(names, f.Name)
		}
	}
	return names
}

// rows counts a table.
func rows(t *testing.T, d *db.DB, table string) int {
	t.Helper()
	var n int
	if err := d.Pool().QueryRowContext(t.Context(), "SELECT COUNT(*) FROM "+table).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
