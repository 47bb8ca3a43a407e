package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"os"

	"github.com/your-org/waitlist-management/config"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/localserver"
	"github.com/your-org/waitlist-management/seal"
)

// opened is what every command that touches data works with.
type opened struct {
	config   config.Config
	presets  map[string]string    // what the environment does not say
	servers  *localserver.Servers // nil when the servers are someone else's
	database *db.DB
}

// open reads the configuration, starts the local servers where none are configured (or, with join, uses those of a program that already
// runs), and opens the database. The schema is left as it is.
func open(ctx context.Context, join bool) (*opened, error) { return openWith(ctx, join, nil) }

// openWith is open with something else than the usual where the environment says nothing.
func openWith(ctx context.Context, join bool, presets map[string]string) (*opened, error) {
	c, err := load(presets)
	if err != nil {
		return nil, err
	}
	slog.SetDefault(newLogger(c))
	o := &opened{config: c, presets: presets}
	if c.Local() {
		if err := o.startServers(ctx, join); err != nil {
			return nil, err
		}
	}
	master, err := seal.ParseMaster(o.config.EncryptionKey)
	if err == nil {
		o.database, err = db.Open(ctx, o.config.DatabaseURL, master)
	}
	if err != nil {
		o.close()
		return nil, err
	}
	return o, nil
}

func (o *opened) startServers(ctx context.Context, join bool) error {
	servers, err := localserver.Start(ctx, o.config.DataDir)
	if inUse := (*localserver.InUseError)(nil); join && errors.As(err, &inUse) {
		servers, err = localserver.Join(ctx, o.config.DataDir)
	}
	if err != nil {
		return err
	}
	o.servers = servers
	made, err := localserver.Secrets(servers.Dir(), "ENCRYPTION_KEY", "SESSION_SECRET", "JWT_SECRET")
	if err == nil {
		maps.Copy(made, o.presets)
		made["DATABASE_URL"], made["REDIS_URL"] = servers.DatabaseURL(), servers.RedisURL()
		o.config, err = load(made)
	}
	if err != nil {
		servers.Stop()
		return fmt.Errorf("start on %s: %w", servers.Dir(), err)
	}
	return nil
}

func (o *opened) close() {
	if o.database != nil {
		o.database.Close()
	}
	if o.servers != nil {
		o.servers.Stop()
	}
}

// newLogger writes lines for people on a laptop and JSON in production.
func newLogger(c config.Config) *slog.Logger {
	options := &slog.HandlerOptions{Level: c.LogLevel}
	if c.Production {
		return slog.New(slog.NewJSONHandler(os.Stdout, options))
	}
	return slog.New(slog.NewTextHandler(os.Stderr, options))
}
