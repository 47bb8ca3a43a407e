package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/mail"
	"github.com/your-org/waitlist-management/mail/sendgridtest"
	"github.com/your-org/waitlist-management/paths"
)

const (
	handOvers      = 240  // in one round
	handOverGoal   = 0.05 // of bare posts
	waitingOpens   = 1000
	waitingSecond  = 200
	takes          = 100 * time.Millisecond
	posters        = 24 // bare posts side by side, as many as the program has requests
	waitingWatched = 100 * time.Millisecond
)

// BenchmarkHandOver is emails of offers handed to a provider over HTTP, against the same number of the same requests posted bare, with one
// UPDATE each.
//
// Before each round the offers and their emails go back to what they were. After each round the provider must have been sent every message
// once, and every one be settled: whoever cheats sends nothing.
func BenchmarkHandOver(b *testing.B) {
	h := newHouse(b)
	p := sendgridtest.New(b)
	h.offersOwed(handOvers)
	reset := h.remember("offers", "outbox")
	sender := func() *mail.SendGrid {
		s := mail.NewSendGrid(sendgridtest.Key, "mail@wait.example", "Waitlist")
		s.Host = p.URL
		return s
	}

	tapped, wire := h.tapped(sender())
	report.explain("What handing one offer's email over says to the database", "Of a round with %d, per email: %s", handOvers, perMessage(wire.during(func() { h.deliverAll(tapped, handOvers) })))
	body, err := json.Marshal(p.Letters()[0])
	h.ok(err)

	program := h.serve(h.DB, sender())
	ids := h.texts("SELECT id FROM outbox WHERE kind = 'offer' AND state = 'sent'")
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: posters}}
	subject := func() float64 {
		reset()
		already, begun := len(p.Taken()), time.Now()
		h.deliverAll(program, handOvers)
		took := time.Since(begun)
		if n := len(p.Taken()) - already; n != handOvers {
			b.Fatalf("%d letters were taken, want %d", n, handOvers)
		}
		return handOvers / took.Seconds()
	}
	floor := func() float64 {
		reset()
		return together(b, posters, handOvers, func(i int) error {
			if err := post(client, p.URL+"/v3/mail/send", body); err != nil {
				return err
			}
			_, err := h.DB.Pool().ExecContext(context.Background(), "UPDATE outbox SET state = 'sent', sent_at = CURRENT_TIMESTAMP(6) WHERE id = ? AND state = 'pending'", ids[i])
			return err
		})
	}
	perSecond, least, ratio := alternate(b, subject, floor)
	p.Answers(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-time.After(takes):
		case <-r.Context().Done():
		}
		w.WriteHeader(http.StatusAccepted)
	})
	var far []float64
	for range 3 {
		far = append(far, subject())
	}
	p.Answers(nil)
	b.ReportMetric(perSecond, "emails/s")
	report.add(figure{
		name: "emails handed to the provider", value: fmt.Sprintf("%.0f per second", perSecond), floor: fmt.Sprintf("%.0f per second: bare posts, with one UPDATE each", least),
		ratio: fmt.Sprintf("%.2f", ratio), goal: fmt.Sprintf("at least %.2f", handOverGoal), met: ratio >= handOverGoal,
	})
	report.add(figure{name: "the same to a provider that takes 100 ms for each", value: fmt.Sprintf("%.0f per second", median(far))})
	reset()
	h.deliverAll(program, handOvers) // every invariant is checked
}

// offersOwed makes offers whose emails are still to be sent.
func (h *house) offersOwed(n int) {
	h.b.Helper()
	service := h.AddService("Haircut", 30*time.Minute, 0)
	h.crowd(service, n, nil)
	h.opensFor(service, n)
	if got := h.number("SELECT COUNT(*) FROM outbox WHERE kind = 'offer' AND state = 'pending'"); got != int64(n) {
		h.b.Fatalf("%d emails are owed, want %d", got, n)
	}
}

// deliverAll runs rounds until all are sent.
func (h *house) deliverAll(p *program, want int) {
	h.b.Helper()
	for sent := 0; sent < want; {
		n, err := p.mail.DeliverDue(h.Context())
		h.ok(err)
		if n == 0 {
			h.b.Fatalf("only %d of %d emails were sent", sent, want)
		}
		sent += n
	}
}

