package webhooks

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
)

// settle keeps what became of an attempt, and what follows for the endpoint. A claim that was lost meanwhile changes nothing: whoever has
// the delivery now sends it again.
func (w *Webhooks) settle(ctx context.Context, d db.WebhookDelivery, got result, signature string) error {
	return w.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		e, err := tx.LockWebhookEndpoint(ctx, db.LockWebhookEndpointParams{TenantID: d.TenantID, ID: d.EndpointID})
		if err != nil {
			return fmt.Errorf("locking an endpoint: %w", err)
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		row := db.EndWebhookDeliveryParams{
			ToState: string(Delivered), Step: d.Step, NextAttemptAt: d.NextAttemptAt, Signature: signature, DurationMs: int(got.took / time.Millisecond),
			Status: got.status, Class: got.class, TenantID: d.TenantID, ID: d.ID, ClaimToken: d.ClaimToken,
		}
		if got.class != "" {
			row.ToState, row.Step, row.NextAttemptAt = afterFailure(d, got, now)
		}
		if row.Answer, err = w.sealAnswer(ctx, tx, d, got.answer); err != nil {
			return err
		}
		n, err := tx.EndWebhookDelivery(ctx, row)
		if err != nil || n == 0 || d.Sequence == nil { // a test tells nothing of events
			return wrap(err, "keeping what became of a delivery")
		}
		return keepResult(ctx, tx, e, got, now)
	})
}

// afterFailure is what a delivery that did not arrive comes to: another attempt when the schedule has one. A test gets one attempt only, and
// there is no use in coming back to an endpoint that says that it is gone.
func afterFailure(d db.WebhookDelivery, got result, now time.Time) (state string, step int, at time.Time) {
	step = d.Step + 1
	at, again := next(step, now, got.retryAfter)
	if !again || d.Sequence == nil || got.class == "gone" {
		return string(Failed), step, now
	}
	return string(Pending), step, at
}

// failingSince is since when nothing has arrived although it was tried: a failure long ago that nothing followed is not the beginning.
func failingSince(e db.WebhookEndpoint, now time.Time) time.Time {
	if e.FailingSince == nil || e.LastAt == nil || now.Sub(*e.LastAt) > longestGap {
		return now
	}
	return *e.FailingSince
}

// keepResult writes the last result down at the endpoint, and stops it when it is gone or has failed for too long.
func keepResult(ctx context.Context, tx *db.Tx, e db.WebhookEndpoint, got result, now time.Time) error {
	if got.class == "" {
		_, err := tx.WebhookDelivered(ctx, db.WebhookDeliveredParams{At: &now, Status: got.status, TenantID: e.TenantID, ID: e.ID})
		return wrap(err, "keeping that a delivery arrived")
	}
	wait, since := leaveAlone(e.Failures+1, now, got.retryAfter), failingSince(e, now)
	_, err := tx.WebhookFailed(ctx, db.WebhookFailedParams{FailingSince: &since, At: &now, WaitUntil: &wait, Status: got.status, Class: got.class, TenantID: e.TenantID, ID: e.ID})
	if err != nil {
		return wrap(err, "keeping that a delivery failed")
	}
	because := ""
	switch {
	case got.class == "gone":
		because = "gone"
	case now.Sub(since) >= stopAfter:
		because = "failing"
	}
	if because == "" {
		return nil
	}
	n, err := tx.StopWebhookEndpoint(ctx, db.StopWebhookEndpointParams{Because: because, TenantID: e.TenantID, ID: e.ID})
	if err != nil || n == 0 {
		return wrap(err, "stopping an endpoint")
	}
	return audit.Note(ctx, tx, audit.Entry{
		TenantID: e.TenantID, By: audit.ByProgram, Action: "webhook.stop", Record: "webhook_endpoints", RecordID: e.ID, Detail: map[string]string{"because": because},
	})
}
