package accounts_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
)

func TestAnInvitedPersonComesIn(t *testing.T) {
	a, d, u := founded(t)
	staffMember := addStaffMember(t, d, u.TenantID)
	id, err := a.Invite(t.Context(), u, accounts.Invite{Name: "Bo", Email: "bo@example.org", Role: "staff", StaffMember: staffMember})
	if err != nil {
		t.Fatal(err)
	}
	link := linkOf(t, a, u, id)
	page, err := a.InvitationPage(t.Context(), link)
	if err != nil || page != (accounts.Invited{Business: "Salon Müller", Name: "Bo", Email: "bo@example.org", Role: rules.RoleStaff, Locale: "de"}) {
		t.Fatalf("the page shows %+v, %v", page, err)
	}
	in, err := a.AcceptInvitation(t.Context(), link, accounts.AcceptInvitation{Name: "Bo Diddley", Password: password, Address: address})
	if err != nil {
		t.Fatal(err)
	}
	bo := session(t, a, in.Token)
	if bo.Role != rules.RoleStaff || bo.Name != "Bo Diddley" || bo.TenantID != u.TenantID {
		t.Errorf("came in as %+v", bo)
	}
	row, err := d.GetStaffMemberByPublicID(t.Context(), db.GetStaffMemberByPublicIDParams{TenantID: u.TenantID, PublicID: staffMember})
	if err != nil || row.UserID == nil || *row.UserID != bo.ID {
		t.Errorf("the staff member's login is %v, %v", row.UserID, err)
	}
	_, err = a.InvitationPage(t.Context(), link)
	wantKind(t, err, problem.Gone)
	_, err = a.AcceptInvitation(t.Context(), link, accounts.AcceptInvitation{Name: "Eve", Password: password, Address: address})
	wantKind(t, err, problem.Gone)
	if _, err := a.LogIn(t.Context(), accounts.LogIn{Email: "bo@example.org", Password: password, Address: address}); err != nil {
		t.Errorf("can't log in afterwards: %v", err)
	}
}

func addStaffMember(t *testing.T, d *db.DB, tenantID int64) string {
	t.Helper()
	id := seal.PublicID()
	now, err := d.Now(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.AddStaffMember(t.Context(), db.AddStaffMemberParams{TenantID: tenantID, PublicID: id, Name: "Bo", CreatedAt: now}); err != nil {
		t.Fatal(err)
	}
	return id
}

func TestAnInvitationIsAcceptedOnce(t *testing.T) {
	a, d, u := founded(t)
	id, err := a.Invite(t.Context(), u, accounts.Invite{Name: "Bo", Email: "bo@example.org", Role: "staff"})
	if err != nil {
		t.Fatal(err)
	}
	link := linkOf(t, a, u, id)
	errs := make([]error, 4)
	var wait sync.WaitGroup
	for i := range errs {
		wait.Go(func() {
			_, errs[i] = a.AcceptInvitation(t.Context(), link, accounts.AcceptInvitation{Name: "Bo", Password: password, Address: address})
		})
	}
	wait.Wait()
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
		} else {
			wantKind(t, err, problem.Gone)
		}
	}
	if won != 1 || rows(t, d, "memberships") != 2 {
		t.Errorf("%d came in, %d memberships", won, rows(t, d, "memberships"))
	}
}

func TestAnInvitationEnds(t *testing.T) {
	for name, end := range map[string]func(a *accounts.Accounts, d *db.DB, u accounts.User, id string) error{
		"a week later": func(_ *accounts.Accounts, d *db.DB, _ accounts.User, _ string) error {
			d.MoveClock(7 * 24 * time.Hour)
			return nil
		},
		"taken back": func(a *accounts.Accounts, _ *db.DB, u accounts.User, id string) error {
			return a.TakeBack(t.Context(), u, id)
		},
		"made again": func(a *accounts.Accounts, _ *db.DB, u accounts.User, _ string) error {
			_, err := a.Invite(t.Context(), u, accounts.Invite{Name: "Bo", Email: "BO@example.org", Role: "admin"})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			a, d, u := founded(t)
			id, err := a.Invite(t.Context(), u, accounts.Invite{Name: "Bo", Email: "bo@example.org", Role: "staff"})
			if err != nil {
				t.Fatal(err)
			}
			link := linkOf(t, a, u, id)
			if err := end(a, d, u, id); err != nil {
				t.Fatal(err)
			}
			_, err = a.AcceptInvitation(t.Context(), link, accounts.AcceptInvitation{Name: "Bo", Password: password, Address: address})
			wantKind(t, err, problem.Gone)
		})
	}
}

