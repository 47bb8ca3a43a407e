package bench

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/idempotency"
	"github.com/your-org/waitlist-management/jobs"
	"github.com/your-org/waitlist-management/mail"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/webhooks"
)

const (
	idleCancels   = 60
	busyCancels   = 1000
	busyPerSecond = 100
	emailStaff    = 25
	emailsWithin  = 2 * time.Minute // what has not come by then does not come
)

// stopwatch is a sender that takes everything and notes when.
type stopwatch struct {
	mu   sync.Mutex
	at   map[string]time.Time // by message id
	sent chan string          // message ids, as they come
}

func newStopwatch() *stopwatch {
	return &stopwatch{at: map[string]time.Time{}, sent: make(chan string, 10_000)}
}

func (s *stopwatch) Send(_ context.Context, m mail.Message) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.at[m.ID] = time.Now()
	s.sent <- m.ID
	return nil
}

func (s *stopwatch) Check(context.Context) error { return nil }

// appointments are booked slots, tomorrow and later, of many staff members: the tokens of the links that cancel them, by slot.
func (h *house) appointments(service string, n int) (tokens []string) {
	h.b.Helper()
	perStaff := (n + emailStaff - 1) / emailStaff
	for i := range emailStaff {
		staff := h.AddStaffMember(fmt.Sprintf("Staff member %d", i), service)
		for k := range perStaff {
			id, err := h.W.Book(h.Context(), h.Staff, waitlist.Book{
				StaffMember: staff, Service: service, Date: h.today().AddDays(1 + k/20), FromMinute: 9*60 + 30*(k%20),
				Name: fmt.Sprintf("Client %d of %d", k, i), OutsideHours: true,
			})
			h.ok(err)
			tokens = append(tokens, h.DB.Tokens().Make(seal.TokenBooking, id, 1))
		}
	}
	return tokens[:n]
}

// runs starts the jobs and the deliverer of a program, as serving does, until the benchmark ends.
func (p *program) runs() {
	p.b.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	schedule, err := jobs.Start(ctx, slog.New(slog.DiscardHandler), jobs.Table(p.waitlist, p.mail, p.accounts, audit.New(p.mail.DB, slog.New(slog.DiscardHandler)), idempotency.New(p.mail.DB), webhooks.New(p.mail.DB, webhooks.NewSender(nil, time.Now), slog.New(slog.DiscardHandler))))
	if err != nil {
		p.b.Fatal(err)
	}
	var delivering sync.WaitGroup
	delivering.Go(func() { jobs.DeliverNudged(ctx, outbox.Nudges(), p.mail.DeliverDue) })
	p.b.Cleanup(func() {
		schedule.Stop(ctx)
		cancel()
		delivering.Wait()
	})
}

// BenchmarkCancelToEmail is from the moment a customer presses the button that cancels, through HTTP, until the offer's email to the next
// one is handed to the sender. The jobs run. Idle: one at a time. Busy: 100 begin each second for ten seconds, whether or not the
// ones before are done.
func BenchmarkCancelToEmail(b *testing.B) {
	h := newHouse(b)
	service := h.AddService("Haircut", 30*time.Minute, 0)
	tokens := h.appointments(service, 1+idleCancels+busyCancels)
	h.crowd(service, idleCancels+busyCancels+500, nil)
	watch := newStopwatch()
	tapped, wire := h.tapped(watch)
	report.explain("What one cancellation says to the database, until the next one's email is with the sender", "%s", list(wire.during(func() {
		h.ok(press(tapped.client, tapped.url+paths.BookingCancellation(tokens[0])))
		_, err := tapped.mail.DeliverDue(h.Context())
		h.ok(err)
		if watch.wait(1) == 0 {
			b.Fatal("no email came")
		}
	})))
	tokens = tokens[1:]
	p := h.serve(h.DB, watch)
	p.runs()

	pressed := map[string]time.Time{} // by token
	for _, token := range tokens[:idleCancels] {
		pressed[token] = time.Now()
		h.ok(press(p.client, p.url+paths.BookingCancellation(token)))
		if watch.wait(1) == 0 {
			b.Fatal("no email came")
		}
	}
	idle := h.delays(watch, pressed)

	pressed = map[string]time.Time{}
	answers := make(chan error, busyCancels)
	tick := time.NewTicker(time.Second / busyPerSecond)
	defer tick.Stop()
	begun := time.Now()
	for _, token := range tokens[idleCancels:] {
		<-tick.C
		pressed[token] = time.Now()
		go func() { answers <- press(p.client, p.url+paths.BookingCancellation(token)) }()
	}
	begunPerSecond := float64(busyCancels) / time.Since(begun).Seconds()
	turnedAway := 0
	for range busyCancels {
		if err := <-answers; err != nil {
			turnedAway++
		}
	}
	cancelled := int(h.number("SELECT COUNT(*) FROM bookings WHERE state = 'cancelled'")) - idleCancels - 1
	came := watch.wait(cancelled)
	took := time.Since(begun)
	busy := h.delays(watch, pressed)
	b.ReportMetric(float64(percentile(busy, 99))/float64(time.Millisecond), "busy-p99-ms")
	for _, c := range []struct {
		name   string
		delays []time.Duration
		load   string
	}{
		{"one at a time", idle, ""},
		{"at 100 openings per second", busy, fmt.Sprintf("%.0f per second begun, %.0f per second done; of %d, %d turned away, %d without an email after %.0f s", begunPerSecond,
			float64(came)/took.Seconds(), busyCancels, turnedAway, cancelled-came, took.Seconds())},
	} {
		report.add(figure{
			name:  "cancel to email with the sender, " + c.name,
			value: fmt.Sprintf("p50 %s, p99 %s", milliseconds(percentile(c.delays, 50)), milliseconds(percentile(c.delays, 99))), floor: c.load,
		})
	}
}

// wait takes n messages, or as many as come in time.
func (s *stopwatch) wait(n int) (came int) {
	limit := time.After(emailsWithin)
	for came < n {
		select {
		case <-s.sent:
			came++
		case <-limit:
			return came
		}
	}
	return came
}

// delays are how long after its press each cancellation's slot was offered to somebody by email.
func (h *house) delays(watch *stopwatch, pressed map[string]time.Time) (all []time.Duration) {
	h.b.Helper()
	watch.mu.Lock()
	defer watch.mu.Unlock()
	for token, at := range pressed {
		var message string
		err := h.DB.Pool().QueryRowContext(h.Context(), `SELECT m.message_id FROM bookings b JOIN offers o ON o.tenant_id = b.tenant_id AND o.slot_id = b.slot_id
			JOIN outbox m ON m.tenant_id = o.tenant_id AND m.offer_id = o.id WHERE b.token_hash = ? ORDER BY o.id LIMIT 1`, seal.HashToken(token)).Scan(&message)
		if errors.Is(err, sql.ErrNoRows) {
			continue // turned away, or not offered to anybody yet
		}
		h.ok(err)
		if sent, came := watch.at[message]; came {
			all = append(all, sent.Sub(at))
		}
	}
	return all
}
