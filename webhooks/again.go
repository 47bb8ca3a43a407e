package webhooks

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// Again sends a delivery once more, the same bytes under the same id, at once and whatever the state of its endpoint; if that fails it goes
// through the schedule anew. attempts is how many whoever asks has seen: an attempt since then makes it do nothing, and tells so. Fails with
// NotFound.
func (w *Webhooks) Again(ctx context.Context, s waitlist.Staff, deliveryID string, attempts int) (again bool, err error) {
	d, e, err := w.deliveryOf(ctx, s.TenantID, deliveryID)
	if err != nil {
		return false, err
	}
	err = w.change(ctx, s, e.PublicID, 0, "webhook.again", func(ctx context.Context, tx *db.Tx, e db.WebhookEndpoint) (bool, any, error) {
		now, err := tx.Now(ctx)
		if err != nil {
			return false, nil, err
		}
		n, err := tx.AgainWebhookDelivery(ctx, db.AgainWebhookDeliveryParams{Now: now, TenantID: d.TenantID, ID: d.ID, Attempts: attempts})
		again = n == 1
		tx.AfterCommit(nudge)
		return again, map[string]string{"event": d.EventType}, wrap(err, "sending a delivery again")
	})
	return again, err
}

// FailedOn are the days, in the business's zone, whose failed events are sent again. A zero day is no bound.
type FailedOn struct{ From, To rules.Date }

// AgainAll has all events of some days that never arrived at an endpoint sent again, each through the whole schedule, and says how many. An
// endpoint that is not active gets them once it is. Fails with NotFound, and with Invalid when the last day is before the first.
func (w *Webhooks) AgainAll(ctx context.Context, s waitlist.Staff, endpointID string, f FailedOn) (n int, err error) {
	if !f.From.IsZero() && !f.To.IsZero() && f.To.Before(f.From) {
		return 0, problem.Invalid(problem.Bad("to", "audit.bad.order"))
	}
	settings, err := w.db.GetSettings(ctx, s.TenantID)
	if err != nil {
		return 0, wrap(err, "reading the settings")
	}
	zone, err := time.LoadLocation(settings.Zone)
	if err != nil {
		return 0, fmt.Errorf("zone of business %d: %w", s.TenantID, err)
	}
	err = w.change(ctx, s, endpointID, 0, "webhook.again_all", func(ctx context.Context, tx *db.Tx, e db.WebhookEndpoint) (bool, any, error) {
		now, err := tx.Now(ctx)
		if err != nil {
			return false, nil, err
		}
		span := db.AgainWebhookDeliveriesParams{Now: now, TenantID: e.TenantID, EndpointID: e.ID, FromAt: now.Add(-2 * keepFor), UntilAt: now.Add(time.Hour)}
		if !f.From.IsZero() {
			span.FromAt = f.From.In(0, zone)
		}
		if !f.To.IsZero() {
			span.UntilAt = f.To.AddDays(1).In(0, zone)
		}
		rows, err := tx.AgainWebhookDeliveries(ctx, span)
		n = int(rows)
		tx.AfterCommit(nudge)
		return n > 0, map[string]int{"count": n}, wrap(err, "sending deliveries again")
	})
	return n, err
}
