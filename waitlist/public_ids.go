package waitlist

import (
	"context"

	"github.com/your-org/waitlist-management/db"
)

// publicSlotIDs are the public ids of slots by their own.
func (w *Waitlist) publicSlotIDs(ctx context.Context, tenantID int64, ids []int64) (map[int64]string, error) {
	public := map[int64]string{}
	if len(ids) == 0 {
		return public, nil
	}
	rows, err := w.db.SlotsByID(ctx, db.SlotsByIDParams{TenantID: tenantID, Ids: ids})
	for _, row := range rows {
		public[row.ID] = row.PublicID
	}
	return public, wrap(err, "reading slots")
}

func (w *Waitlist) publicEntryIDs(ctx context.Context, tenantID int64, ids []int64) (map[int64]string, error) {
	public := map[int64]string{}
	if len(ids) == 0 {
		return public, nil
	}
	rows, err := w.db.EntriesByID(ctx, db.EntriesByIDParams{TenantID: tenantID, Ids: ids})
	for _, row := range rows {
		public[row.ID] = row.PublicID
	}
	return public, wrap(err, "reading entries")
}

func (w *Waitlist) publicOfferIDs(ctx context.Context, tenantID int64, ids []int64) (map[int64]string, error) {
	public := map[int64]string{}
	if len(ids) == 0 {
		return public, nil
	}
	rows, err := w.db.OffersByID(ctx, db.OffersByIDParams{TenantID: tenantID, Ids: ids})
	for _, row := range rows {
		public[row.ID] = row.PublicID
	}
	return public, wrap(err, "reading offers")
}

// publicIDsOfBookings are those that offers led to, by the offer.
func (w *Waitlist) publicIDsOfBookings(ctx context.Context, tenantID int64, offerIDs []*int64) (map[int64]string, error) {
	public := map[int64]string{}
	if len(offerIDs) == 0 {
		return public, nil
	}
	rows, err := w.db.BookingsOfOffers(ctx, db.BookingsOfOffersParams{TenantID: tenantID, OfferIds: offerIDs})
	for _, row := range rows {
		public[*row.OfferID] = row.PublicID
	}
	return public, wrap(err, "reading bookings")
}

func (w *Waitlist) staffMembers(ctx context.Context, tenantID int64) (map[int64]db.StaffMember, error) {
	rows, err := w.db.AllStaffMembers(ctx, tenantID)
	return byID(rows, func(m db.StaffMember) int64 { return m.ID }), wrap(err, "reading staff members")
}
