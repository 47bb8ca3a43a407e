package holds

import (
	"context"
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/your-org/waitlist-management/holds/redistest"
)

// connected is a store on the client the program uses.
func connected(t *testing.T, url string, c *clock) *Store {
	t.Helper()
	rdb, err := Connect(url, c.now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { rdb.Close() })
	return New(rdb, redistest.Prefix(t))
}

func TestABadURLIsRefusedWithoutRepeatingIt(t *testing.T) {
	for _, url := range []string{"", "localhost:6379", "http://u:canary@host", "redis://u:canary@host:port/x y", "redis://u:canary@host/notanumber", "\x00canary"} {
		_, err := Connect(url, time.Now)
		if err == nil {
			t.Errorf("%q was taken", url)
		} else if strings.Contains(err.Error(), "canary") {
			t.Errorf("the error repeats %q: %v", url, err)
		}
	}
}

func TestAStoppedRedisFailsFastAndIsFoundAgain(t *testing.T) {
	server, c := redistest.New(t), newClock()
	store := connected(t, server.URL(), c)
	if err := store.Ping(t.Context()); err != nil {
		t.Fatal(err)
	}
	server.Stop()
	begun := time.Now()
	for i := range failuresInARow {
		if err := store.Ping(t.Context()); err == nil || errors.Is(err, ErrAway) {
			t.Fatalf("try %d at a stopped Redis: %v", i+1, err)
		}
	}
	if took := time.Since(begun); took > failuresInARow*patience {
		t.Errorf("the first tries took %v: each dials once", took)
	}
	calls := map[string]func() error{
		"Ping":    func() error { return store.Ping(t.Context()) },
		"Hold":    func() error { return store.Hold(t.Context(), 1, 2, c.at, c.at) },
		"Raise":   func() error { return store.Raise(t.Context(), 1, 2, c.at, c.at) },
		"Release": func() error { return store.Release(t.Context(), 1, 2) },
		"Due":     func() error { _, err := store.Due(t.Context(), c.at, 10); return err },
		"a pipeline": func() error {
			results, err := store.redis.Pipelined(t.Context(), func(p redis.Pipeliner) error { return p.Ping(t.Context()).Err() })
			if each := results[0].Err(); !errors.Is(err, each) {
				t.Errorf("the pipeline says %v, its command %v", err, each)
			}
			return err
		},
		"a transaction": func() error {
			_, err := store.redis.TxPipelined(t.Context(), func(p redis.Pipeliner) error { return p.Ping(t.Context()).Err() })
			return err
		},
		"All": func() error { _, err := store.All(t.Context()); return err },
	}
	for name, call := range calls {
		if err := call(); !errors.Is(err, ErrAway) {
			t.Errorf("%s while Redis is away: %v", name, err)
		}
	}
	server.Start()
	if err := store.Ping(t.Context()); !errors.Is(err, ErrAway) {
		t.Errorf("asked before the rest was over: %v", err)
	}
	c.move(rest)
	for name, call := range calls {
		if err := call(); err != nil {
			t.Errorf("%s after Redis came back: %v", name, err)
		}
	}
}

func TestAHangingRedisCostsLittleAndThenNothing(t *testing.T) {
	server, c := redistest.New(t), newClock()
	store := connected(t, server.URL(), c)
	if err := store.Ping(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer server.Freeze()()

	begun := time.Now()
	for i := range failuresInARow {
		if err := store.Ping(t.Context()); err == nil || errors.Is(err, ErrAway) {
			t.Fatalf("try %d at a hanging Redis: %v", i+1, err)
		}
	}
	if took := time.Since(begun); took > failuresInARow*3*patience {
		t.Errorf("the first tries took %v", took)
	}
	begun = time.Now()
	for range 1000 {
		if err := store.Hold(t.Context(), 1, 2, c.at, c.at); !errors.Is(err, ErrAway) {
			t.Fatalf("held in a hanging Redis: %v", err)
		}
	}
	if took := time.Since(begun); took > patience {
		t.Errorf("a thousand calls took %v", took)
	}
}

func TestACallEndsWithItsContext(t *testing.T) {
	server := redistest.New(t)
	store := connected(t, server.URL(), newClock())
	if err := store.Ping(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer server.Freeze()()
	var took time.Duration
	for range failuresInARow { // a busy machine may spoil one or the other
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		defer cancel()
		begun := time.Now()
		if err := store.Ping(ctx); err == nil {
			t.Fatal("a frozen Redis answered")
		}
		if took = time.Since(begun); took < patience/2 {
			return
		}
	}
	t.Errorf("each call outlived its context, the last by %v", took)
}

func TestNothingIsSentTwice(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	dialled := make(chan struct{}, 100)
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			dialled <- struct{}{}
			conn.Close() // hangs up on everybody
		}
	}()
	store := connected(t, "redis://"+listener.Addr().String(), newClock())
	if err := store.Ping(t.Context()); err == nil {
		t.Fatal("a hung-up call succeeded")
	}
	if n := len(dialled); n != 1 {
		t.Errorf("one call dialled %d times", n)
	}
}
