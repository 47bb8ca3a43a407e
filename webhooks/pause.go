package webhooks

import (
	"context"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/waitlist"
)

// Pause lets an endpoint be told nothing until Resume. What happens meanwhile waits. Repeating it changes nothing. seen is as in
// RotateSecret. Fails with NotFound and Conflict.
func (w *Webhooks) Pause(ctx context.Context, s waitlist.Staff, id string, seen int) error {
	return w.change(ctx, s, id, seen, "webhook.pause", func(ctx context.Context, tx *db.Tx, e db.WebhookEndpoint) (bool, any, error) {
		n, err := tx.PauseWebhookEndpoint(ctx, db.PauseWebhookEndpointParams{TenantID: e.TenantID, ID: e.ID})
		return n == 1, nil, wrap(err, "pausing an endpoint")
	})
}

// Resume lets an endpoint that is paused or stopped be told of events again: of those that happened meanwhile too, or with skip only of
// what happens from now on. Repeating it changes nothing. seen is as in RotateSecret. Fails with NotFound and Conflict.
func (w *Webhooks) Resume(ctx context.Context, s waitlist.Staff, id string, seen int, skip bool) error {
	if skip {
		if err := w.dropPending(ctx, s, id, seen); err != nil {
			return err
		}
	}
	return w.change(ctx, s, id, seen, "webhook.resume", func(ctx context.Context, tx *db.Tx, e db.WebhookEndpoint) (bool, any, error) {
		if e.State == string(Active) {
			return false, nil, nil
		}
		after := e.AfterSequence
		if skip {
			head, err := headOf(ctx, tx, e.TenantID)
			if err != nil {
				return false, nil, err
			}
			after = max(after, head)
		}
		n, err := tx.ResumeWebhookEndpoint(ctx, db.ResumeWebhookEndpointParams{AfterSequence: after, TenantID: e.TenantID, ID: e.ID})
		tx.AfterCommit(nudge)
		return n == 1, map[string]bool{"skipped": skip}, wrap(err, "resuming an endpoint")
	})
}

// dropPending ends what waits for an endpoint that is not active, some at a time so that nobody waits long for its lock. Nothing is sent to it
// meanwhile; where it ends early, the next Resume goes on.
func (w *Webhooks) dropPending(ctx context.Context, s waitlist.Staff, id string, seen int) error {
	for {
		dropped := int64(0)
		err := w.change(ctx, s, id, seen, "webhook.resume", func(ctx context.Context, tx *db.Tx, e db.WebhookEndpoint) (_ bool, _ any, err error) {
			if dropped = 0; e.State == string(Active) {
				return false, nil, nil
			}
			dropped, err = tx.DropPendingWebhookDeliveries(ctx, db.DropPendingWebhookDeliveriesParams{TenantID: e.TenantID, EndpointID: e.ID, Limit: manyAtOnce})
			return false, nil, wrap(err, "dropping what was not sent")
		})
		if err != nil || dropped == 0 {
			return err
		}
	}
}
