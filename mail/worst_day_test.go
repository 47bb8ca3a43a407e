package mail_test

import (
	"context"
	"crypto/ecdsa"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers"
	"github.com/your-org/waitlist-management/insights"
	"github.com/your-org/waitlist-management/mail"
	"github.com/your-org/waitlist-management/mail/sendgridtest"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

const (
	shops    = 3
	people   = 14 // of each
	openings = 5  // of each
	step     = 20 * time.Second
	patience = 5 * time.Second  // of real time: a slow machine is no lost answer
	storm    = 25 * time.Minute // while half of the calls fail
)

// worstDay is the provider's: half of what it is asked fails in every way there is, and what it tells comes late, twice and in any order.
type worstDay struct {
	t      *testing.T
	p      *sendgridtest.Provider
	scenes []*waitlisttest.Scene
	two    [2]*mail.Deliverer
	hook   string

	mu     sync.Mutex
	random *rand.Rand
	calm   bool
	lost   map[string]bool                 // messages that were taken without an answer
	fate   map[string][]sendgridtest.Event // by message id: all that is ever told, in order
	queue  []due                           // what is to be told
	told   int                             // letters that were given a fate

	silences int // calls without an answer
}

// due is an event that is told at a moment.
type due struct {
	at    time.Time
	event sendgridtest.Event
}

func newWorstDay(t *testing.T) *worstDay {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	s := waitlisttest.New(t)
	d := &worstDay{t: t, p: sendgridtest.New(t), scenes: []*waitlisttest.Scene{s}, random: rand.New(rand.NewPCG(seed, 0)), lost: map[string]bool{}, fate: map[string][]sendgridtest.Event{}}
	for i := 1; i < shops; i++ {
		d.scenes = append(d.scenes, s.Another(fmt.Sprintf("shop-%d", i), fmt.Sprintf("Shop %d", i)))
	}
	log := slog.New(slog.DiscardHandler)
	server := httptest.NewUnstartedServer(nil)
	pages, err := handlers.New(handlers.Deps{
		Base: "https://wait.example", SessionSecret: strings.Repeat("s", 32), Log: log, Health: handlers.NewHealth(), Accounts: accounts.New(s.DB, accounts.SignupClosed),
		Business: business.New(s.DB, s.W), Waitlist: s.W, Insights: insights.New(s.DB, s.W), Boards: s.Boards,
		Reports: mail.Reports{DB: s.DB, Waitlist: s.W, Keys: []*ecdsa.PublicKey{d.p.Public()}, Log: log},
	})
	d.ok(err)
	server.Config.Handler = pages
	server.Start()
	t.Cleanup(server.Close)
	d.hook = server.URL + paths.SendGridHook
	for i := range d.two {
		sender := mail.NewSendGrid(sendgridtest.Key, "mail@wait.example", "Waitlist")
		sender.Host, sender.HTTP.Timeout = d.p.URL, patience
		d.two[i] = &mail.Deliverer{DB: s.DB, Waitlist: s.W, Sender: sender, Base: "https://wait.example", Log: log}
	}
	d.p.AnswersEach(d.answer)
	return d
}

func (d *worstDay) ok(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

// answer fails every second time, and each way of failing has its turn.
func (d *worstDay) answer(l sendgridtest.Letter) http.HandlerFunc {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.calm || d.random.IntN(2) == 0 {
		return nil
	}
	sends := len(l.Personalizations) > 0
	switch n := d.random.IntN(20); {
	case n < 6:
		return sendgridtest.Status([]int{500, 502, 503, 408}[d.random.IntN(4)])
	case n < 9:
		return sendgridtest.Limited(time.Now().Add(time.Duration(d.random.IntN(30)) * time.Second))
	case n < 15 || !sends:
		if d.silences++; d.silences == 10 {
			return sendgridtest.Hang
		}
		return sendgridtest.Cut
	}
	d.lost[l.ID()] = true
	if len(d.lost) == 5 {
		return sendgridtest.LostInTime
	}
	return sendgridtest.Lost
}

// decide gives each newly taken letter its fate: what is told of it, and when. A letter that is taken a second time shares the first's.
func (d *worstDay) decide(now time.Time) {
	taken := d.p.Taken()
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, l := range taken[d.told:] {
		events := []sendgridtest.Event{sendgridtest.About(l, "processed", now)}
		if _, again := d.fate[l.ID()]; !again {
			for d.random.IntN(4) == 0 {
				events = append(events, sendgridtest.About(l, "deferred", now))
			}
			events = append(events, d.ends(l, now)...)
		}
		d.fate[l.ID()] = append(d.fate[l.ID()], events...)
		for _, e := range events {
			for range 1 + d.random.IntN(3) {
				d.queue = append(d.queue, due{now.Add(time.Duration(d.random.IntN(8*60)) * time.Second), e})
			}
		}
	}
	d.told = len(taken)
}

// ends is how a letter ends.
func (d *worstDay) ends(l sendgridtest.Letter, now time.Time) []sendgridtest.Event {
	arrives := sendgridtest.About(l, "delivered", now)
	switch n := d.random.IntN(20); n {
	case 0:
		return []sendgridtest.Event{sendgridtest.Bounced(l, "bounce", now)}
	case 1, 2:
		return []sendgridtest.Event{sendgridtest.Bounced(l, "blocked", now)}
	case 3:
		return []sendgridtest.Event{sendgridtest.Dropped(l, "Unsubscribed Address", now)}
	case 4:
		return []sendgridtest.Event{sendgridtest.Dropped(l, "Spam Content", now)}
	case 5:
		return []sendgridtest.Event{arrives, sendgridtest.Bounced(l, "blocked", now)}
	case 6:
		return []sendgridtest.Event{arrives, sendgridtest.About(l, "open", now), sendgridtest.About(l, "spamreport", now)}
	}
	return []sendgridtest.Event{arrives, sendgridtest.About(l, "open", now)}
}

// tells are the requests that the provider sends by now, each with a few events in any order.
func (d *worstDay) tells(now time.Time) (requests [][]sendgridtest.Event) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var later []due
	var events []sendgridtest.Event
	for _, one := range d.queue {
		if one.at.After(now) {
			later = append(later, one)
		} else {
			events = append(events, one.event)
		}
	}
	d.queue = later
	d.random.Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
	for chunk := range slices.Chunk(events, 1+d.random.IntN(5)) {
		requests = append(requests, chunk)
	}
	return requests
}

// goesOn lets one step of the day go by: everything at once.
func (d *worstDay) goesOn() {
	d.t.Helper()
	ctx, s := d.t.Context(), d.scenes[0]
	s.Pass(step)
	now := s.Now()
	var group errgroup.Group
	for _, deliverer := range d.two {
		group.Go(func() error {
			_, err := deliverer.DeliverDue(ctx)
			return err
		})
	}
	for _, request := range d.tells(now) {
		group.Go(func() error { return d.post(ctx, now, request) })
	}
	for _, job := range []func(context.Context) (int, error){s.W.ExpireDue, s.W.ExpireOverdue, s.W.CarryOutWishes, s.W.FillDue} {
		group.Go(func() error {
			_, err := job(ctx)
			return err
		})
	}
	d.ok(group.Wait())
	d.decide(s.Now())
}

func (d *worstDay) post(ctx context.Context, now time.Time, events []sendgridtest.Event) error {
	status, err := d.p.Post(ctx, d.hook, now, events...)
	if err == nil && status != http.StatusNoContent {
		err = fmt.Errorf("the hook answers %d", status)
	}
	return err
}

// TestTheProvidersWorstDay is many offers of several businesses, delivered by two instances while half of the provider's calls fail and what
// it reports comes twice, late and in any order.
func TestTheProvidersWorstDay(t *testing.T) {
	d := newWorstDay(t)
	for k, s := range d.scenes {
		cut := s.AddService("Cut", 30*time.Minute, 0)
		for i := range people {
			s.WaitAs(fmt.Sprintf("Customer %d", i), fmt.Sprintf("c%d@shop%d.example.org", i, k), cut, waitlist.Wishes{})
		}
		for i := range openings {
			s.Open(s.AddStaffMember(fmt.Sprintf("Staff %d", i), cut), 3, fmt.Sprintf("%02d:00", 9+i), 30*time.Minute)
		}
	}
	s := d.scenes[0]
	for begun := s.Now(); s.Now().Sub(begun) < storm; {
		d.goesOn()
	}
	d.mu.Lock()
	d.calm = true
	d.mu.Unlock()
	for quiet := 0; quiet < 3; { // until everything is sent and told
		d.goesOn()
		if quiet++; len(d.queue) > 0 || d.number("SELECT COUNT(*) FROM outbox WHERE state IN ('pending', 'sending')") > 0 {
			quiet = 0
		}
		if s.Now().After(time.Date(2027, 3, 1, 16, 0, 0, 0, s.Zone)) {
			t.Fatal("it never becomes quiet")
		}
	}
	d.once()
	d.standing()
	for _, s := range d.scenes {
		d.figures(s)
	}
	t.Logf("%d letters handed over, %d taken, %d without an answer; %d offers, %d events kept", len(d.p.Letters()), len(d.p.Taken()), len(d.lost),
		d.number("SELECT COUNT(*) FROM offers"), d.number("SELECT COUNT(*) FROM mail_events"))
}

func (d *worstDay) number(query string, args ...any) (n int) {
	d.t.Helper()
	d.ok(d.scenes[0].DB.Pool().QueryRowContext(d.t.Context(), query, args...).Scan(&n))
	return n
}

// once checks how often the provider took each message.
func (d *worstDay) once() {
	d.t.Helper()
	times := map[string]int{}
	for _, l := range d.p.Taken() {
		times[l.ID()]++
	}
	offers := 0
	for _, m := range d.messages() {
		n := times[m.id]
		switch {
		case m.kind == "offer" && n > 1:
			d.t.Errorf("the email of an offer was taken %d times", n)
		case n > 2 || n == 2 && !d.lost[m.id]:
			d.t.Errorf("an email %s was taken %d times, an answer was lost: %t", m.kind, n, d.lost[m.id])
		case (n > 0) != m.sent:
			d.t.Errorf("an email %s that is %s (%s) was taken %d times", m.kind, m.state, m.class, n)
		}
		if m.kind == "offer" && n == 1 {
			offers++
		}
	}
	if offers < shops*openings || len(d.lost) == 0 {
		d.t.Errorf("%d emails of offers were taken, %d answers were lost: that was no bad day", offers, len(d.lost))
	}
}

type message struct {
	id, kind, state, class string
	tenant                 int64
	sent, arrived          bool
}

func (d *worstDay) messages() (list []message) {
	d.t.Helper()
	rows, err := d.scenes[0].DB.Pool().QueryContext(d.t.Context(), "SELECT message_id, kind, state, error_class, tenant_id, sent_at IS NOT NULL, delivered_at IS NOT NULL FROM outbox")
	d.ok(err)
	defer rows.Close()
	for rows.Next() {
		var m message
		d.ok(rows.Scan(&m.id, &m.kind, &m.state, &m.class, &m.tenant, &m.sent, &m.arrived))
		list = append(list, m)
	}
	d.ok(rows.Err())
	return list
}

// standing checks that each message is what the provider told of it in the end, whatever came first.
func (d *worstDay) standing() {
	d.t.Helper()
	rank := map[string]int{"blocked": 1, "dropped": 2, "bounced": 3, "complained": 4}
	for _, m := range d.messages() {
		class, arrived := "", false
		for _, e := range d.fate[m.id] {
			is := map[string]string{"bounceblocked": "blocked", "bouncebounce": "bounced", "dropped": "dropped", "spamreport": "complained"}[e.Event+e.Type]
			if rank[is] > rank[class] {
				class = is
			}
			arrived = arrived || e.Event == "delivered"
		}
		want := "sent"
		if class != "" {
			want = "failed"
		}
		if m.sent && (m.state != want || m.class != class || m.arrived != arrived) {
			d.t.Errorf("an email %s is %s (%s), delivered: %t; it should be %s (%s), delivered: %t", m.kind, m.state, m.class, m.arrived, want, class, arrived)
		}
	}
}

// figures checks what a business is shown against what the provider knows.
func (d *worstDay) figures(s *waitlisttest.Scene) {
	d.t.Helper()
	var want insights.Emails
	for _, m := range d.messages() {
		if m.tenant != s.Tenant || !m.sent {
			continue
		}
		want.Sent++
		switch {
		case m.class == "complained" || m.class == "" && m.arrived:
			want.Delivered++
		case m.class != "":
			want.Failed++
		}
	}
	f, err := insights.New(s.DB, s.W).Figures(d.t.Context(), s.Tenant, insights.Today)
	d.ok(err)
	if f.Emails != want || !f.Reported || want.Known() != want.Sent || want.Failed == 0 {
		d.t.Errorf("the business is shown %+v, and it is %+v", f.Emails, want)
	}
}
