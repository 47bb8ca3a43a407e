package webhooks

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/seal"
)

// dispatchAtOnce is how many entries of a trail are looked at in one transaction.
const dispatchAtOnce = 200

// dispatchPages is how many such transactions an endpoint gets in a run, so that one that is far behind holds up no other.
const dispatchPages = 5

// Dispatch writes a delivery for each event that an active endpoint is to be told of and is not yet: what stands in the chain of its
// business behind its cursor. The cursor moves from where it was, in the transaction that adds the deliveries, so that of two instances
// one does. What is left of a long way the next run takes up. It says how many deliveries it added.
func (w *Webhooks) Dispatch(ctx context.Context) (int, error) {
	behind, err := w.db.WebhookEndpointsBehind(ctx)
	if err != nil {
		return 0, db.Down(fmt.Errorf("reading which endpoints are behind: %w", err))
	}
	added := 0
	var failed error
	for _, e := range behind {
		for range dispatchPages {
			n, next, err := w.dispatchSome(ctx, e)
			added += n
			failed = errors.Join(failed, err)
			if err != nil || next == e.AfterSequence || ctx.Err() != nil {
				break
			}
			e.AfterSequence = next
		}
	}
	if added > 0 {
		nudge()
	}
	return added, failed
}

// dispatchSome looks at the next entries; next is where the cursor stands afterwards, unmoved at the end, where another instance is
// at it, and where other events were chosen meanwhile.
func (w *Webhooks) dispatchSome(ctx context.Context, e db.WebhookEndpoint) (added int, next int64, err error) {
	entries, err := w.db.AuditChainAfter(ctx, db.AuditChainAfterParams{TenantID: e.TenantID, ChainSequence: &e.AfterSequence, Limit: dispatchAtOnce})
	if err != nil || len(entries) == 0 {
		return 0, e.AfterSequence, db.Down(err)
	}
	now, err := w.db.Now(ctx)
	if err != nil {
		return 0, e.AfterSequence, err
	}
	deliveries, err := w.deliveriesFor(ctx, e, entries, now)
	if err != nil {
		return 0, e.AfterSequence, err
	}
	to := *entries[len(entries)-1].ChainSequence
	elsewhere := false
	err = w.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		n, err := tx.MoveWebhookCursor(ctx, db.MoveWebhookCursorParams{
			ToSequence: to, TenantID: e.TenantID, ID: e.ID, FromSequence: e.AfterSequence, EventTypes: e.EventTypes,
		})
		if elsewhere = n == 0; err != nil || elsewhere {
			return err
		}
		for _, row := range deliveries {
			if err := tx.AddWebhookDelivery(ctx, row); err != nil {
				return fmt.Errorf("adding a delivery: %w", err)
			}
		}
		return nil
	})
	if err != nil || elsewhere {
		return 0, e.AfterSequence, err
	}
	return len(deliveries), to, nil
}

// deliveriesFor are the deliveries to an endpoint that follow from entries of its business's trail.
func (w *Webhooks) deliveriesFor(ctx context.Context, e db.WebhookEndpoint, entries []db.AuditEntry, now time.Time) ([]db.AddWebhookDeliveryParams, error) {
	type event struct {
		db.AuditEntry
		eventType string
	}
	wanted := strings.Fields(e.EventTypes)
	var told []event
	var rows []db.AuditEntry
	for _, entry := range entries {
		if entry.At.Before(now.Add(-keepFor)) {
			continue
		}
		for _, eventType := range typesOf(entry) {
			if len(wanted) == 0 || slices.Contains(wanted, eventType) {
				told, rows = append(told, event{entry, eventType}), append(rows, entry)
			}
		}
	}
	if len(told) == 0 {
		return nil, nil
	}
	facts, err := w.lookUp(ctx, e.TenantID, rows)
	if err != nil {
		return nil, err
	}
	business, err := w.db.GetTenant(ctx, e.TenantID)
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading a business: %w", err))
	}
	list := make([]db.AddWebhookDeliveryParams, len(told))
	for i, one := range told {
		id := w.eventID(e.TenantID, *one.ChainSequence, one.eventType)
		body, err := payload{
			ID: id, Type: one.eventType, CreatedAt: one.At.UTC(), Sequence: one.ChainSequence, Business: business.PublicID, Data: facts.of(one.AuditEntry, one.eventType),
		}.bytes()
		if err != nil {
			return nil, err
		}
		list[i] = db.AddWebhookDeliveryParams{
			TenantID: e.TenantID, PublicID: seal.PublicID(), EndpointID: e.ID, EventID: id, EventType: one.eventType, Sequence: one.ChainSequence, Body: body,
			NextAttemptAt: now, HappenedAt: one.At, CreatedAt: now,
		}
	}
	return list, nil
}
