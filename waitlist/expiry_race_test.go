package waitlist_test

import (
	"crypto/rand"
	"fmt"
	mathrand "math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

const (
	duels       = 2000
	duelsAtOnce = 20 // offers with the same deadline
)

// duel is one offer, and what its customer was told.
type duel struct {
	offer int64
	token string
	told  [2]error
}

// prepareDuels adds offers by the hundred, each to a customer of its own for a slot of its own, with a staff member of its own,
// so that no two wait for each other. Those of one round end at the same moment, a minute after the round before. No slot is
// far enough away to be offered again, so that the cascade has nothing to look for.
func prepareDuels(t *testing.T, s *waitlisttest.Scene, first time.Time) (rounds [][]duel) {
	t.Helper()
	cut, _ := stage(s)
	service := number(t, s, "SELECT id FROM services WHERE public_id = ?", cut)
	batches := map[string]*batch{}
	add := func(table, columns string, values ...any) {
		if batches[table] == nil {
			batches[table] = &batch{table: table, columns: columns}
		}
		batches[table].add(values...)
	}
	for i := range duels {
		id := 1_000_000 + i
		deadline := first.Add(time.Duration(i/duelsAtOnce) * time.Minute)
		made, start := deadline.Add(-10*time.Minute), deadline.Add(35*time.Minute)
		offer := duel{offer: int64(id)}
		public := seal.PublicID()
		offer.token = s.DB.Tokens().Make(seal.TokenOffer, public, 1)
		if i%duelsAtOnce == 0 {
			rounds = append(rounds, nil)
		}
		rounds[len(rounds)-1] = append(rounds[len(rounds)-1], offer)
		address := []byte(rand.Text() + rand.Text())[:32]
		add("staff_members", "id, tenant_id, public_id, name, created_at", id, s.Tenant, seal.PublicID(), "Mia", made)
		add("staff_services", "tenant_id, staff_member_id, service_id", s.Tenant, id, service)
		add("customers", "id, tenant_id, public_id, name, email, email_hash, identity_hash, locale, created_at",
			id, s.Tenant, seal.PublicID(), []byte("sealed"), []byte("sealed"), address, address, "de", made)
		add("entries", `id, tenant_id, public_id, customer_id, service_id, live_service_id, state, source, joined_at, confirmed_at,
			order_key_a, order_key_b, order_version_a, order_version_b, consented, token_hash, created_at`,
			id, s.Tenant, seal.PublicID(), id, service, service, rules.EntryOffered, "public", made, made, 0, 0, 1, 1, true, address, made)
		add("consents", "tenant_id, customer_id, entry_id, wording, locale, given_at", s.Tenant, id, id, "Ja.", "de", made)
		add("slots", "id, tenant_id, public_id, staff_member_id, starts_at, ends_at, state, origin, created_at",
			id, s.Tenant, seal.PublicID(), id, start, start.Add(time.Hour), rules.SlotHeld, "staff", made)
		add("openings", "tenant_id, slot_id, live_slot_id, origin, opened_at, starts_at", s.Tenant, id, id, "staff", made, start)
		add("offers", `id, tenant_id, public_id, slot_id, entry_id, customer_id, live_customer_id, service_id, staff_member_id, state, email_hash,
			created_at, hold_seconds, expires_at, expires_cap_at, sent_at, starts_at, ends_at, service_name, duration_minutes, buffer_minutes,
			price_kind, price_minor, currency, score, token_hash`,
			id, s.Tenant, public, id, id, id, id, service, id, rules.OfferPending, address,
			made, 600, deadline, deadline, made, start, start.Add(time.Hour), "Cut", 60, 0,
			rules.PriceFree, 0, "EUR", "{}", seal.HashToken(offer.token))
		add("slot_claims", "tenant_id, slot_id, offer_id", s.Tenant, id, id)
		add("outbox", "tenant_id, message_id, kind, customer_id, offer_id, cause_key, state, next_attempt_at, useful_until, sent_at, created_at",
			s.Tenant, seal.PublicID(), "offer", id, id, public, "sent", made, deadline, made, made)
	}
	for _, table := range []string{"staff_members", "staff_services", "customers", "entries", "consents", "slots", "openings", "offers", "slot_claims", "outbox"} {
		batches[table].insert(t, s)
	}
	return rounds
}

// batch is many rows of one table.
type batch struct {
	table, columns string
	rows           []string
	values         []any
}

func (b *batch) add(values ...any) {
	b.rows = append(b.rows, "("+strings.Repeat("?, ", len(values)-1)+"?)")
	b.values = append(b.values, values...)
}

func (b *batch) insert(t *testing.T, s *waitlisttest.Scene) {
	t.Helper()
	each := len(b.values) / len(b.rows)
	for len(b.rows) > 0 {
		n := min(500, len(b.rows))
		sql(t, s, fmt.Sprintf("INSERT INTO %s (%s) VALUES %s", b.table, b.columns, strings.Join(b.rows[:n], ", ")), b.values[:n*each]...)
		b.rows, b.values = b.rows[n:], b.values[n*each:]
	}
}

func TestTwoYesAndTwoSweepsAtTheDeadlineHaveOneOutcomeTwoThousandTimes(t *testing.T) {
	s := waitlisttest.New(t)
	first := s.Now().Add(11 * time.Minute)
	rounds := prepareDuels(t, s, first)
	lead := 60 * time.Millisecond // how long before the deadline a round begins
	for i, round := range rounds {
		s.StartAt(first.Add(time.Duration(i)*time.Minute - lead))
		var all sync.WaitGroup
		for n := range round {
			d := &round[n]
			for side := range d.told {
				withinTenthOfASecond(&all, func() { d.told[side] = s.W.Accept(s.Context(), d.token) })
			}
			for range len(d.told) {
				withinTenthOfASecond(&all, func() {
					if _, err := s.W.Expire(s.Context(), s.Tenant, d.offer); err != nil {
						t.Errorf("a sweep: %v", err)
					}
				})
			}
		}
		all.Wait()
		if t.Failed() {
			break
		}
		lead += aim(round)
	}
	s.Pass(time.Second)
	_, err := s.W.ExpireOverdue(s.Context()) // sweeps that all came before the deadline have left some
	ok(t, err)
	judge(t, s, rounds)
}

// withinTenthOfASecond runs an act at a random moment: with the right lead up to 50 ms before or after the deadline.
func withinTenthOfASecond(all *sync.WaitGroup, act func()) {
	all.Add(1)
	time.AfterFunc(time.Duration(10+mathrand.IntN(100))*time.Millisecond, func() {
		defer all.Done()
		act()
	})
}

// aim corrects the lead by how a round went: a machine at work needs a while from a press to the moment that decides, and who
// always comes too late is no opponent.
func aim(round []duel) time.Duration {
	accepted := 0
	for _, d := range round {
		if d.told[0] == nil {
			accepted++
		}
	}
	return time.Duration(len(round)/2-accepted) * 2 * time.Millisecond
}

func judge(t *testing.T, s *waitlisttest.Scene, rounds [][]duel) {
	t.Helper()
	states := map[int64]rules.OfferState{}
	found, err := s.DB.Pool().QueryContext(s.Context(), "SELECT id, state FROM offers")
	ok(t, err)
	defer found.Close()
	for found.Next() {
		var id int64
		var state rules.OfferState
		ok(t, found.Scan(&id, &state))
		states[id] = state
	}
	ok(t, found.Err())
	count := map[rules.OfferState]int{}
	for _, round := range rounds {
		for _, d := range round {
			state := states[d.offer]
			count[state]++
			for _, told := range d.told {
				// A second yes after the deadline repeats the first, which stands.
				if told == nil != (state == rules.OfferAccepted) || told != nil && problem.KindOf(told) != problem.Gone {
					t.Errorf("offer %d is %s, a press was told %v", d.offer, state, told)
				}
			}
		}
	}
	t.Logf("%v", count)
	if count[rules.OfferAccepted]+count[rules.OfferExpired] != duels {
		t.Errorf("of %d offers %d were accepted and %d expired", duels, count[rules.OfferAccepted], count[rules.OfferExpired])
	}
	if count[rules.OfferAccepted] < duels/50 || count[rules.OfferExpired] < duels/50 {
		t.Error("one side all but always won: this was no duel")
	}
	rows(t, s, count[rules.OfferAccepted], "bookings")
	rows(t, s, count[rules.OfferAccepted], "outbox WHERE kind = 'confirmed'")
	rows(t, s, count[rules.OfferExpired], "customers WHERE offers_lapsed = 1")
	rows(t, s, count[rules.OfferAccepted], "customers WHERE offers_answered = 1")
}
