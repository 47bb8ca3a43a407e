package holds

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

const (
	patience = 300 * time.Millisecond // for dialling, each read, each write, and a free connection
	poolSize = 10
)

// Connect makes the client all of the program's Redis work goes through, from a
// redis://, rediss:// or unix:// URL. Nothing is dialled yet. A command never
// takes longer than its context, is never repeated, and while Redis is away
// fails at once with ErrAway. now is the process's clock. The error doesn't
// repeat the URL, which may hold a password.
func Connect(url string, now func() time.Time) (redis.UniversalClient, error) {
	options, err := redis.ParseURL(url)
	if err != nil {
		return nil, errors.New("not a redis://, rediss:// or unix:// URL")
	}
	options.ContextTimeoutEnabled = true
	options.DialTimeout = patience
	options.ReadTimeout = patience
	options.WriteTimeout = patience
	options.PoolTimeout = patience
	options.MaxRetries = -1
	options.DialerRetries = 1
	options.PoolSize = cmp.Or(options.PoolSize, poolSize)
	options.PipelinePoolSize = -1 // pipelines share the one pool
	options.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	redis.SetLogger(silent{})
	client := redis.NewClient(options)
	client.AddHook(&breaker{now: now})
	return client, nil
}

// silent is what the library would say by itself, line after line while Redis is away: it is in the errors too.
type silent struct{}

// Printf says nothing.
func (silent) Printf(context.Context, string, ...any) {}