func TestAnInvitationToSomebodyWithALoginTakesTheirPassword(t *testing.T) {
	a, _, ada := founded(t)
	f := signUp()
	f.Email, f.Name, f.Business, f.Press = "eve@example.org", "Eve", "Other", "other"
	eve := owner(t, a, f)
	id, err := a.Invite(t.Context(), eve, accounts.Invite{Name: "Somebody", Email: "ada@example.org", Role: "staff"})
	if err != nil {
		t.Fatal(err)
	}
	link := linkOf(t, a, eve, id)
	_, err = a.AcceptInvitation(t.Context(), link, accounts.AcceptInvitation{Name: "x", Password: "a new password of Eve's", Address: address})
	if got := fields(err); !slices.Equal(got, []string{"password"}) {
		t.Errorf("with another password: %v", err)
	}
	in, err := a.AcceptInvitation(t.Context(), link, accounts.AcceptInvitation{Name: "x", Password: password, Address: address})
	if err != nil {
		t.Fatal(err)
	}
	if got := session(t, a, in.Token); got.ID != ada.ID || got.TenantID != eve.TenantID || got.Name != "Ada Lovelace" {
		t.Errorf("came in as %+v", got)
	}
}

func TestWhatIsTypedForAnInvitationIsChecked(t *testing.T) {
	a, d, u := founded(t)
	f := signUp()
	f.Email, f.Business, f.Press = "eve@example.org", "Other", "other"
	foreign := addStaffMember(t, d, owner(t, a, f).TenantID)
	for name, c := range map[string]struct {
		form accounts.Invite
		want string
	}{
		"nothing":                {accounts.Invite{}, "name email role"},
		"an owner":               {accounts.Invite{Name: "Bo", Email: "bo@example.org", Role: "owner"}, "role"},
		"a member":               {accounts.Invite{Name: "Bo", Email: "ADA@example.org", Role: "staff"}, "email"},
		"another's staff member": {accounts.Invite{Name: "Bo", Email: "bo@example.org", Role: "staff", StaffMember: foreign}, "staff_member"},
		"a huge name":            {accounts.Invite{Name: strings.Repeat("x", 1<<20), Email: "bo@example.org", Role: "staff"}, "name"},
		"two lines":              {accounts.Invite{Name: "Bo\r\nBcc:", Email: "bo@example.org", Role: "staff"}, "name"},
	} {
		_, err := a.Invite(t.Context(), u, c.form)
		if got := strings.Join(fields(err), " "); got != c.want {
			t.Errorf("%s: refused %q, want %q (%v)", name, got, c.want, err)
		}
	}
	if n := rows(t, d, "invitations"); n != 0 {
		t.Errorf("%d invitations", n)
	}
}

func TestPressingInviteTwiceInvitesOnce(t *testing.T) {
	a, d, u := founded(t)
	f := accounts.Invite{Name: "Bo", Email: "bo@example.org", Role: "staff", Press: "one"}
	first, err := a.Invite(t.Context(), u, f)
	if err != nil {
		t.Fatal(err)
	}
	second, err := a.Invite(t.Context(), u, f)
	if err != nil || first != second || rows(t, d, "invitations") != 1 || rows(t, d, "audit_entries WHERE action = 'invitation.make'") != 1 {
		t.Errorf("first %s, second %s, %v", first, second, err)
	}
}

func TestWhoMayChangeWhom(t *testing.T) {
	a, _, ada := founded(t)
	admin := member(t, a, ada, "admin@example.org", rules.RoleAdmin)
	other := member(t, a, ada, "other@example.org", rules.RoleAdmin)
	staff := member(t, a, ada, "staff@example.org", rules.RoleStaff)
	f := signUp()
	f.Email, f.Business, f.Press = "eve@example.org", "Other", "other"
	eve := owner(t, a, f)
	for name, c := range map[string]struct {
		who, whom accounts.User
		want      problem.Kind
	}{
		"an admin and an owner":       {admin, ada, problem.Forbidden},
		"an owner and themselves":     {ada, ada, problem.Forbidden},
		"an admin and themselves":     {admin, admin, problem.Forbidden},
		"staff and staff":             {staff, other, problem.Forbidden},
		"another business's owner":    {eve, staff, problem.NotFound},
		"an owner and a stranger":     {ada, eve, problem.NotFound},
		"an admin and another admin":  {admin, other, ""},
		"an admin and a staff member": {admin, staff, ""},
	} {
		err := a.MakePasswordLink(t.Context(), c.who, c.whom.PublicID)
		if problem.KindOf(err) != c.want {
			t.Errorf("%s, password link: %v", name, err)
		}
		if c.want == "" {
			continue
		}
		wantKind(t, a.ChangeRole(t.Context(), c.who, c.whom.PublicID, "staff"), c.want)
		wantKind(t, a.RemoveMember(t.Context(), c.who, c.whom.PublicID), c.want)
	}
	wantKind(t, a.ChangeRole(t.Context(), admin, staff.PublicID, "owner"), problem.Forbidden)
	wantKind(t, a.ChangeRole(t.Context(), ada, staff.PublicID, "emperor"), problem.InvalidInput)
}