// together does n things, side by side, and gives how many were done in a second.
func together(b *testing.B, side, n int, do func(i int) error) (perSecond float64) {
	b.Helper()
	var next atomic.Int64
	var done sync.WaitGroup
	failed := make([]error, side)
	begun := time.Now()
	for lane := range side {
		done.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && failed[lane] == nil; i = int(next.Add(1)) - 1 {
				failed[lane] = do(i)
			}
		})
	}
	done.Wait()
	took := time.Since(begun)
	for _, err := range failed {
		if err != nil {
			b.Fatal(err)
		}
	}
	return float64(n) / took.Seconds()
}

// post sends a message to the provider.
func post(client *http.Client, url string, body []byte) error {
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+sendgridtest.Key)
	r.Header.Set("Content-Type", "application/json")
	answer, err := client.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	_, err = io.Copy(io.Discard, answer.Body)
	if err == nil && answer.StatusCode != http.StatusAccepted {
		err = fmt.Errorf("the provider answers %d", answer.StatusCode)
	}
	return err
}

// perMessage is how often each statement was said, for each message of a round.
func perMessage(statements []string) string {
	count, order := map[string]int{}, []string{}
	for _, s := range statements {
		if count[title(s)]++; count[title(s)] == 1 {
			order = append(order, title(s))
		}
	}
	text := fmt.Sprintf("%.1f statements:", float64(len(statements))/handOvers)
	for i, s := range order {
		if i > 0 {
			text += ","
		}
		text += fmt.Sprintf(" `%s` %.2f", s, float64(count[s])/handOvers)
	}
	return text + "."
}

// BenchmarkWaitingEmails is how long the oldest email lies there while 200 appointments are cancelled each second for five seconds, each of
// them an opening that the next customer is emailed about through the provider. The jobs run.
func BenchmarkWaitingEmails(b *testing.B) {
	h := newHouse(b)
	p := sendgridtest.New(b)
	service := h.AddService("Haircut", 30*time.Minute, 0)
	tokens := h.appointments(service, waitingOpens)
	h.crowd(service, waitingOpens+500, nil)
	sender := mail.NewSendGrid(sendgridtest.Key, "mail@wait.example", "Waitlist")
	sender.Host = p.URL
	program := h.serve(h.DB, sender)
	program.runs()

	watched, stop := make(chan []time.Duration, 1), make(chan struct{})
	go func() { watched <- h.oldest(stop) }()
	tick := time.NewTicker(time.Second / waitingSecond)
	defer tick.Stop()
	answers := make(chan error, waitingOpens)
	begun := time.Now()
	for _, token := range tokens {
		<-tick.C
		go func() { answers <- press(program.client, program.url+paths.BookingCancellation(token)) }()
	}
	perSecond := waitingOpens / time.Since(begun).Seconds()
	for range waitingOpens {
		h.ok(<-answers)
	}
	opened := time.Since(begun)
	limit := time.Now().Add(emailsWithin)
	for len(p.Taken()) < waitingOpens && time.Now().Before(limit) {
		<-tick.C
	}
	took := time.Since(begun)
	close(stop)
	ages := <-watched
	oldest := percentile(ages, 100)
	b.ReportMetric(oldest.Seconds(), "oldest-s")
	report.add(figure{
		name:  "age of the oldest waiting email, at 200 openings per second",
		value: fmt.Sprintf("p50 %s, at most %s", milliseconds(percentile(ages, 50)), milliseconds(oldest)),
		floor: fmt.Sprintf("%.0f openings per second asked for, %.0f done; %d of %d emails with the provider after %.0f s", perSecond, waitingOpens/opened.Seconds(), len(p.Taken()), waitingOpens, took.Seconds()),
	})
}

// oldest looks, again and again, how long the oldest email has been waiting.
func (h *house) oldest(stop <-chan struct{}) (ages []time.Duration) {
	tick := time.NewTicker(waitingWatched)
	defer tick.Stop()
	for {
		select {
		case <-stop:
			return ages
		case <-tick.C:
			var micros int64
			err := h.DB.Pool().QueryRowContext(context.Background(), `SELECT COALESCE(MAX(TIMESTAMPDIFF(MICROSECOND, created_at, ?)), 0) FROM outbox WHERE state IN ('pending', 'sending')`, h.Now()).Scan(&micros)
			if err == nil {
				ages = append(ages, time.Duration(micros)*time.Microsecond)
			}
		}
	}
}
