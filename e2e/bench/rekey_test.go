package bench

import (
	"database/sql"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/waitlist"
)

const (
	rekeyed       = 100_000
	rekeyRounds   = 3
	rekeyGoal     = 6.0
	rekeyPickGoal = 4.0
	previewRounds = 5
	previewGoal   = 2.0
)

// reweigh saves other weights, as the page does, and tells which column they are written into.
func (h *house) reweigh(waitPerHour int) (column string) {
	h.b.Helper()
	settings, err := waitlist.LoadSettings(h.Context(), h.DB.Queries, h.Tenant)
	h.ok(err)
	weights := settings.Weights
	weights.WaitPerHour = waitPerHour
	h.ok(h.W.ChangeWeights(h.Context(), h.Staff, waitlist.ChangeWeights{Weights: weights, Reason: "to measure", Version: settings.WeightsVersion()}))
	return map[string]string{"a": "b", "b": "a"}[settings.Row.LiveOrderKey]
}

func (h *house) rekey() time.Duration {
	h.b.Helper()
	begun := time.Now()
	n, err := h.W.Rekey(h.Context())
	h.ok(err)
	if n < rekeyed {
		h.b.Fatalf("%d places written", n)
	}
	return time.Since(begun)
}

// BenchmarkRekey is writing a new place for everybody on a long list: beside the least that it could cost, a single UPDATE of as many rows;
// and what offers notice that are made meanwhile, while a page asks how far it is.
func BenchmarkRekey(b *testing.B) {
	h := newLargeHouse(b)
	s := h.shop("Many")
	h.crowd(s.service, rekeyed, s.twoInTen)

	var whole, bare []time.Duration
	var ratios []float64
	for round := range rekeyRounds {
		column := h.reweigh(11 + round)
		whole = append(whole, h.rekey())
		begun := time.Now()
		h.exec("UPDATE entries SET order_key_"+column+" = order_key_"+column+" + 1 WHERE tenant_id = ? AND live_service_id IS NOT NULL", h.Tenant)
		bare = append(bare, time.Since(begun))
		ratios = append(ratios, float64(whole[round])/float64(bare[round]))
	}

	var before, during []time.Duration
	for i := range picks + 1 {
		if took := s.mustFill(s.open()); i > 0 { // the first one warms up
			before = append(before, took)
		}
	}
	h.reweigh(20)
	done := make(chan time.Duration)
	go func() { done <- h.rekey() }()
	looks, last := 0, -1
	var beside time.Duration
	for beside == 0 {
		select {
		case beside = <-done:
		default:
			during = append(during, s.mustFill(s.open()))
			progress, err := h.W.Rekeying(h.Context(), h.Tenant)
			h.ok(err)
			if progress.Written > last {
				looks, last = looks+1, progress.Written
			}
		}
	}
	if looks < 3 || len(during) < 3 {
		b.Fatalf("the progress was seen to move %d times, %d offers were made", looks, len(during))
	}
	ratio, held := median(ratios), float64(median(during))/float64(median(before))
	b.ReportMetric(ratio, "rekey-ratio")
	b.ReportMetric(held, "offer-ratio")
	report.add(figure{
		name: "re-keying 100,000 entries after a change of the weights", value: fmt.Sprintf("%.1f s", median(whole).Seconds()),
		floor: fmt.Sprintf("%.1f s: one bare UPDATE of as many rows", median(bare).Seconds()), ratio: fmt.Sprintf("%.1f", ratio),
		goal: fmt.Sprintf("at most %.0f", rekeyGoal), met: ratio <= rekeyGoal,
	}, figure{
		name: "picking and offering meanwhile", value: fmt.Sprintf("p50 %s, longest %s", milliseconds(median(during)), milliseconds(slices.Max(during))),
		floor: fmt.Sprintf("p50 %s, longest %s before", milliseconds(median(before)), milliseconds(slices.Max(before))), ratio: fmt.Sprintf("%.2f", held),
		goal: fmt.Sprintf("at most %.0f", rekeyPickGoal), met: held <= rekeyPickGoal,
	}, figure{
		name: "the same re-keying with those offers", value: fmt.Sprintf("%.1f s", beside.Seconds()),
		floor: fmt.Sprintf("%d offers made; the progress was seen to move %d times", len(during), looks),
	})
}

// BenchmarkWeightsPreview is ranking a long list anew under other weights, with all that the page shows of it, beside reading what it is
// computed from.
func BenchmarkWeightsPreview(b *testing.B) {
	h := newLargeHouse(b)
	s := h.shop("Many")
	h.crowd(s.service, rekeyed, s.twoInTen)
	settings, err := waitlist.LoadSettings(h.Context(), h.DB.Queries, h.Tenant)
	h.ok(err)
	weights := settings.Weights
	weights.LoyaltyPerVisit, weights.Flexibility = 60, 400
	var whole, bare []time.Duration
	var ratios []float64
	for range previewRounds {
		begun := time.Now()
		p, err := h.W.Preview(h.Context(), h.Tenant, weights)
		h.ok(err)
		whole = append(whole, time.Since(begun))
		if p.Ranked != rekeyed {
			b.Fatalf("%d ranked", p.Ranked)
		}
		begun = time.Now()
		h.readBare()
		bare = append(bare, time.Since(begun))
		ratios = append(ratios, float64(whole[len(whole)-1])/float64(bare[len(bare)-1]))
	}
	ratio := median(ratios)
	b.ReportMetric(ratio, "preview-ratio")
	report.add(figure{
		name: "showing what other weights would do to 100,000 entries", value: milliseconds(median(whole)),
		floor: milliseconds(median(bare)) + ": the bare query of what places come from", ratio: fmt.Sprintf("%.2f", ratio),
		goal: fmt.Sprintf("at most %.0f", previewGoal), met: ratio <= previewGoal,
	})
}

// readBare reads the rows that a preview reads, and nothing of them.
func (h *house) readBare() {
	h.b.Helper()
	rows, err := h.DB.Pool().QueryContext(h.Context(), `SELECT e.id, e.service_id, e.state, e.joined_at, e.priority, e.flexible_days, e.any_staff, e.passed_over,
		e.order_key_a, c.visits, c.no_shows, c.offers_answered, c.offers_lapsed
		FROM entries e JOIN customers c ON c.tenant_id = e.tenant_id AND c.id = e.customer_id
		WHERE e.tenant_id = ? AND e.state IN ('waiting', 'offered', 'paused', 'unconfirmed') ORDER BY e.order_key_a, e.id LIMIT ?`, h.Tenant, waitlist.PreviewMost)
	h.ok(err)
	defer rows.Close()
	raw := make([]sql.RawBytes, 13)
	into := make([]any, len(raw))
	for i := range raw {
		into[i] = &raw[i]
	}
	n := 0
	for rows.Next() {
		h.ok(rows.Scan(into...))
		n++
	}
	h.ok(rows.Err())
	if n != rekeyed {
		h.b.Fatalf("%d rows", n)
	}
}

func TestRekeyingReadsAFewRowsOfEachEntry(t *testing.T) {
	h := newHouse(t)
	s := h.shop("Some")
	h.crowd(s.service, 200, nil)
	h.reweigh(20)
	few := h.reads(func() {
		_, err := h.W.Rekey(h.Context())
		h.ok(err)
	})
	if few.sum() < 200 || few.sum() > 200*8 {
		t.Errorf("%d rows were read to write 200 places", few.sum())
	}
}
