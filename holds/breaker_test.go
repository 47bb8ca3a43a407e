package holds

import (
	"context"
	"errors"
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/your-org/waitlist-management/holds/redistest"
)

// clock is the process's clock, moved by hand.
type clock struct{ at time.Time }

func (c *clock) now() time.Time          { return c.at }
func (c *clock) move(by time.Duration)   { c.at = c.at.Add(by) }
func newClock() *clock                   { return &clock{at: time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)} }
func failed(b *breaker, times int) error { return after(b, io.EOF, times) }

// after lets so many commands end with err and tells whether the next is let in.
func after(b *breaker, err error, times int) error {
	for range times {
		b.report(err)
	}
	return b.allow()
}

func TestTheBreakerOpensAtTheThirdFailureInARow(t *testing.T) {
	b := &breaker{now: newClock().now}
	if err := failed(b, 2); err != nil {
		t.Fatalf("after two failures: %v", err)
	}
	b.report(nil)
	if err := failed(b, 2); err != nil {
		t.Fatalf("a success between did not count: %v", err)
	}
	if err := failed(b, 1); !errors.Is(err, ErrAway) {
		t.Fatalf("after three in a row: %v", err)
	}
}

func TestAnOpenBreakerLetsOneTryThroughEachSecond(t *testing.T) {
	c := newClock()
	b := &breaker{now: c.now}
	_ = failed(b, 3)
	c.move(rest - time.Nanosecond)
	if err := b.allow(); !errors.Is(err, ErrAway) {
		t.Fatalf("just before the end of the rest: %v", err)
	}
	c.move(time.Nanosecond)
	if err := b.allow(); err != nil {
		t.Fatalf("at the end of the rest: %v", err)
	}
	if err := b.allow(); !errors.Is(err, ErrAway) {
		t.Fatalf("a second try in the same rest: %v", err)
	}
	b.report(nil)
	if err := b.allow(); err != nil {
		t.Fatalf("after the try succeeded: %v", err)
	}
	if err := failed(b, 2); err != nil {
		t.Fatalf("the old failures still count: %v", err)
	}
}

func TestOnlySilenceIsAFailure(t *testing.T) {
	refused := fmt.Errorf("run: %w", redis.Nil)
	for name, c := range map[string]struct {
		err  error
		open bool
	}{
		"no such key":                        {redis.Nil, false},
		"no such key, wrapped":               {refused, false},
		"the caller went away":               {context.Canceled, false},
		"the caller's time ran out":          {context.DeadlineExceeded, true},
		"the connection broke":               {io.EOF, true},
		"no connection came free":            {errors.New("redis: connection pool timeout"), true},
		"nothing":                            {nil, false},
		"the server's own words (WRONGTYPE)": {wrongType(t), false},
	} {
		b := &breaker{now: newClock().now}
		if got := errors.Is(after(b, c.err, 10), ErrAway); got != c.open {
			t.Errorf("%s: open is %v, want %v", name, got, c.open)
		}
	}
}

func wrongType(t *testing.T) error {
	t.Helper()
	rdb, key := redistest.Start(t), redistest.Prefix(t)
	if err := rdb.Set(t.Context(), key, "text", 0).Err(); err != nil {
		t.Fatal(err)
	}
	err := rdb.ZAdd(t.Context(), key, redis.Z{Member: "m"}).Err()
	if err == nil {
		t.Fatal("ZADD took a string")
	}
	return err
}
