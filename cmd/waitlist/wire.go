package main

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/accounts/token"
	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/config"
	"github.com/your-org/waitlist-management/handlers"
	"github.com/your-org/waitlist-management/handlers/api"
	"github.com/your-org/waitlist-management/handlers/public"
	"github.com/your-org/waitlist-management/holds"
	"github.com/your-org/waitlist-management/idempotency"
	"github.com/your-org/waitlist-management/insights"
	"github.com/your-org/waitlist-management/jobs"
	"github.com/your-org/waitlist-management/live"
	"github.com/your-org/waitlist-management/mail"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/ratelimit"
	"github.com/your-org/waitlist-management/sim"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/webhooks"
)

// noReports is what whoever runs the program should know when emails are sent and the provider can't tell what became of them.
const noReports = "SENDGRID_WEBHOOK_KEY is not set: bounced emails go unnoticed, see docs/messages.md"

// program is everything that serve runs, put together.
type program struct {
	pages  http.Handler
	health *handlers.Health
	jobs   []jobs.Job
	mail   *mail.Deliverer
	hooks  *webhooks.Webhooks
	boards *live.Boards
	redis  redis.UniversalClient
	demo   *sim.Demo // nil where there is none to be had
}

// wire puts the program together on an opened, migrated database with its keys loaded.
func wire(o *opened) (*program, error) {
	c, log, base := o.config, slog.Default(), paths.Base(o.config.BaseURL)
	client, err := holds.Connect(c.RedisURL, time.Now)
	if err != nil {
		return nil, fmt.Errorf("REDIS_URL: %w", err)
	}
	p := &program{redis: client}
	hold := holds.New(client, "")
	sender, mailbox, err := newSender(c)
	if err != nil {
		p.close()
		return nil, err
	}
	p.boards = live.New(client, "", log)
	list := waitlist.New(o.database, hold, p.boards, log)
	trade := business.New(o.database, list)
	logins := accounts.New(o.database, accounts.Signup(c.Signup))
	p.mail = &mail.Deliverer{DB: o.database, Waitlist: list, Sender: sender, Base: base, Log: log}
	trail := audit.New(o.database, log)
	p.hooks = webhooks.New(o.database, webhooks.NewSender(c.WebhookAllow, time.Now), log)
	p.jobs = jobs.Table(list, p.mail, logins, trail, idempotency.New(o.database), p.hooks)
	p.health = handlers.NewHealth(checks(o.database, hold)...)
	if c.SendGrid.APIKey != "" && len(c.SendGrid.WebhookKeys) == 0 {
		log.Warn("nobody tells which emails arrive", "because", noReports)
		p.health.Note(noReports)
	}
	deps := handlers.Deps{
		Base:           base,
		SessionSecret:  c.SessionSecret,
		TrustedProxies: c.TrustedProxies,
		Mailbox:        mailbox,
		SendGrid:       mailbox == nil && c.SendGrid.APIKey != "",
		Reports:        mail.Reports{DB: o.database, Waitlist: list, Keys: c.SendGrid.WebhookKeys, Log: log},
		Log:            log,
		Health:         p.health,
		Accounts:       logins,
		Business:       trade,
		Waitlist:       list,
		Boards:         p.boards,
		Insights:       insights.New(o.database, list),
		Audit:          trail,
		Webhooks:       p.hooks,
		Joins:          public.JoinLimit{Limiter: ratelimit.New(client, "", log), Window: c.RateLimit.Window, Most: c.RateLimit.MaxRequests},
	}
	deps.API = api.Deps{
		Accounts: logins, Business: trade, Waitlist: list, Insights: deps.Insights, Webhooks: p.hooks, Calls: idempotency.New(o.database), Log: log,
		Tokens:  token.Tokens{Secrets: secretsOf(c.JWTSecret), Issuer: string(base), Audience: base.Abs(paths.API)},
		Limiter: deps.Joins.Limiter, Rate: ratelimit.Rate{Times: c.RateLimit.MaxRequests, Within: c.RateLimit.Window},
	}
	// A visitor can look around wherever emails stay on this machine: never in production.
	if mailbox != nil {
		p.demo = sim.New(sim.Parts{Accounts: logins, Business: trade, Waitlist: list, Mailbox: mailbox, Base: base, Log: log, Seed: rand.Uint64()})
		deps.Demo = p.demo
	}
	if p.pages, err = handlers.New(deps); err != nil {
		p.close()
		return nil, err
	}
	return p, nil
}

// secretsOf are the secrets of a comma list, the newest first.
func secretsOf(list string) (secrets []string) {
	for one := range strings.SplitSeq(list, ",") {
		secrets = append(secrets, strings.TrimSpace(one))
	}
	return secrets
}

func (p *program) close() { p.redis.Close() }

// newSender is SendGrid or a relay when one is configured, else the mailbox on this machine, which is then returned as itself, too.
// Production has no mailbox.
func newSender(c config.Config) (mail.Sender, *mail.Mailbox, error) {
	switch {
	case c.SMTP.Host != "":
		return newRelay(c.SMTP), nil, nil
	case c.Production || c.SendGrid.APIKey != "":
		return mail.NewSendGrid(c.SendGrid.APIKey, c.SendGrid.FromEmail, c.SendGrid.FromName), nil, nil
	}
	mailbox, err := mail.OpenMailbox(filepath.Join(c.DataDir, "mailbox"))
	return mailbox, mailbox, err
}

func newRelay(c config.SMTP) *mail.SMTP {
	relay := mail.Relay{Host: c.Host, Port: c.Port, User: c.User, Password: c.Password}
	switch c.TLS {
	case config.SMTPStartTLS:
		relay.TLS = mail.StartTLS
	case config.SMTPWithin:
		relay.TLS = mail.WithinTLS
	case config.SMTPPlain:
		relay.TLS = mail.PlainText
	}
	return mail.NewSMTP(relay, c.FromEmail, c.FromName)
}

// startJobs runs what the program does by itself; the function it returns ends that, and waits for what has begun until its ctx ends.
func (p *program) startJobs(ctx context.Context) (stop func(context.Context), err error) {
	schedule, err := jobs.Start(ctx, slog.Default(), p.jobs)
	if err != nil {
		return nil, err
	}
	meanwhile, cancel := context.WithCancel(context.WithoutCancel(ctx))
	var wait sync.WaitGroup
	wait.Go(func() { jobs.DeliverNudged(meanwhile, outbox.Nudges(), p.mail.DeliverDue) })
	wait.Go(func() { jobs.DeliverNudged(meanwhile, webhooks.Nudges(), p.hooks.Deliver) })
	wait.Go(func() { p.boards.Run(meanwhile) })
	return func(ctx context.Context) {
		cancel()
		schedule.Stop(ctx)
		p.hooks.Stop(ctx)
		wait.Wait()
	}, nil
}

// startDemo lets the demo's people act, whose door is the port of the listener on this machine; the function it returns ends that and waits.
func (p *program) startDemo(ctx context.Context, port int) (stop func()) {
	if p.demo == nil {
		return func() {}
	}
	acting, cancel := context.WithCancel(context.WithoutCancel(ctx))
	var wait sync.WaitGroup
	wait.Go(func() { p.demo.Run(acting, fmt.Sprintf("http://127.0.0.1:%d", port)) })
	return func() {
		cancel()
		wait.Wait()
	}
}
