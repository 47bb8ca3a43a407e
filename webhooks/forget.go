package webhooks

import (
	"context"
	"errors"

	"github.com/your-org/waitlist-management/db"
)

// forgetAtOnce is how many deliveries are deleted in one statement.
const forgetAtOnce = 500

// Forget deletes the deliveries that are a month old, whatever became of them, and after them the endpoints that were removed as long ago.
func (w *Webhooks) Forget(ctx context.Context) (int, error) {
	now, err := w.db.Now(ctx)
	if err != nil {
		return 0, err
	}
	before := now.Add(-keepFor)
	forgotten := 0
	for ctx.Err() == nil {
		rows, err := w.db.WebhookDeliveriesToForget(ctx, db.WebhookDeliveriesToForgetParams{CreatedAt: before, Limit: forgetAtOnce})
		if err != nil || len(rows) == 0 {
			if err != nil {
				return forgotten, wrap(err, "reading old deliveries")
			}
			break
		}
		ids := make([]int64, len(rows))
		for i, row := range rows {
			ids[i] = row.ID
		}
		n, err := w.db.ForgetWebhookDeliveries(ctx, db.ForgetWebhookDeliveriesParams{Before: before, Ids: ids})
		forgotten += int(n)
		if err != nil {
			return forgotten, wrap(err, "deleting old deliveries")
		}
	}
	gone, err := w.db.WebhookEndpointsToForget(ctx, &before)
	failed := wrap(err, "reading endpoints removed long ago")
	for _, e := range gone {
		n, err := w.db.ForgetWebhookEndpoint(ctx, db.ForgetWebhookEndpointParams{TenantID: e.TenantID, ID: e.ID, Before: &before})
		forgotten += int(n)
		failed = errors.Join(failed, wrap(err, "deleting an endpoint"))
	}
	return forgotten, failed
}
