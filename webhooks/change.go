package webhooks

import (
	"context"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/waitlist"
)

// Change gives an endpoint another name, address or choice of events; what is on its way already stays as it is, and goes to the new
// address. Fails with Invalid naming the fields, NotFound, and Conflict when it was changed meanwhile.
func (w *Webhooks) Change(ctx context.Context, s waitlist.Staff, id string, f Form) error {
	f, types, err := w.read(f)
	if err != nil {
		return err
	}
	return w.change(ctx, s, id, f.Version, "webhook.change", func(ctx context.Context, tx *db.Tx, e db.WebhookEndpoint) (bool, any, error) {
		box, err := tx.Box(ctx, e.TenantID)
		if err != nil {
			return false, nil, err
		}
		before, err := box.Open(at(e, "url"), e.Url)
		if err != nil {
			return false, nil, err
		}
		if e.Name == f.Name && before == f.URL && e.EventTypes == types {
			return false, nil, nil
		}
		n, err := tx.ChangeWebhookEndpoint(ctx, db.ChangeWebhookEndpointParams{
			Name: f.Name, Url: box.Seal(at(e, "url"), f.URL), EventTypes: types, TenantID: e.TenantID, ID: e.ID, Version: e.Version,
		})
		what := audit.Changes(map[string]any{"name": e.Name, "events": orAll(e.EventTypes)}, map[string]any{"name": f.Name, "events": orAll(types)}).Untold("url", before != f.URL)
		return n == 1, what, wrap(err, "changing an endpoint")
	})
}
