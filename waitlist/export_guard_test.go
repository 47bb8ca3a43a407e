package waitlist

import "context"

// Expire is what both sweeps do with one offer, for races that are about that offer alone.
func (w *Waitlist) Expire(ctx context.Context, tenantID, offerID int64) (bool, error) {
	return w.expire(ctx, tenantID, offerID)
}
