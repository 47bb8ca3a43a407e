package webhooks

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/waitlist"
)

// Remove takes an endpoint out of use: nothing more is sent to it. It is kept for a month, for Restore. Repeating it changes nothing.
// seen is as in RotateSecret. Fails with NotFound and Conflict.
func (w *Webhooks) Remove(ctx context.Context, s waitlist.Staff, id string, seen int) error {
	return w.change(ctx, s, id, seen, "webhook.remove", func(ctx context.Context, tx *db.Tx, e db.WebhookEndpoint) (bool, any, error) {
		now, err := tx.Now(ctx)
		if err != nil {
			return false, nil, err
		}
		n, err := tx.RemoveWebhookEndpoint(ctx, db.RemoveWebhookEndpointParams{Now: &now, TenantID: e.TenantID, ID: e.ID})
		return n == 1, nil, wrap(err, "removing an endpoint")
	})
}

// Restore takes Remove back: the endpoint is as it was, and is told what happened meanwhile if it was active. Repeating it changes nothing.
// Fails with NotFound, and with Conflict when the business has as many as it may.
func (w *Webhooks) Restore(ctx context.Context, s waitlist.Staff, id string) error {
	return w.change(ctx, s, id, 0, "webhook.restore", func(ctx context.Context, tx *db.Tx, e db.WebhookEndpoint) (bool, any, error) {
		if e.RemovedAt == nil {
			return false, nil, nil
		}
		others, err := tx.ListWebhookEndpoints(ctx, e.TenantID)
		if err != nil {
			return false, nil, fmt.Errorf("reading endpoints: %w", err)
		}
		if len(others) >= endpointsMost {
			return false, nil, problem.New(problem.Conflict, "webhooks.problem.too_many", "Most", endpointsMost)
		}
		n, err := tx.RestoreWebhookEndpoint(ctx, db.RestoreWebhookEndpointParams{TenantID: e.TenantID, ID: e.ID})
		return n == 1, nil, wrap(err, "restoring an endpoint")
	})
}
