package bench

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/paths"
)

const streams = 1000

// BenchmarkStreams is what a tablet that only listens costs, and how long until all of them are told of a change. Tablets and program
// share the process: what the tablets themselves keep is measured too, so the truth is below the figure.
func BenchmarkStreams(b *testing.B) {
	h := newHouse(b)
	t := h.tablet(h.serve(h.DB, nil))
	before := inUse()
	listening := make([]*bufio.Scanner, streams)
	ctx, stop := context.WithCancel(h.Context())
	defer stop()
	for i := range listening {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, t.url+paths.CounterStream, nil)
		h.ok(err)
		answer, err := t.client.Do(r)
		h.ok(err)
		defer answer.Body.Close()
		listening[i] = bufio.NewScanner(answer.Body)
		next(h, listening[i], "ping")
	}
	each := (inUse() - before) / streams
	var lags []time.Duration
	for range rounds {
		began := time.Now()
		h.Boards.Changed(h.Tenant)
		for _, l := range listening {
			next(h, l, "board")
		}
		lags = append(lags, time.Since(began))
	}
	report.add(
		figure{name: fmt.Sprintf("memory per connected tablet, %d streams", streams), value: fmt.Sprintf("%.0f kB", float64(each)/1024)},
		figure{name: fmt.Sprintf("until all %d have heard of a change", streams), value: milliseconds(median(lags))},
	)
}

// inUse is what the process has taken from the machine for goroutines, connections and everything else that is still in use.
func inUse() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapInuse + m.StackInuse
}

func next(h *house, l *bufio.Scanner, event string) {
	h.b.Helper()
	for l.Scan() {
		if name, ok := strings.CutPrefix(l.Text(), "event: "); ok {
			if name != event {
				h.b.Fatalf("the stream says %q, want %q", name, event)
			}
			return
		}
	}
	h.b.Fatalf("the stream ended before it said %q", event)
}
