package accounts_test

import (
	"testing"
	"time"

	"github.com/your-org/waitlist-management/accounts"
)

func TestWhomNoEmailReachesIsTold(t *testing.T) {
	a, d, ada := founded(t)
	id, err := a.Invite(t.Context(), ada, accounts.Invite{Name: "Bo", Email: "bo@example.org", Role: "staff"})
	if err != nil {
		t.Fatal(err)
	}
	exec := func(statement string, args ...any) {
		t.Helper()
		if _, err := d.Pool().ExecContext(t.Context(), statement, args...); err != nil {
			t.Fatal(err)
		}
	}
	want := func(when string, member, invitation bool) {
		t.Helper()
		members, open, err := a.Logins(t.Context(), ada)
		if err != nil {
			t.Fatal(err)
		}
		if members[0].Unreached != member || open[0].Unreached != invitation {
			t.Errorf("%s: member %t, invitation %t", when, members[0].Unreached, open[0].Unreached)
		}
	}
	want("before anything came back", false, false)
	exec("UPDATE user_messages SET state = 'failed', error_class = 'bounced', sent_at = created_at")
	want("after the invitation came back", false, true)
	if err := a.BeginEmailChange(t.Context(), ada, "new@example.org", password); err != nil {
		t.Fatal(err)
	}
	exec("UPDATE user_messages SET state = 'failed', error_class = 'bounced', sent_at = created_at WHERE kind = 'email_new'")
	want("an address that they don't log in with", false, true)
	exec("UPDATE user_messages SET state = 'failed', error_class = 'complained', sent_at = created_at WHERE kind = 'email_old'")
	want("what was called spam did arrive", false, true)
	exec("UPDATE user_messages SET state = 'failed', error_class = 'dropped', sent_at = created_at WHERE kind = 'email_old'")
	want("an address that they do log in with", true, true)
	d.MoveClock(2 * time.Minute)
	if err := a.SendInvitation(t.Context(), ada, id); err != nil {
		t.Fatal(err)
	}
	want("sent again, and nobody knows yet", true, true)
	exec("UPDATE user_messages SET state = 'sent', sent_at = created_at WHERE kind = 'invitation' AND state = 'pending'")
	want("and the second one is on its way", true, false)
}
