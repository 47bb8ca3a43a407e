package mail

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

func TestEveryEmailToACustomerCanBeStoppedWithOnePress(t *testing.T) {
	s, sender := newShop(t), &answers{}
	d := s.deliverer(sender)
	s.owes(outbox.UserMessage{Kind: outbox.PasswordChanged, CauseKey: "one"})
	s.delivers(d, 1)
	s.joins("Amara", "amara@example.org")
	s.delivers(d, 1)
	told, joined := sender.sent[0], sender.sent[1]
	if told.Unsubscribe != "" {
		t.Errorf("a user can unsubscribe from what is told about their login: %q", told.Unsubscribe)
	}
	token, ok := strings.CutPrefix(joined.Unsubscribe, "https://wait.example/u/")
	if !ok || !strings.Contains(joined.Text, joined.Unsubscribe) {
		t.Fatalf("%q, and in the text:\n%s", joined.Unsubscribe, joined.Text)
	}
	page, err := s.W.UnsubscribePage(t.Context(), token)
	if err != nil || page.CustomerName != "Amara" {
		t.Fatalf("the link: %+v (%v)", page, err)
	}
	if kept := s.count("customers WHERE unsubscribe_hash = UNHEX(SHA2(?, 256))", token); kept != 1 {
		t.Errorf("%d digests of the token are kept", kept)
	}
	s.must(s.W.Unsubscribe(t.Context(), token))
	s.exec("UPDATE outbox SET state = 'failed'")
	if _, err := s.W.TryAgain(t.Context(), s.Staff, s.message(outbox.Join).MessageID, 1); problem.KindOf(err) != problem.Conflict {
		t.Errorf("sent again to who unsubscribed: %v", err)
	}
	s.exec("UPDATE outbox SET state = 'pending'") // as if it had been owed at this moment
	s.delivers(d, 0)
	s.is(outbox.Join, "dropped", "suppressed")

	s.exec("UPDATE customers SET unsubscribe_version = 2, unsubscribe_hash = NULL")
	if err := s.W.Resubscribe(t.Context(), token); problem.KindOf(err) != problem.NotFound {
		t.Errorf("a revoked link: %v", err)
	}
}

func (s *shop) count(of string, args ...any) (n int) {
	s.t.Helper()
	s.must(s.DB.Pool().QueryRowContext(s.t.Context(), "SELECT COUNT(*) FROM "+of, args...).Scan(&n))
	return n
}

