// Package webhooks tells other programs what happens in a business: endpoints that the business names get signed requests about events,
// which are a projection of the audit trail. docs/webhooks.md tells receivers what they get.
package webhooks

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist"
)

// Webhooks is safe for concurrent use, by several instances of the program too.
type Webhooks struct {
	db     *db.DB
	sender *Sender
	log    *slog.Logger

	mu       sync.Mutex
	busy     map[int64]bool // endpoints that this process is sending to
	sending  map[int64]int  // of them, by business
	stopping bool
	workers  sync.WaitGroup
}

// New makes Webhooks over an open, migrated database.
func New(d *db.DB, sender *Sender, log *slog.Logger) *Webhooks {
	return &Webhooks{db: d, sender: sender, log: log, busy: map[int64]bool{}, sending: map[int64]int{}}
}

// keepFor is how long deliveries are kept, and how old an event may be that is told.
const keepFor = 30 * 24 * time.Hour

func (w *Webhooks) endpointOf(ctx context.Context, tenantID int64, id string) (db.WebhookEndpoint, error) {
	row, err := w.db.GetWebhookEndpointByPublicID(ctx, db.GetWebhookEndpointByPublicIDParams{TenantID: tenantID, PublicID: id})
	switch {
	case db.IsNone(err):
		return row, errNoEndpoint
	case err != nil:
		return row, db.Down(fmt.Errorf("reading an endpoint: %w", err))
	}
	return row, nil
}

var (
	errNoEndpoint = problem.New(problem.NotFound, "webhooks.problem.no_endpoint")
	errNoDelivery = problem.New(problem.NotFound, "webhooks.problem.no_delivery")
	errUnderWay   = problem.New(problem.Conflict, "webhooks.problem.under_way")
	errChanged    = problem.New(problem.Conflict, "webhooks.problem.changed")
)

// change locks an endpoint in use, lets act change it, and notes what it says it did. seen is the version that whoever asks has seen; 0:
// whichever there is.
func (w *Webhooks) change(ctx context.Context, s waitlist.Staff, id string, seen int, action string, act func(context.Context, *db.Tx, db.WebhookEndpoint) (changed bool, detail any, err error)) error {
	endpoint, err := w.endpointOf(ctx, s.TenantID, id)
	if err != nil {
		return err
	}
	return w.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		row, err := tx.LockWebhookEndpoint(ctx, db.LockWebhookEndpointParams{TenantID: s.TenantID, ID: endpoint.ID})
		switch {
		case db.IsNone(err):
			return errNoEndpoint
		case err != nil:
			return fmt.Errorf("locking an endpoint: %w", err)
		case row.RemovedAt != nil && action != "webhook.restore" && action != "webhook.remove":
			return errNoEndpoint
		case seen != 0 && seen != row.Version:
			return errChanged
		}
		changed, detail, err := act(ctx, tx, row)
		if err != nil || !changed {
			return err
		}
		return note(ctx, tx, s, action, row.ID, detail)
	})
}

// note writes the act of s on an endpoint into the audit trail. detail holds no address and no secret.
func note(ctx context.Context, tx *db.Tx, s waitlist.Staff, action string, endpointID int64, detail any) error {
	return audit.Note(ctx, tx, audit.Entry{
		TenantID: s.TenantID, By: s.Actor(), Action: action, Record: "webhook_endpoints", RecordID: endpointID, Detail: detail,
	})
}

// at is the place of a sealed column of an endpoint.
func at(e db.WebhookEndpoint, column string) seal.Where {
	return seal.Where{Tenant: e.TenantID, Table: "webhook_endpoints", Column: column, Row: e.PublicID}
}
