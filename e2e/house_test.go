package e2e

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/accounts/token"
	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/db/dbtest"
	"github.com/your-org/waitlist-management/handlers"
	"github.com/your-org/waitlist-management/handlers/api"
	"github.com/your-org/waitlist-management/holds"
	"github.com/your-org/waitlist-management/holds/redistest"
	"github.com/your-org/waitlist-management/idempotency"
	"github.com/your-org/waitlist-management/insights"
	"github.com/your-org/waitlist-management/invariants"
	"github.com/your-org/waitlist-management/jobs"
	"github.com/your-org/waitlist-management/live"
	"github.com/your-org/waitlist-management/mail"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/ratelimit"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/webhooks"
)

// house is the whole program in this process, with no business yet, the local mailbox as its sender, a clock that the test moves and
// jobs that run when it says.
type house struct {
	t    *testing.T
	db   *db.DB
	url  string
	jobs []jobs.Job

	accounts *accounts.Accounts
}

// newHouse starts the program at 08:00 on Monday 1 March 2027 in Berlin.
func newHouse(t *testing.T) *house {
	h := &house{t: t, db: dbtest.Open(t)}
	log := slog.New(slog.DiscardHandler)
	mailbox, err := mail.OpenMailbox(t.TempDir())
	h.ok(err)
	client, prefix := redistest.Start(t), redistest.Prefix(t)
	boards := live.New(client, prefix, log)
	list := waitlist.New(h.db, holds.New(client, prefix), boards, log)
	logins := accounts.New(h.db, accounts.SignupFirst)
	hooks := webhooks.New(h.db, webhooks.NewSender([]netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, time.Now), log)
	server := httptest.NewUnstartedServer(nil)
	h.url = strings.Replace("http://"+server.Listener.Addr().String(), "127.0.0.1", "localhost", 1) // passkeys need a name
	deliverer := &mail.Deliverer{DB: h.db, Waitlist: list, Sender: mailbox, Base: paths.Base(h.url), Log: log}
	server.Config.Handler, err = handlers.New(handlers.Deps{
		Base: paths.Base(h.url), SessionSecret: strings.Repeat("s", 32), Mailbox: mailbox, Log: log, Health: handlers.NewHealth(),
		Accounts: logins, Business: business.New(h.db, list), Waitlist: list, Insights: insights.New(h.db, list), Boards: boards,
		Audit: audit.New(h.db, log), Webhooks: hooks,
		API: api.Deps{
			Accounts: logins, Business: business.New(h.db, list), Waitlist: list, Insights: insights.New(h.db, list), Webhooks: hooks, Calls: idempotency.New(h.db), Log: log,
			Tokens:  token.Tokens{Secrets: []string{strings.Repeat("j", 32)}, Issuer: h.url, Audience: paths.Base(h.url).Abs(paths.API)},
			Limiter: ratelimit.New(client, prefix, log), Rate: ratelimit.Rate{Times: 10_000, Within: time.Minute},
		},
	})
	h.ok(err)
	h.accounts = logins
	h.jobs = jobs.Table(list, deliverer, logins, audit.New(h.db, log), idempotency.New(h.db), hooks)
	now, err := h.db.Now(t.Context())
	h.ok(err)
	h.db.MoveClock(time.Date(2027, 3, 1, 7, 0, 0, 0, time.UTC).Sub(now))
	server.Start()
	t.Cleanup(server.Close)
	t.Cleanup(h.check)
	return h
}

// pass lets time go by and every job run.
func (h *house) pass(d time.Duration) {
	h.t.Helper()
	h.db.MoveClock(d)
	for _, job := range h.jobs {
		if _, err := job.Run(h.t.Context()); err != nil {
			h.t.Fatalf("%s: %v", job.Name, err)
		}
	}
}

func (h *house) check() {
	ctx := context.Background()
	now, err := h.db.Now(ctx)
	h.ok(err)
	violations, err := invariants.Check(ctx, h.db, now)
	h.ok(err)
	for _, v := range violations {
		h.t.Errorf("broken: %s: %s", v.Invariant, v.Row)
	}
}

func (h *house) ok(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}
