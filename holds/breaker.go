package holds

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

// ErrAway says that Redis failed several times in a row and isn't asked again
// before a moment has passed.
var ErrAway = errors.New("holds: Redis is away")

const (
	failuresInARow = 3
	rest           = time.Second
)

// breaker is the redis.Limiter that spares every request the wait for a dead
// Redis. After three failures in a row it lets one command a second try.
type breaker struct {
	now func() time.Time

	mu       sync.Mutex
	failures int
	until    time.Time // the next try, once there were enough failures
}

// Allow admits a command, or gives ErrAway.
func (b *breaker) Allow() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.failures < failuresInARow {
		return nil
	}
	now := b.now()
	if now.Before(b.until) {
		return ErrAway
	}
	b.until = now.Add(rest)
	return nil
}

// ReportResult counts what became of an admitted command. An answer, be it an
// error, shows that Redis is there; a caller who went away shows nothing.
func (b *breaker) ReportResult(err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	var answer redis.Error // redis.Nil and what the server says
	b.mu.Lock()
	defer b.mu.Unlock()
	if err == nil || errors.As(err, &answer) {
		b.failures = 0
		return
	}
	if b.failures++; b.failures >= failuresInARow {
		b.until = b.now().Add(rest)
	}
}
