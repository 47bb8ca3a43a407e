package webhooks

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist"
)

// SendTest sends an endpoint an event that means nothing, at once and whatever its state, and gives the public id of the delivery. While a
// test is on its way it gives that one's, and the same press gives the delivery that it gave before. It gets one attempt. Fails with NotFound.
func (w *Webhooks) SendTest(ctx context.Context, s waitlist.Staff, endpointID, press string) (id string, err error) {
	err = w.change(ctx, s, endpointID, 0, "webhook.test", func(ctx context.Context, tx *db.Tx, e db.WebhookEndpoint) (bool, any, error) {
		last, err := tx.LastWebhookTest(ctx, db.LastWebhookTestParams{TenantID: e.TenantID, EndpointID: e.ID})
		if err != nil && !db.IsNone(err) {
			return false, nil, fmt.Errorf("reading the last test: %w", err)
		}
		id = seal.PublicID()
		onItsWay := err == nil && (last.State == string(Pending) || last.State == string(Sending))
		if onItsWay {
			id = last.PublicID
		}
		earlier, first, err := tx.Press(ctx, e.TenantID, press, id)
		if err != nil || !first {
			id = earlier
			return false, nil, err
		}
		if onItsWay {
			return false, nil, nil
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return false, nil, err
		}
		business, err := tx.GetTenant(ctx, e.TenantID)
		if err != nil {
			return false, nil, fmt.Errorf("reading a business: %w", err)
		}
		event := "evt_" + seal.PublicID()
		body, err := payload{ID: event, Type: TestEvent, CreatedAt: now.UTC(), Business: business.PublicID}.bytes()
		if err != nil {
			return false, nil, err
		}
		err = tx.AddWebhookDelivery(ctx, db.AddWebhookDeliveryParams{
			TenantID: e.TenantID, PublicID: id, EndpointID: e.ID, EventID: event, EventType: TestEvent, Body: body, ByHand: true, NextAttemptAt: now, HappenedAt: now, CreatedAt: now,
		})
		tx.AfterCommit(nudge)
		return true, nil, wrap(err, "adding a test")
	})
	return id, err
}
