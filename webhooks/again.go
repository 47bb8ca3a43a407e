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
// through the schedule anew. attempts is how many whoever asks has seen. The same press sends it once; empty: each call is one. Fails with
// NotFound, and with Conflict when an attempt is under way or was made since.
func (w *Webhooks) Again(ctx context.Context, s waitlist.Staff, deliveryID string, attempts int, press string) error {
	d, e, err := w.deliveryOf(ctx, s.TenantID, deliveryID)
	if err != nil {
		return err
	}
	return w.change(ctx, s, e.PublicID, 0, "webhook.again", func(ctx context.Context, tx *db.Tx, e db.WebhookEndpoint) (bool, any, error) {
		if _, first, err := tx.Press(ctx, e.TenantID, press, deliveryID); err != nil || !first {
			return false, nil, err
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return false, nil, err
		}
		n, err := tx.AgainWebhookDelivery(ctx, db.AgainWebhookDeliveryParams{Now: now, TenantID: d.TenantID, ID: d.ID, Attempts: attempts})
		if err == nil && n == 0 {
			return false, nil, errUnderWay
		}
		tx.AfterCommit(nudge)
		return true, map[string]string{"event": d.EventType}, wrap(err, "sending a delivery again")
	})
}

// FailedOn are the days, in the business's zone, whose failed events are sent again. A zero day is no bound.
type FailedOn struct{ From, To rules.Date }

// manyAtOnce is how many deliveries are changed in one transaction.
const manyAtOnce = 2000

// AgainAll has all events of some days that never arrived at an endpoint sent again, each through the whole schedule, and says how many. An
// endpoint that is not active gets them once it is. What it has not come to when it fails, the next call sends again. Fails with NotFound, and with Invalid when the last day is before the first.
func (w *Webhooks) AgainAll(ctx context.Context, s waitlist.Staff, endpointID string, f FailedOn) (int, error) {
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
	var span db.AgainWebhookDeliveriesParams
	var failed int64
	err = w.change(ctx, s, endpointID, 0, "webhook.again_all", func(ctx context.Context, tx *db.Tx, e db.WebhookEndpoint) (bool, any, error) {
		now, err := tx.Now(ctx)
		if err != nil {
			return false, nil, err
		}
		span = db.AgainWebhookDeliveriesParams{
			Now: now, TenantID: e.TenantID, EndpointID: e.ID, FromAt: now.Add(-2 * keepFor), UntilAt: now.Add(time.Hour), Limit: manyAtOnce,
		}
		if !f.From.IsZero() {
			span.FromAt = f.From.In(0, zone)
		}
		if !f.To.IsZero() {
			span.UntilAt = f.To.AddDays(1).In(0, zone)
		}
		failed, err = tx.CountFailedWebhookDeliveries(ctx, db.CountFailedWebhookDeliveriesParams{
			TenantID: e.TenantID, EndpointID: e.ID, FromAt: span.FromAt, UntilAt: span.UntilAt,
		})
		return failed > 0, map[string]int64{"count": failed}, wrap(err, "counting what failed")
	})
	if err != nil {
		return 0, err
	}
	return w.againMany(ctx, span, failed)
}

// againMany has at most so many failed deliveries sent again, some at a time: what fails anew meanwhile is not begun with for ever.
func (w *Webhooks) againMany(ctx context.Context, span db.AgainWebhookDeliveriesParams, most int64) (int, error) {
	again := int64(0)
	for again < most {
		var rows int64
		err := w.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
			rows, err = tx.AgainWebhookDeliveries(ctx, span)
			tx.AfterCommit(nudge)
			return wrap(err, "sending deliveries again")
		})
		again += rows
		if err != nil || rows == 0 {
			return int(again), err
		}
	}
	return int(again), nil
}
