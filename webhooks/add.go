package webhooks

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist"
)

// Add names an endpoint, which is told of what happens from now on, and gives its public id. Fails with Invalid naming the fields, also when
// the business has as many as it may.
func (w *Webhooks) Add(ctx context.Context, s waitlist.Staff, f Form) (id string, err error) {
	f, types, err := w.read(f)
	if err != nil {
		return "", err
	}
	err = w.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		id = seal.PublicID()
		earlier, fresh, err := tx.Press(ctx, s.TenantID, f.Press, id)
		if err != nil || !fresh {
			id = earlier
			return err
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		others, err := tx.ListWebhookEndpoints(ctx, s.TenantID)
		if err != nil {
			return fmt.Errorf("reading endpoints: %w", err)
		}
		if len(others) >= endpointsMost {
			return problem.Invalid(problem.Bad("name", "webhooks.problem.too_many", "Most", endpointsMost))
		}
		head, err := headOf(ctx, tx, s.TenantID)
		if err != nil {
			return err
		}
		box, err := tx.Box(ctx, s.TenantID)
		if err != nil {
			return err
		}
		row := db.WebhookEndpoint{TenantID: s.TenantID, PublicID: id}
		rowID, err := tx.AddWebhookEndpoint(ctx, db.AddWebhookEndpointParams{
			TenantID: s.TenantID, PublicID: id, Name: f.Name, Url: box.Seal(at(row, "url"), f.URL), EventTypes: types, Secret: box.Seal(at(row, "secret"), newSecret()),
			AfterSequence: head, CreatedBy: s.UserID, CreatedAt: now,
		})
		if err != nil {
			return fmt.Errorf("adding an endpoint: %w", err)
		}
		return note(ctx, tx, s, "webhook.add", rowID, map[string]any{"name": f.Name, "events": orAll(types)})
	})
	return id, err
}

// headOf is where the chain of a business ends.
func headOf(ctx context.Context, tx *db.Tx, tenantID int64) (int64, error) {
	head, err := tx.GetAuditHead(ctx, tenantID)
	if err != nil && !db.IsNone(err) {
		return 0, fmt.Errorf("reading the head of the audit trail: %w", err)
	}
	return head.Length, nil
}
