package bench

import (
	"fmt"
	"testing"
	"time"
)

const (
	expiries     = 240
	expirySpread = 10 * time.Second // their deadlines lie within
)

// BenchmarkExpiryLag is how long after its deadline an unanswered offer has ended, by the database's clock, with the jobs on their
// schedule: Redis is asked each second for what is due. The next offer goes out in the same breath.
func BenchmarkExpiryLag(b *testing.B) {
	h := newHouse(b)
	h.offersOut(expiries)
	h.exec(`UPDATE offers SET expires_at = expires_at + INTERVAL (id * 7919 % 10000) * ? MICROSECOND`, expirySpread.Microseconds()/10000)
	_, err := h.W.Reconcile(h.Context())
	h.ok(err)
	var first time.Time
	h.ok(h.DB.Pool().QueryRow("SELECT MIN(expires_at) FROM offers").Scan(&first))
	h.DB.MoveClock(first.Add(-2 * time.Second).Sub(h.Now()))

	h.serve(h.DB, newStopwatch()).runs()
	limit := time.After(emailsWithin)
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for left := int64(expiries); left > 0; left = h.number("SELECT COUNT(*) FROM offers WHERE state = 'pending' AND id <= ?", expiries) {
		select {
		case <-tick.C:
		case <-limit:
			b.Fatalf("%d offers are still out", left)
		}
	}
	var lags []time.Duration
	for _, text := range h.texts("SELECT TIMESTAMPDIFF(MICROSECOND, expires_at, ended_at) FROM offers WHERE state = 'expired'") {
		var micros int64
		_, err := fmt.Sscan(text, &micros)
		h.ok(err)
		lags = append(lags, time.Duration(micros)*time.Microsecond)
	}
	if len(lags) < expiries {
		b.Fatalf("%d offers expired of %d", len(lags), expiries)
	}
	b.ReportMetric(float64(percentile(lags, 99))/float64(time.Millisecond), "p99-ms")
	report.add(figure{
		name: "expiry lag", value: fmt.Sprintf("p50 %s, p99 %s", milliseconds(percentile(lags, 50)), milliseconds(percentile(lags, 99))),
		floor: fmt.Sprintf("%d deadlines within %.0f s; due ones are asked for each second", expiries, expirySpread.Seconds()),
	})
}
