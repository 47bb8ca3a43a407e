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

// breaker is the redis.Hook that spares every request the wait for a dead
// Redis: after three failures in a row it lets one command a second try.
type breaker struct {
	now func() time.Time

	mu       sync.Mutex
	failures int
	until    time.Time // the next try, once there were enough failures
}

// allow admits a command, or gives ErrAway.
func (b *breaker) allow() error {
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

// report counts what became of an admitted command. An answer, be it an error,
// shows that Redis is there; a caller who went away shows nothing.
func (b *breaker) report(err error) {
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

// admitted marks the context of a command that was let through. Opening its
// connection may take commands of its own, which are part of it.
type admitted struct{}

func (b *breaker) guard(ctx context.Context, run func(context.Context) error, refuse func(error)) error {
	if ctx.Value(admitted{}) != nil {
		return run(ctx)
	}
	if err := b.allow(); err != nil {
		refuse(err)
		return err
	}
	err := run(context.WithValue(ctx, admitted{}, true))
	b.report(err)
	return err
}

// DialHook leaves dialling as it is: it is part of some command.
func (b *breaker) DialHook(next redis.DialHook) redis.DialHook { return next }

// ProcessHook guards single commands.
func (b *breaker) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		return b.guard(ctx,
			func(ctx context.Context) error { return next(ctx, cmd) },
			cmd.SetErr)
	}
}

// ProcessPipelineHook guards pipelines and transactions, each as one command.
func (b *breaker) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		return b.guard(ctx,
			func(ctx context.Context) error { return next(ctx, cmds) },
			func(err error) {
				for _, cmd := range cmds {
					cmd.SetErr(err)
				}
			})
	}
}
