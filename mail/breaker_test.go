package mail

import (
	"testing"
	"time"

	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/rules"
)

// fails makes sending fail until no more offers are made.
func (s *shop) fails(p *provider) {
	s.t.Helper()
	p.answers(status(500))
	for i := range failsAfter {
		if s.status().FailingSince != nil {
			s.t.Fatalf("sending counts as failing after %d failures", i)
		}
		s.joins("Amara", rand()+"@example.org")
		s.exec("UPDATE outbox SET next_attempt_at = useful_until WHERE attempts > 0")
		s.delivers(s.deliverer(p.sender()), 0)
	}
	if s.status().FailingSince == nil {
		s.t.Fatalf("after %d failures sending does not count as failing", failsAfter)
	}
}

func TestWhileSendingFailsNobodyIsOfferedAnything(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	d := s.deliverer(p.sender())
	s.waits("Amara", "amara@example.org")
	s.fails(p)
	s.opens()
	var reason rules.UnfilledReason
	s.must(s.DB.Pool().QueryRowContext(t.Context(), "SELECT unfilled_reason FROM slots").Scan(&reason))
	if reason != rules.ReasonMailDown || len(s.messages(outbox.Offer)) != 0 {
		t.Fatalf("the slot was left because of %q, with %d offers", reason, len(s.messages(outbox.Offer)))
	}

	s.exec("UPDATE slots SET next_try_at = DATE_ADD(next_try_at, INTERVAL 1 HOUR)")
	p.answers(nil)
	s.DB.MoveClock(probeEvery)
	if _, err := d.DeliverDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s.status().FailingSince != nil || s.status().Failures != 0 {
		t.Error("a success does not end the failing")
	}
	if _, err := s.W.FillDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s.offer().State != rules.OfferPending {
		t.Error("the slot was not woken")
	}
}

func TestAFailureInBetweenStartsTheRowAnew(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	d := s.deliverer(p.sender())
	for range 2 {
		p.answers(status(500))
		for range failsAfter - 1 {
			s.joins("Amara", rand()+"@example.org")
			s.exec("UPDATE outbox SET next_attempt_at = useful_until WHERE attempts > 0")
			s.delivers(d, 0)
		}
		p.answers(nil)
		s.joins("Amara", rand()+"@example.org")
		s.delivers(d, 1)
	}
	if status := s.status(); status.FailingSince != nil || status.Failures != 0 {
		t.Errorf("status %+v", status)
	}
}

func TestWhileSendingFailsOneMessageATimeIsTried(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	s.fails(p)
	for range 5 {
		s.joins("Amara", rand()+"@example.org")
	}
	tried := len(p.letters())
	for range 3 {
		s.delivers(s.deliverer(p.sender()), 0)
		s.delivers(s.deliverer(p.sender()), 0)
		if n := len(p.letters()) - tried; n != 0 {
			t.Fatalf("%d messages were tried before %s had passed", n, probeEvery)
		}
		s.DB.MoveClock(probeEvery + time.Second)
		s.delivers(s.deliverer(p.sender()), 0)
		s.delivers(s.deliverer(p.sender()), 0)
		if n := len(p.letters()) - tried; n != 1 {
			t.Fatalf("%d messages were tried, want 1", n)
		}
		tried++
	}
	if p.checked() != 0 {
		t.Error("the provider was asked although there was something to send")
	}
}

func TestWithNothingToSendTheProviderIsAsked(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	d := s.deliverer(p.sender())
	s.fails(p)
	s.exec("DELETE FROM outbox")
	s.DB.MoveClock(probeEvery + time.Second)
	s.delivers(d, 0)
	if p.checked() != 1 || s.status().FailingSince == nil {
		t.Fatalf("asked %d times, failing since %v", p.checked(), s.status().FailingSince)
	}
	p.answers(nil)
	s.delivers(d, 0)
	if p.checked() != 1 {
		t.Fatal("asked again at once")
	}
	s.DB.MoveClock(probeEvery + time.Second)
	s.delivers(d, 0)
	if p.checked() != 2 || s.status().FailingSince != nil {
		t.Errorf("asked %d times, failing since %v", p.checked(), s.status().FailingSince)
	}
}

func TestARefusedKeyLosesNoMessage(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	d := s.deliverer(p.sender())
	p.answers(status(401))
	s.joins("Amara", "amara@example.org")
	for range 20 {
		s.delivers(d, 0)
		s.DB.MoveClock(time.Minute)
	}
	s.is(outbox.Join, "pending", "key_refused")
	p.answers(nil)
	s.delivers(d, 1)
	s.is(outbox.Join, "sent", "")
}

func TestAnHourWithoutTheProviderCostsNobodyTheirPlace(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	d := s.deliverer(p.sender())
	s.waits("Amara", "amara@example.org")
	p.answers(status(503))
	s.opens()
	for range 60 {
		if _, err := d.DeliverDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		_, err := s.W.ExpireOverdue(t.Context())
		s.must(err)
		_, err = s.W.FillDue(t.Context())
		s.must(err)
		s.DB.MoveClock(time.Minute)
	}
	var lapsed int
	s.must(s.DB.Pool().QueryRowContext(t.Context(), "SELECT offers_lapsed FROM customers").Scan(&lapsed))
	if lapsed != 0 {
		t.Errorf("%d offers count against the customer", lapsed)
	}
	p.answers(nil)
	if _, err := d.DeliverDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := s.W.FillDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := s.offer(); got.SentAt != nil {
		t.Errorf("sent at %v", got.SentAt)
	}
	s.delivers(d, 1)
	if got := s.offer(); got.SentAt == nil {
		t.Error("the customer was not asked once the provider was back")
	}
}
