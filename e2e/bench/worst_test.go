package bench

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
)

const (
	worstWaiting = 100_000
	worstLooked  = 2_000  // entries in one transaction: waitlist's scanLimit
	worstRows    = 10_000 // read in one transaction: what is looked at, customers and all that is known of them
)

// nobodyFits needs far more notice than any slot here gives.
func nobodyFits(_ int, e *db.Entry) { e.NoticeMinutes = 20 * 24 * 60 }

// search is one transaction of a search that goes on over several.
type search struct {
	took time.Duration
	read counters
}

// exhaust fills a slot again and again, as the job does, until it says that nobody on the list fits.
func (s *shop) exhaust(slot int64) (all []search) {
	s.b.Helper()
	for {
		var one search
		one.read = s.reads(func() {
			var offered bool
			if one.took, offered = s.fill(slot); offered {
				s.b.Fatal("somebody was found")
			}
		})
		all = append(all, one)
		row, err := s.DB.GetSlot(s.Context(), db.GetSlotParams{TenantID: s.Tenant, ID: slot})
		s.ok(err)
		switch {
		case row.UnfilledReason == rules.ReasonNoCandidate:
			return all
		case row.UnfilledReason != rules.ReasonScanning || len(all) > worstWaiting/100:
			s.b.Fatalf("after %d transactions the slot says %q", len(all), row.UnfilledReason)
		}
	}
}

// BenchmarkWorst is the search for somebody who fits among 100,000 who don't.
func BenchmarkWorst(b *testing.B) {
	h := newHouse(b)
	s := h.shop("Nobody")
	h.crowd(s.service, worstWaiting, nobodyFits)
	all := s.exhaust(s.open())
	var times []time.Duration
	var rows []int64
	for _, one := range all {
		times, rows = append(times, one.took), append(rows, one.read.sum())
	}
	most := slices.Max(rows)
	b.ReportMetric(float64(most), "rows/transaction")
	report.add(figure{
		name: "nobody fits among 100,000: rows read in one transaction", value: fmt.Sprintf("at most %d", most), floor: fmt.Sprintf("%d entries looked at", worstLooked),
		goal: fmt.Sprintf("at most %d", worstRows), met: most <= worstRows,
	}, figure{
		name: "time of one such transaction", value: fmt.Sprintf("p50 %s, longest %s", milliseconds(median(times)), milliseconds(slices.Max(times))),
		floor: fmt.Sprintf("%d transactions until all were looked at", len(all)),
	})
}

func TestASearchAmongManyWhoDoNotFitIsBounded(t *testing.T) {
	h := newHouse(t)
	s := h.shop("Nobody")
	h.crowd(s.service, 4*worstLooked, nobodyFits)
	all := s.exhaust(s.open())
	if len(all) < 4 || len(all) > 6 {
		t.Errorf("%d transactions for %d people", len(all), 4*worstLooked)
	}
	for i, one := range all {
		if one.read.sum() > worstRows {
			t.Errorf("transaction %d read %d rows", i, one.read.sum())
		}
	}
}
