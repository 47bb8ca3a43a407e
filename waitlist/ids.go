package waitlist

import (
	"context"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/seal"
)

// Kinds of bookings and origins of slots, as tables keep them.
const (
	kindAppointment    = "appointment"
	kindBusy           = "busy"
	originStaff        = "staff"
	originCancellation = "cancellation"
	originRemainder    = "remainder"
	sourcePublic       = "public"
	sourceStaff        = "staff"
)

func (w *Waitlist) slotID(ctx context.Context, tenantID int64, publicID string) (int64, error) {
	slot, err := w.db.GetSlotByPublicID(ctx, db.GetSlotByPublicIDParams{TenantID: tenantID, PublicID: publicID})
	slot, err = found(slot, err, "problem.no_such_slot")
	return slot.ID, err
}

func (w *Waitlist) offerOf(ctx context.Context, s Staff, publicID string) (db.Offer, error) {
	offer, err := w.db.GetOfferByPublicID(ctx, db.GetOfferByPublicIDParams{TenantID: s.TenantID, PublicID: publicID})
	return found(offer, err, "problem.no_such_offer")
}

func (w *Waitlist) bookingOf(ctx context.Context, s Staff, publicID string) (db.Booking, error) {
	booking, err := w.db.GetBookingByPublicID(ctx, db.GetBookingByPublicIDParams{TenantID: s.TenantID, PublicID: publicID})
	return found(booking, err, "problem.no_such_booking")
}

func (w *Waitlist) entryOf(ctx context.Context, s Staff, publicID string) (db.Entry, error) {
	entry, err := w.db.GetEntryByPublicID(ctx, db.GetEntryByPublicIDParams{TenantID: s.TenantID, PublicID: publicID})
	return found(entry, err, "problem.no_such_entry")
}

func (w *Waitlist) offerByToken(ctx context.Context, token string) (db.Offer, error) {
	offer, err := w.db.GetOfferByToken(ctx, seal.HashToken(token))
	return found(offer, err, "problem.no_such_link")
}

func (w *Waitlist) entryByToken(ctx context.Context, token string) (db.Entry, error) {
	entry, err := w.db.GetEntryByToken(ctx, seal.HashToken(token))
	return found(entry, err, "problem.no_such_link")
}

func (w *Waitlist) bookingByToken(ctx context.Context, token string) (db.Booking, error) {
	booking, err := w.db.GetBookingByToken(ctx, seal.HashToken(token))
	return found(booking, err, "problem.no_such_link")
}
