package waitlist

import "context"

// Expire is what both sweeps do with one offer, for races that are about that offer alone.
func (w *Waitlist) Expire(ctx context.Context, tenantID, offerID int64) (bool, error) {
	return w.expire(ctx, tenantID, offerID)
}

// Thank is the part of ThankCustomers that thanks for one booking.
func (w *Waitlist) Thank(ctx context.Context, tenantID, bookingID int64) (bool, error) {
	return w.thank(ctx, tenantID, bookingID)
}
