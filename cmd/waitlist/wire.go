package main

import (
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/handlers"
	"github.com/your-org/waitlist-management/holds"
	"github.com/your-org/waitlist-management/paths"
)

// program is everything that serve runs, put together.
type program struct {
	pages  http.Handler
	health *handlers.Health
	redis  redis.UniversalClient
}

// wire puts the program together on an opened, migrated database with its keys loaded.
func wire(o *opened) (*program, error) {
	c := o.config
	client, err := holds.Connect(c.RedisURL, time.Now)
	if err != nil {
		return nil, fmt.Errorf("REDIS_URL: %w", err)
	}
	p := &program{redis: client}
	hold := holds.New(client, "")
	p.health = handlers.NewHealth(checks(o.database, hold)...)
	p.pages, err = handlers.New(handlers.Deps{
		Base:           paths.Base(c.BaseURL),
		SessionSecret:  c.SessionSecret,
		TrustedProxies: c.TrustedProxies,
		MailStays:      c.SendGrid.APIKey == "",
		Log:            slog.Default(),
		Health:         p.health,
		Accounts:       accounts.New(o.database, accounts.Signup(c.Signup)),
	})
	if err != nil {
		p.close()
		return nil, err
	}
	return p, nil
}

func (p *program) close() { p.redis.Close() }
