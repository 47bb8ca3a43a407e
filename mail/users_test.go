package mail

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/outbox"
)

// owes owes a user a message that is useful for an hour.
func (s *shop) owes(m outbox.UserMessage) db.UserMessage {
	s.t.Helper()
	s.must(s.DB.InTx(s.t.Context(), func(ctx context.Context, tx *db.Tx) error {
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		m.UserID, m.Name, m.Email, m.Locale, m.UsefulUntil = s.Staff.UserID, "Nora", "nora@example.org", "de", now.Add(time.Hour)
		return outbox.EnqueueForUser(ctx, tx, m)
	}))
	return s.userMessage(m.CauseKey)
}

func (s *shop) userMessage(cause string) db.UserMessage {
	s.t.Helper()
	var id int64
	s.must(s.DB.Pool().QueryRowContext(s.t.Context(), "SELECT id FROM user_messages WHERE cause_key = ?", cause).Scan(&id))
	m, err := s.DB.GetUserMessage(s.t.Context(), id)
	s.must(err)
	return m
}

// answers is a sender that does what it is told, and keeps what it accepted.
type answers struct {
	fail []error
	sent []Message
}

func (a *answers) Send(_ context.Context, m Message) error {
	if len(a.fail) > 0 {
		err := a.fail[0]
		a.fail = a.fail[1:]
		return err
	}
	a.sent = append(a.sent, m)
	return nil
}

func (a *answers) Check(context.Context) error { return nil }

func TestAUserIsWrittenToInTheirLanguageAndOnce(t *testing.T) {
	s := newShop(t)
	s.owes(outbox.UserMessage{Kind: outbox.PasswordChanged, CauseKey: "one"})
	s.owes(outbox.UserMessage{Kind: outbox.PasswordChanged, CauseKey: "one"})
	sender := &answers{}
	for range 2 {
		_, err := s.deliverer(sender).DeliverDue(t.Context())
		s.must(err)
	}
	if len(sender.sent) != 1 {
		t.Fatalf("%d emails went out, want 1", len(sender.sent))
	}
	m := sender.sent[0]
	if m.To != "nora@example.org" || m.ToName != "Nora" || m.Subject != "Ihr Passwort wurde geändert" || !strings.Contains(m.Text, "\nhttps://wait.example/account\n") {
		t.Errorf("sent %q to %q: %s", m.Subject, m.To, m.Text)
	}
	if got := s.userMessage("one"); got.State != "sent" || got.SentAt == nil || got.ClaimToken != nil {
		t.Errorf("kept as %+v", got)
	}
	if told := s.log.mentions("nora@", "Nora"); len(told) > 0 {
		t.Errorf("the log holds %q", told)
	}
}

func TestAnEmailToAUserIsTriedAgainAndGivenUp(t *testing.T) {
	s := newShop(t)
	sender := &answers{fail: []error{&Failure{Outcome: Later, Class: "busy"}}}
	s.owes(outbox.UserMessage{Kind: outbox.FactorOn, CauseKey: "later"})
	_, err := s.deliverer(sender).DeliverDue(t.Context())
	s.must(err)
	if m := s.userMessage("later"); m.State != "pending" || m.ErrorClass != "busy" || m.Attempts != 1 {
		t.Errorf("after a failure: %+v", m)
	}
	s.DB.MoveClock(time.Minute)
	_, err = s.deliverer(sender).DeliverDue(t.Context())
	s.must(err)
	if m := s.userMessage("later"); m.State != "sent" || m.Attempts != 2 {
		t.Errorf("after another try: %+v", m)
	}
	s.owes(outbox.UserMessage{Kind: outbox.FactorOff, CauseKey: "late"})
	s.DB.MoveClock(time.Hour)
	_, err = s.deliverer(sender).DeliverDue(t.Context())
	s.must(err)
	if m := s.userMessage("late"); m.State != "dropped" || m.ErrorClass != "late" {
		t.Errorf("no longer useful: %+v", m)
	}
}

func TestAnEmailToAUserWhoseSenderDiedIsSentOnceMoreOnly(t *testing.T) {
	s := newShop(t)
	message := s.owes(outbox.UserMessage{Kind: outbox.EmailChanged, CauseKey: "died"})
	d := s.deliverer(&answers{})
	for _, want := range []string{"pending", "unknown"} {
		m, ok, err := d.claim(t.Context(), ref{toUser: true, id: message.ID})
		if s.must(err); !ok {
			t.Fatal("it can't be claimed")
		}
		ok, err = d.begin(t.Context(), m)
		if s.must(err); !ok {
			t.Fatal("it can't be begun")
		}
		s.DB.MoveClock(2 * lease)
		s.must(d.reclaim(t.Context()))
		if got := s.userMessage("died"); got.State != want {
			t.Errorf("it is %s, want %s", got.State, want)
		}
	}
}

func TestALinkThatIsOverIsNotSent(t *testing.T) {
	s := newShop(t)
	s.owes(outbox.UserMessage{Kind: outbox.PasswordLink, CauseKey: "link"})
	s.owes(outbox.UserMessage{Kind: outbox.EmailOld, AboutID: 4711, CauseKey: "change"})
	s.owes(outbox.UserMessage{TenantID: s.Tenant, Kind: outbox.Invitation, AboutID: 4711, CauseKey: "invitation"})
	sender := &answers{}
	_, err := s.deliverer(sender).DeliverDue(t.Context())
	s.must(err)
	for _, cause := range []string{"link", "change", "invitation"} {
		if m := s.userMessage(cause); m.State != "dropped" || m.ErrorClass != "over" {
			t.Errorf("%s is %s (%s)", cause, m.State, m.ErrorClass)
		}
	}
}
