package waitlist_test

import (
	"context"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/your-org/waitlist-management/holds"
	"github.com/your-org/waitlist-management/holds/redistest"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// onOwnRedis is a scene whose Redis the test may break; reached counts the commands that go all the way to it.
func onOwnRedis(t *testing.T) (s *waitlisttest.Scene, server *redistest.Server, reached *atomic.Int64) {
	t.Helper()
	s = race(t)
	server = redistest.New(t)
	client, err := holds.Connect(server.URL(), time.Now)
	ok(t, err)
	t.Cleanup(func() { client.Close() })
	reached = &atomic.Int64{}
	client.AddHook(counter{reached})
	s.Holds = holds.New(client, redistest.Prefix(t))
	s.W = waitlist.New(s.DB, s.Holds, s.Boards, slog.New(slog.DiscardHandler))
	return s, server, reached
}

// counter counts the commands that come past the breaker.
type counter struct{ n *atomic.Int64 }

func (c counter) DialHook(next redis.DialHook) redis.DialHook { return next }

func (c counter) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		if strings.HasPrefix(cmd.Name(), "eval") { // holds are scripts; greetings of a new connection are not counted
			c.n.Add(1)
		}
		return next(ctx, cmd)
	}
}

func (c counter) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return next
}

// live lets seconds go by with every job running, whether Redis is there or not.
func live(t *testing.T, s *waitlisttest.Scene, d time.Duration) {
	t.Helper()
	for ; d > 0; d -= time.Second {
		s.Pass(time.Second)
		_, _ = s.W.ExpireDue(s.Context()) // fails without Redis, and says so
		for _, job := range []func(context.Context) (int, error){s.W.ExpireOverdue, s.W.CarryOutWishes, s.W.FillDue} {
			_, err := job(s.Context())
			ok(t, err)
		}
	}
}

func TestARedisFlushedStoppedAndStartedInTheMiddleOfACascadeCostsNoOffer(t *testing.T) {
	s, server, _ := onOwnRedis(t)
	cut, mia := stage(s)
	var waiters []waitlisttest.Waiter
	for range 5 {
		waiters = append(waiters, s.Wait(cut, waitlist.Wishes{}))
	}
	slot := s.Open(mia, 1, "10:00", time.Hour)
	for i, harm := range []func(){
		func() {},
		func() { ok(t, server.Client().FlushAll(s.Context()).Err()) },
		server.Stop,
		func() { server.Start() },
		func() {
			server.Stop()
			server.Start() // and empty
		},
	} {
		token := s.OfferTo(waiters[i])
		if token == "" {
			t.Fatalf("customer %d was not asked in their turn", i+1)
		}
		s.Send()
		s.Pass(5 * time.Minute)
		harm()
		offer := pending(t, s, slot)
		s.Pass(offer.ExpiresAt.Sub(s.Now()) - time.Second)
		offerState(t, s, token, rules.OfferPending)
		live(t, s, 3*time.Second)
		offerState(t, s, token, rules.OfferExpired)
	}
	rows(t, s, len(waiters), "offers") // each was asked once
	slotState(t, s, slot, rules.SlotOpen, rules.ReasonNoCandidate)
}

func TestARedisThatForgotIsToldAgainAndExpiresByItself(t *testing.T) {
	s, server, _ := onOwnRedis(t)
	o := offerTo(t, s, true)
	ok(t, server.Client().FlushAll(s.Context()).Err())
	s.Pass(11 * time.Minute)
	if n, err := s.W.ExpireDue(s.Context()); n != 0 || err != nil {
		t.Fatalf("an empty Redis knew of %d offers, %v", n, err)
	}
	if n, err := s.W.Reconcile(s.Context()); n != 1 || err != nil {
		t.Fatalf("%d offers were told again, %v", n, err)
	}
	if n, err := s.W.ExpireDue(s.Context()); n != 1 || err != nil {
		t.Fatalf("%d offers expired, %v", n, err)
	}
	if state := now(t, s, o).State; state != rules.OfferExpired {
		t.Errorf("the offer is %s", state)
	}
}

func TestARedisThatKnowsLessOrMoreThanMySQLIsCorrectedByIt(t *testing.T) {
	s, _, _ := onOwnRedis(t)
	o := offerTo(t, s, true)
	slot := s.Slot(o.slot)
	for _, wrong := range []func() error{
		func() error { // an offer that never was
			return s.Holds.Hold(s.Context(), slot.ID, o.offer.ID+1000, s.Now().Add(-time.Second), s.Now())
		},
		func() error { // a deadline that was raised since
			ok(t, s.Holds.Release(s.Context(), slot.ID, o.offer.ID))
			return s.Holds.Hold(s.Context(), slot.ID, o.offer.ID, s.Now().Add(-time.Second), s.Now())
		},
	} {
		ok(t, wrong())
		for range 2 {
			if n, err := s.W.ExpireDue(s.Context()); n != 0 || err != nil {
				t.Fatalf("%d offers expired, %v", n, err)
			}
		}
		due, err := s.Holds.Due(s.Context(), s.Now(), 10)
		ok(t, err)
		if len(due) != 0 {
			t.Errorf("still due: %v", due)
		}
	}
	ok(t, s.W.Accept(s.Context(), o.token))
}

func TestActsGoOnWhileRedisHangsAndWaitForItNoLongerThanItsBreaker(t *testing.T) {
	s, server, reached := onOwnRedis(t)
	defer server.Freeze()()
	reached.Store(0)
	began := time.Now()
	acts := 0
	for range 6 {
		o := offerTo(t, s, true)
		ok(t, s.W.Decline(s.Context(), o.token, true))
		ok(t, s.W.Accept(s.Context(), s.OfferTo(o.second)))
		acts += 5
	}
	seconds := int64(time.Since(began)/time.Second) + 1
	if n := reached.Load(); n > 3+seconds {
		t.Errorf("%d acts in %d s asked a Redis that hangs %d times, want at most three and once a second", acts, seconds, n)
	}
	rows(t, s, 6, "bookings")
}