func TestWhoWasAnOwnerAMomentAgoIsNoneNow(t *testing.T) {
	a, _, ada := founded(t)
	bo := member(t, a, ada, "bo@example.org", rules.RoleAdmin)
	if err := a.ChangeRole(t.Context(), ada, bo.PublicID, "owner"); err != nil {
		t.Fatal(err)
	}
	bo.Role = rules.RoleOwner
	var wait sync.WaitGroup
	errs := make([]error, 2)
	wait.Go(func() { errs[0] = a.RemoveMember(t.Context(), ada, bo.PublicID) })
	wait.Go(func() { errs[1] = a.RemoveMember(t.Context(), bo, ada.PublicID) })
	wait.Wait()
	if (errs[0] == nil) == (errs[1] == nil) {
		t.Errorf("two owners who remove each other: %v, %v", errs[0], errs[1])
	}
}

func TestANewRoleEndsTheSessions(t *testing.T) {
	a, _, ada := founded(t)
	member(t, a, ada, "bo@example.org", rules.RoleStaff)
	in, err := logIn(t, a, "bo@example.org", password, address)
	if err != nil {
		t.Fatal(err)
	}
	bo := session(t, a, in.Token)
	if err := a.ChangeRole(t.Context(), ada, bo.PublicID, "admin"); err != nil {
		t.Fatal(err)
	}
	_, err = a.UserOf(t.Context(), in.Token)
	wantKind(t, err, problem.Unauthenticated)
	again, err := logIn(t, a, "bo@example.org", password, address)
	if err != nil || session(t, a, again.Token).Role != rules.RoleAdmin {
		t.Errorf("after logging in again: %v", err)
	}
}

func TestARemovedMemberIsOut(t *testing.T) {
	a, d, ada := founded(t)
	staffMember := addStaffMember(t, d, ada.TenantID)
	id, err := a.Invite(t.Context(), ada, accounts.Invite{Name: "Bo", Email: "bo@example.org", Role: "staff", StaffMember: staffMember})
	if err != nil {
		t.Fatal(err)
	}
	in, err := a.AcceptInvitation(t.Context(), linkOf(t, a, ada, id), accounts.AcceptInvitation{Name: "Bo", Password: password, Address: address})
	if err != nil {
		t.Fatal(err)
	}
	bo := session(t, a, in.Token)
	if err := a.RemoveMember(t.Context(), ada, bo.PublicID); err != nil {
		t.Fatal(err)
	}
	_, err = a.UserOf(t.Context(), in.Token)
	wantKind(t, err, problem.Unauthenticated)
	_, err = logIn(t, a, "bo@example.org", password, address)
	wantKind(t, err, problem.Forbidden)
	row, err := d.GetStaffMemberByPublicID(t.Context(), db.GetStaffMemberByPublicIDParams{TenantID: ada.TenantID, PublicID: staffMember})
	if err != nil || row.UserID != nil || !row.Active {
		t.Errorf("the staff member is %+v, %v", row, err)
	}
}

func TestAPasswordLinkSetsAPasswordOnce(t *testing.T) {
	a, _, ada := founded(t)
	bo := member(t, a, ada, "bo@example.org", rules.RoleStaff)
	in, err := logIn(t, a, "bo@example.org", password, address)
	if err != nil {
		t.Fatal(err)
	}
	link := passwordLink(t, a, ada, bo)
	if email, err := a.PasswordPage(t.Context(), link); err != nil || email != "bo@example.org" {
		t.Errorf("the page is for %q, %v", email, err)
	}
	if got := fields(a.SetPassword(t.Context(), link, "short")); !slices.Equal(got, []string{"password"}) {
		t.Errorf("a short password: refused %v", got)
	}
	const fresh = "another staple entirely"
	if err := a.SetPassword(t.Context(), link, fresh); err != nil {
		t.Fatal(err)
	}
	_, err = a.UserOf(t.Context(), in.Token)
	wantKind(t, err, problem.Unauthenticated)
	_, err = logIn(t, a, "bo@example.org", password, address)
	wantKind(t, err, problem.InvalidInput)
	if _, err := logIn(t, a, "bo@example.org", fresh, address); err != nil {
		t.Errorf("with the new password: %v", err)
	}
	wantKind(t, a.SetPassword(t.Context(), link, "yet another staple"), problem.Gone)
}