func TestWhatMayBeSentAgainIsAndTheRestSaysWhyNot(t *testing.T) {
	s, sender := newShop(t), &answers{}
	d := s.deliverer(sender)
	again := func(kind outbox.Kind) (bool, string) {
		t.Helper()
		m := s.message(kind)
		tried, err := s.W.TryAgain(t.Context(), s.Staff, m.MessageID, m.Attempts)
		detail, detailErr := s.W.Message(t.Context(), s.Tenant, m.MessageID)
		s.must(detailErr)
		if err == nil {
			return tried, ""
		}
		var p *problem.Error
		if !errors.As(err, &p) || p.Key != "outbox.again."+string(detail.Refused) {
			t.Errorf("refused with %v, the page says %q", err, detail.Refused)
		}
		return tried, string(detail.Refused)
	}
	is := func(kind outbox.Kind, wantTried bool, want waitlist.Refusal) {
		t.Helper()
		if tried, why := again(kind); tried != wantTried || why != string(want) {
			t.Errorf("%s: tried %t, refused %q, want %t and %q", kind, tried, why, wantTried, want)
		}
	}

	s.waits("Amara", "amara@example.org")
	s.opens()
	offer := s.offer()
	s.exec("UPDATE outbox SET state = 'unknown', attempts = 1, error_class = 'unclear'")
	is(outbox.Offer, false, waitlist.RefusedInDoubt)
	s.must(s.W.OfferUndeliverable(t.Context(), s.Tenant, offer.ID))
	s.exec("UPDATE outbox SET state = 'failed'")
	is(outbox.Offer, false, waitlist.RefusedOffer)
	if state := s.getOffer(offer.ID).State; state != rules.OfferUndeliverable {
		t.Errorf("the offer is %s", state)
	}

	s.joins("Ben", "ben@example.org")
	is(outbox.Join, false, "") // it waits: nothing to do
	s.exec("UPDATE outbox SET state = 'failed', attempts = 1, delivered_at = sent_at, error_class = 'rejected_400' WHERE kind = 'join'")
	s.exec("UPDATE outbox SET delivered_at = created_at WHERE kind = 'join'")
	is(outbox.Join, false, waitlist.RefusedArrived)
	s.exec("UPDATE outbox SET delivered_at = NULL WHERE kind = 'join'")
	until := s.message(outbox.Join).UsefulUntil
	s.exec("UPDATE outbox SET useful_until = ? WHERE kind = 'join'", s.Now())
	is(outbox.Join, false, waitlist.RefusedLate)
	s.exec("UPDATE outbox SET useful_until = ? WHERE kind = 'join'", until)
	is(outbox.Join, true, "")
	s.delivers(d, 1)
	s.is(outbox.Join, "sent", "")
	is(outbox.Join, false, "")
	s.exec("UPDATE outbox SET state = 'failed' WHERE kind = 'join'")
	s.exec("UPDATE customers SET email = NULL, email_hash = NULL, unsubscribe_hash = NULL WHERE id = (SELECT customer_id FROM outbox WHERE kind = 'join')")
	is(outbox.Join, false, waitlist.RefusedAddress)
	s.exec("UPDATE entries SET state = 'left', live_service_id = NULL, ended_at = ? WHERE id = (SELECT entry_id FROM outbox WHERE kind = 'join')", s.Now())
	is(outbox.Join, false, waitlist.RefusedOver)
	if _, err := s.W.TryAgain(t.Context(), waitlist.Staff{TenantID: s.Tenant + 1}, s.message(outbox.Join).MessageID, 2); problem.KindOf(err) != problem.NotFound {
		t.Errorf("from another business: %v", err)
	}

	m := s.owes(outbox.UserMessage{TenantID: s.Tenant, Kind: outbox.OwnershipTaken, CauseKey: "taken"})
	own := s.owes(outbox.UserMessage{Kind: outbox.PasswordChanged, CauseKey: "own"})
	s.exec("UPDATE user_messages SET state = 'failed', attempts = 1")
	if tried, err := s.W.TryAgain(t.Context(), s.Staff, m.MessageID, 1); err != nil || !tried {
		t.Errorf("to a user: %t (%v)", tried, err)
	}
	s.delivers(d, 1)
	if _, err := s.W.TryAgain(t.Context(), s.Staff, own.MessageID, 1); problem.KindOf(err) != problem.NotFound {
		t.Errorf("what a user is told about their login: %v", err)
	}
}

func TestTryingAgainMeetsTheDelivererAndTheMessageGoesOutOnceForEachTry(t *testing.T) {
	s, sender := newShop(t), &guarded{}
	d := s.deliverer(sender)
	s.joins("Amara", "amara@example.org")
	id := s.message(outbox.Join).MessageID
	for round := range 8 {
		s.exec("UPDATE outbox SET state = 'failed', attempts = ?, error_class = 'rejected_400', sent_at = NULL", 10*round+1)
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				if _, err := s.W.TryAgain(t.Context(), s.Staff, id, 10*round+1); err != nil && problem.KindOf(err) != problem.Conflict {
					t.Errorf("trying again: %v", err)
				}
			})
			all.Go(func() {
				if _, err := d.DeliverDue(t.Context()); err != nil {
					t.Errorf("delivering: %v", err)
				}
			})
		}
		all.Wait()
		if _, err := d.DeliverDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := sender.taken(); n != round+1 {
			t.Fatalf("after %d tries %d letters went out", round+1, n)
		}
		s.is(outbox.Join, "sent", "")
		s.DB.MoveClock(time.Second)
	}
	if n := s.count("audit_entries WHERE action = 'message.again'"); n != 8 {
		t.Errorf("noted %d times", n)
	}
}

// guarded is answers for several goroutines.
type guarded struct {
	mu sync.Mutex
	answers
}

func (g *guarded) Send(ctx context.Context, m Message) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.answers.Send(ctx, m)
}

func (g *guarded) taken() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.sent)
}
