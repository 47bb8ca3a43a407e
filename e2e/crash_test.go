// Package e2e tries the whole program as people and mishaps would.
package e2e

import (
	"context"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/db/dbtest"
	"github.com/your-org/waitlist-management/e2e/program"
	"github.com/your-org/waitlist-management/localserver"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// crowd is a scene in real time with people who wait, and one opening for each staff member.
type crowd struct {
	*waitlisttest.Scene
	program *program.Program
	mu      sync.Mutex
	told    map[string]bool // offers whose customer was told "yours"
}

func newCrowd(t *testing.T, p *program.Program, d *db.DB, people, openings int) *crowd {
	c := &crowd{Scene: waitlisttest.On(t, d), program: p, told: map[string]bool{}}
	c.StartAt(time.Now()) // the program has a clock of its own, which nobody moves
	cut := c.AddService("Cut", 30*time.Minute, 0)
	for range people {
		c.Wait(cut, waitlist.Wishes{})
		c.Pass(-time.Second)
	}
	for i := range openings {
		c.Open(c.AddStaffMember("Staff "+string(rune('A'+i)), cut), 2, "10:00", 30*time.Minute)
	}
	return c
}

// answer lets customers answer their offers by HTTP until ctx ends: yes and no by turns, twice each, like impatient people. What
// the page then says is remembered.
func (c *crowd) answer(ctx context.Context) {
	for ctx.Err() == nil {
		offers, err := c.DB.PendingOffers(ctx, db.PendingOffersParams{Limit: 20})
		if err != nil || len(offers) == 0 {
			continue
		}
		offer, err := c.DB.GetOffer(ctx, db.GetOfferParams{TenantID: c.Tenant, ID: offers[rand.IntN(len(offers))].ID})
		if err != nil {
			continue
		}
		token := c.DB.Tokens().Make(seal.TokenOffer, offer.PublicID, offer.TokenVersion)
		act := paths.OfferAcceptance(token)
		if offer.ID%3 == 0 {
			act = paths.OfferDecline(token)
		}
		c.post(ctx, act)
		c.post(ctx, act)
		if body, ok := c.get(ctx, paths.Offer(token)); ok && strings.Contains(body, paths.OfferEvent(token)) {
			c.mu.Lock()
			c.told[offer.PublicID] = true
			c.mu.Unlock()
		}
	}
}

func (c *crowd) post(ctx context.Context, path string) int {
	request, _ := http.NewRequestWithContext(ctx, http.MethodPost, c.program.URL+path, nil)
	answer, err := (&http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}).Do(request)
	if err != nil {
		return 0
	}
	_ = answer.Body.Close()
	return answer.StatusCode
}

func (c *crowd) get(ctx context.Context, path string) (string, bool) {
	request, _ := http.NewRequestWithContext(ctx, http.MethodGet, c.program.URL+path, nil)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", false
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	return string(body), err == nil && answer.StatusCode == http.StatusOK
}

// settled fails the test unless everybody who was told "yours" has the booking, and no email went out more than twice.
func (c *crowd) settled(t *testing.T) {
	t.Helper()
	for id := range c.told {
		offer, err := c.DB.GetOfferByPublicID(c.Context(), db.GetOfferByPublicIDParams{TenantID: c.Tenant, PublicID: id})
		if err != nil || offer.State != rules.OfferAccepted {
			t.Errorf("a customer was told that offer %d is theirs; it is %s (%v)", offer.ID, offer.State, err)
		}
	}
	for id, n := range c.program.Mail() {
		if n > 2 {
			t.Errorf("message %s went out %d times", id, n)
		}
	}
	if len(c.told) == 0 {
		t.Error("nobody was told anything: the test tried nothing")
	}
}

func TestAKilledProgramLosesNothingItAcknowledged(t *testing.T) {
	url := dbtest.URL(t)
	p := program.New(t, "DATABASE_URL="+url, "REDIS_URL="+dbtest.RedisURL(t), "ENCRYPTION_KEY="+dbtest.EncryptionKey,
		"SESSION_SECRET="+dbtest.EncryptionKey, "JWT_SECRET="+dbtest.EncryptionKey)
	c := newCrowd(t, p, dbtest.OpenURL(t, url), 60, 12)
	for range 6 {
		p.Start()
		ctx, stop := context.WithTimeout(t.Context(), time.Duration(300+rand.IntN(700))*time.Millisecond)
		var wait sync.WaitGroup
		for range 4 {
			wait.Go(func() { c.answer(ctx) })
		}
		<-ctx.Done()
		p.Kill()
		wait.Wait()
		stop()
	}
	p.Start()
	p.Eventually("every message is settled or waits for its lease", func() bool {
		due, err := c.DB.OutboxDue(t.Context(), db.OutboxDueParams{Now: c.Now(), Limit: 1})
		return err == nil && len(due) == 0
	})
	c.settled(t)
}

func TestADatabaseThatDiesIsBackByItselfAndHasEverythingAcknowledged(t *testing.T) {
	p := program.New(t, "ENCRYPTION_KEY="+dbtest.EncryptionKey)
	p.Start()
	servers, err := localserver.Join(t.Context(), p.Data)
	if err != nil {
		t.Fatal(err)
	}
	c := newCrowd(t, p, dbtest.OpenURL(t, servers.DatabaseURL()), 60, 12)
	for range 3 {
		ctx, stop := context.WithCancel(t.Context())
		var wait sync.WaitGroup
		for range 4 {
			wait.Go(func() { c.answer(ctx) })
		}
		before := len(c.toldSoFar())
		p.Eventually("somebody is told something", func() bool { return len(c.toldSoFar()) > before })
		if err := syscall.Kill(p.Pid("mysql"), syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		p.Eventually("the program is ready again", func() bool { _, ok := c.get(t.Context(), "/api/health"); return ok })
		stop()
		wait.Wait()
	}
	c.settled(t)
}

func (c *crowd) toldSoFar() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var ids []string
	for id := range c.told {
		ids = append(ids, id)
	}
	return ids
}