func passwordLink(t *testing.T, a *accounts.Accounts, u, of accounts.User) string {
	t.Helper()
	if err := a.MakePasswordLink(t.Context(), u, of.PublicID); err != nil {
		t.Fatal(err)
	}
	m, err := a.Member(t.Context(), u, of.PublicID)
	if err != nil || m.PasswordLink == "" {
		t.Fatalf("no link in %+v, %v", m, err)
	}
	return m.PasswordLink
}

func TestAPasswordLinkEnds(t *testing.T) {
	a, d, ada := founded(t)
	bo := member(t, a, ada, "bo@example.org", rules.RoleStaff)
	old := passwordLink(t, a, ada, bo)
	d.MoveClock(time.Second)
	link := passwordLink(t, a, ada, bo)
	wantKind(t, a.SetPassword(t.Context(), old, "another staple entirely"), problem.Gone)
	d.MoveClock(24 * time.Hour)
	wantKind(t, a.SetPassword(t.Context(), link, "another staple entirely"), problem.Gone)
	if m, err := a.Member(t.Context(), ada, bo.PublicID); err != nil || m.PasswordLink != "" {
		t.Errorf("a link that is over is still shown: %+v, %v", m, err)
	}
}

func TestNobodySetsThePasswordOfSomebodyWhoWorksElsewhereToo(t *testing.T) {
	a, _, ada := founded(t)
	bo := member(t, a, ada, "bo@example.org", rules.RoleStaff)
	f := signUp()
	f.Email, f.Business, f.Press = "bo@example.org", "Bo's own", "bo"
	owner(t, a, f)
	wantKind(t, a.MakePasswordLink(t.Context(), ada, bo.PublicID), problem.Forbidden)
}

func TestAnOperatorLetsSomebodyIn(t *testing.T) {
	a, _, ada := founded(t)
	form := accounts.CreateAdmin{Email: "op@example.org", Name: "Op", Business: ada.Slug, Password: password}
	made, err := a.CreateAdmin(t.Context(), form)
	if err != nil || made != (accounts.CreatedAdmin{Slug: "salon-mueller", Role: rules.RoleAdmin}) {
		t.Fatalf("made %+v, %v", made, err)
	}
	form.Password = "another staple entirely"
	made, err = a.CreateAdmin(t.Context(), form)
	if err != nil || !made.Known || made.Role != rules.RoleAdmin {
		t.Errorf("the second time %+v, %v", made, err)
	}
	if _, err := logIn(t, a, "op@example.org", form.Password, address); err != nil {
		t.Error(err)
	}
	form.Business, form.Zone, form.Currency, form.Locale = "Brand New", "Europe/Vienna", "EUR", "de-AT"
	made, err = a.CreateAdmin(t.Context(), form)
	if err != nil || made != (accounts.CreatedAdmin{Slug: "brand-new", Role: rules.RoleOwner, Founded: true, Known: true}) {
		t.Errorf("with a new business %+v, %v", made, err)
	}
	form.Email = ada.Email
	form.Business = ada.Slug
	if made, err = a.CreateAdmin(t.Context(), form); err != nil || made.Role != rules.RoleOwner {
		t.Errorf("an owner became %+v, %v", made, err)
	}
}

func TestWhatIsLongOverIsForgotten(t *testing.T) {
	a, d, ada := founded(t)
	bo := member(t, a, ada, "bo@example.org", rules.RoleStaff)
	if _, err := a.Invite(t.Context(), ada, accounts.Invite{Name: "Cy", Email: "cy@example.org", Role: "staff"}); err != nil {
		t.Fatal(err)
	}
	passwordLink(t, a, ada, bo)
	if n, err := a.Forget(t.Context()); err != nil || n != 0 {
		t.Errorf("forgot %d fresh rows, %v", n, err)
	}
	d.MoveClock(91 * 24 * time.Hour)
	if _, err := a.Forget(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"attempts", "sessions", "invitations", "password_links"} {
		if n := rows(t, d, table); n != 0 {
			t.Errorf("%d rows left in %s", n, table)
		}
	}
}
