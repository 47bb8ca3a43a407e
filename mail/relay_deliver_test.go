package mail

import (
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/outbox"
)

func TestAnOfferToAnAddressThatTheRelayKnowsNobodyAtGoesToTheNextAtOnce(t *testing.T) {
	s, r := newShop(t), newRelay(t)
	d := s.deliverer(r.sender(StartTLS))
	s.waits("Amara", "amara@example.org")
	s.waits("Bela", "bela@example.org")
	s.opens()
	r.answer("RCPT", "550 5.1.1 <amara@example.org>: no such user")
	s.lives(d)
	s.DB.MoveClock(time.Second)
	r.answer("RCPT", "")
	s.lives(d)
	letters := r.letters()
	if len(letters) != 1 || headersOf(t, letters[0]).Get("To") != `"Bela" <bela@example.org>` {
		t.Fatalf("%d letters: %v", len(letters), letters)
	}
	states := map[string]int{}
	for _, m := range s.messages(outbox.Offer) {
		states[m.State+" "+m.ErrorClass]++
	}
	if states["failed bounced"] != 1 || states["sent "] != 1 {
		t.Errorf("the messages are %v", states)
	}
	var reason string
	s.must(s.DB.Pool().QueryRowContext(t.Context(), "SELECT reason FROM suppressions WHERE email_hash = ?", s.DB.Lookup().Email(s.Tenant, "amara@example.org")).Scan(&reason))
	if reason != "bounce" {
		t.Errorf("suppressed for %s", reason)
	}
	if words := s.log.mentions("amara", "bela", "no such user", "canary"); len(words) > 0 {
		t.Errorf("the log holds %q", words)
	}
	offer := s.offer()
	if offer.SentAt == nil || s.in(offer.ExpiresAt) != 10*time.Minute {
		t.Errorf("sent at %v, %s left: the time begins when the relay takes it", offer.SentAt, s.in(offer.ExpiresAt))
	}
}

func TestARelayThatRefusesTheProgramCostsNoMessage(t *testing.T) {
	s, r := newShop(t), newRelay(t)
	d := s.deliverer(r.sender(StartTLS))
	r.answer("AUTH", "535 5.7.8 no")
	s.joins("Amara", "amara@example.org")
	for range failsAfter {
		s.lives(d)
		s.DB.MoveClock(longestPause)
	}
	s.is(outbox.Join, "pending", "key_refused")
	if status := s.status(); status.FailingSince == nil {
		t.Error("sending is not known to fail")
	}
	r.answer("AUTH", "")
	s.lives(d)
	s.is(outbox.Join, "sent", "")
	if status := s.status(); status.FailingSince != nil || len(r.letters()) != 1 || !strings.Contains(r.letters()[0], "amara@example.org") {
		t.Errorf("failing since %v, %d letters", status.FailingSince, len(r.letters()))
	}
}

func TestAnOfferWhoseAnswerTheRelayOwesIsNotSentTwice(t *testing.T) {
	s, r := newShop(t), newRelay(t)
	d := s.deliverer(r.sender(StartTLS))
	s.waits("Amara", "amara@example.org")
	s.opens()
	r.answer("END", "hang up")
	s.lives(d)
	s.is(outbox.Offer, "unknown", "unclear")
	r.answer("END", "")
	s.DB.MoveClock(5 * time.Minute)
	s.lives(d)
	if n := len(r.letters()); n != 1 {
		t.Errorf("it was handed over %d times", n)
	}
}
