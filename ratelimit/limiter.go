// Package ratelimit bounds how often something is done, by whatever instance of the program, with counts in Redis and by its clock.
package ratelimit

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/go-redis/redis_rate/v10"
	"github.com/redis/go-redis/v9"
)

// Rate is how often something may be done: so many times at once, and again as the time within which so many may be goes by.
type Rate struct {
	Times  int // at least 1
	Within time.Duration
}

// Limiter counts. Safe for concurrent use; a nil one lets everything through.
type Limiter struct {
	counts *redis_rate.Limiter
	prefix string
	log    *slog.Logger
	away   atomic.Bool
}

// New makes a limiter whose keys all begin with prefix.
func New(rdb redis.UniversalClient, prefix string, log *slog.Logger) *Limiter {
	return &Limiter{counts: redis_rate.NewLimiter(rdb), prefix: prefix, log: log}
}

// Count is what counting once came to.
type Count struct {
	OK    bool          // within the rate
	Left  int           // how many more are, at once
	Full  time.Duration // until as many are as the rate has
	Wait  time.Duration // until one is again; 0 when OK
	Known bool          // false while Redis is away, when everything is let through
}

// Allow counts once for whoever who names and tells whether that is within the rate; if not, wait is how long until it would be. What is
// refused doesn't count. While Redis is away everything is let through, which is logged when it begins and when it ends. who stands in
// Redis as a digest only.
func (l *Limiter) Allow(ctx context.Context, what, who string, r Rate) (ok bool, wait time.Duration) {
	n := l.Count(ctx, what, who, r)
	return n.OK, n.Wait
}

// Count is Allow that tells all.
func (l *Limiter) Count(ctx context.Context, what, who string, r Rate) Count {
	if l == nil {
		return Count{OK: true}
	}
	digest := sha256.Sum256([]byte(who))
	key := l.prefix + what + ":" + base64.RawURLEncoding.EncodeToString(digest[:16])
	result, err := l.counts.Allow(ctx, key, redis_rate.Limit{Rate: r.Times, Burst: r.Times, Period: r.Within})
	switch {
	case errors.Is(err, context.Canceled): // whoever asked went away
		return Count{OK: true}
	case err != nil:
		if !l.away.Swap(true) {
			l.log.WarnContext(ctx, "limits are not kept while Redis is away", "error", err.Error())
		}
		return Count{OK: true}
	}
	if l.away.Swap(false) {
		l.log.InfoContext(ctx, "limits are kept again")
	}
	return Count{OK: result.Allowed > 0, Left: result.Remaining, Full: result.ResetAfter, Wait: max(0, result.RetryAfter), Known: true}
}
