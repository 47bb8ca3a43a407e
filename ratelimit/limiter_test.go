package ratelimit_test

import (
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/holds"
	"github.com/your-org/waitlist-management/holds/redistest"
	"github.com/your-org/waitlist-management/ratelimit"
)

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

func TestSoManyAreLetThroughAtOnceAndTheNextAfterItsWait(t *testing.T) {
	l := ratelimit.New(redistest.Start(t), redistest.Prefix(t), quiet())
	rate := ratelimit.Rate{Times: 3, Within: 600 * time.Millisecond} // one more each 200 ms
	for range 3 {
		if ok, _ := l.Allow(t.Context(), "join", "one", rate); !ok {
			t.Fatal("refused within the rate")
		}
	}
	ok, wait := l.Allow(t.Context(), "join", "one", rate)
	if ok || wait <= 0 || wait > 200*time.Millisecond {
		t.Errorf("beyond the rate: %t, wait %s", ok, wait)
	}
	for what, who := range map[string]string{"join": "another", "login": "one"} {
		if ok, _ := l.Allow(t.Context(), what, who, rate); !ok {
			t.Errorf("%s by %s is counted with others", what, who)
		}
	}
	passes(t, func() bool { ok, _ := l.Allow(t.Context(), "join", "one", rate); return ok })
}

// passes waits until something is so.
func passes(t *testing.T, so func() bool) {
	t.Helper()
	limit := time.After(20 * time.Second)
	for !so() {
		select {
		case <-limit:
			t.Fatal("waited in vain")
		default:
		}
	}
}

func TestInstancesCountTogetherAndExactly(t *testing.T) {
	prefix := redistest.Prefix(t)
	var passed atomic.Int32
	var group sync.WaitGroup
	for range 4 {
		l := ratelimit.New(redistest.Start(t), prefix, quiet())
		group.Go(func() {
			for range 50 {
				if ok, _ := l.Allow(t.Context(), "join", "one", ratelimit.Rate{Times: 30, Within: time.Hour}); ok {
					passed.Add(1)
				}
			}
		})
	}
	group.Wait()
	if n := passed.Load(); n != 30 {
		t.Errorf("%d passed, want 30", n)
	}
}

func TestNobodyIsNamedInRedis(t *testing.T) {
	rdb := redistest.New(t).Client()
	l := ratelimit.New(rdb, "p:", quiet())
	l.Allow(t.Context(), "join", "203.0.113.7", ratelimit.Rate{Times: 1, Within: time.Minute})
	keys, err := rdb.Keys(t.Context(), "*").Result()
	if err != nil || len(keys) != 1 || strings.Contains(keys[0], "203") {
		t.Errorf("the keys are %q (%v)", keys, err)
	}
	if left := rdb.TTL(t.Context(), keys[0]).Val(); left <= 0 || left > time.Minute {
		t.Errorf("the count is kept for %s", left)
	}
}

func TestWithoutRedisEverythingIsLetThroughAndThatIsSaidOnce(t *testing.T) {
	server := redistest.New(t)
	rdb, err := holds.Connect(server.URL(), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { rdb.Close() })
	var log lines
	l := ratelimit.New(rdb, "p:", slog.New(slog.NewTextHandler(&log, nil)))
	rate := ratelimit.Rate{Times: 1, Within: time.Hour}
	server.Stop()
	for range 10 {
		if ok, _ := l.Allow(t.Context(), "join", "one", rate); !ok {
			t.Fatal("refused without Redis")
		}
	}
	if n := log.count("while Redis is away"); n != 1 {
		t.Errorf("said %d times", n)
	}
	server.Start()
	passes(t, func() bool {
		l.Allow(t.Context(), "join", "one", rate)
		return log.count("are kept again") > 0
	})
	if ok, _ := l.Allow(t.Context(), "join", "one", rate); ok {
		t.Error("not counted after Redis came back")
	}
	if ok, wait := (*ratelimit.Limiter)(nil).Allow(t.Context(), "join", "one", rate); !ok || wait != 0 {
		t.Error("no limiter refuses")
	}
}

// lines is what was logged.
type lines struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) count(words string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Count(l.text.String(), words)
}
