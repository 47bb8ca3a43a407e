package business

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
)

// ahead is the set-up with all the bookings and slots in front of it: what a change could touch.
type ahead struct {
	setup
	box      *seal.Box
	bookings []db.BookingsAheadRow
	slots    []db.Slot
	offers   map[int64]*TouchedOffer // pending, by slot
}

// lookAhead reads what lies ahead within a transaction; it is exact as far as the staff members are locked.
func lookAhead(ctx context.Context, tx *db.Tx, tenantID int64) (*ahead, error) {
	now, err := tx.Now(ctx)
	if err != nil {
		return nil, err
	}
	a := &ahead{}
	if a.setup, err = readSetup(ctx, tx.Queries, tenantID); err != nil {
		return nil, err
	}
	if a.box, err = tx.Box(ctx, tenantID); err != nil {
		return nil, err
	}
	if a.bookings, err = tx.BookingsAhead(ctx, db.BookingsAheadParams{TenantID: tenantID, Now: now}); err != nil {
		return nil, db.Down(fmt.Errorf("reading the bookings ahead: %w", err))
	}
	if a.slots, err = tx.SlotsAhead(ctx, db.SlotsAheadParams{TenantID: tenantID, Now: now}); err != nil {
		return nil, db.Down(fmt.Errorf("reading the slots ahead: %w", err))
	}
	if a.offers, err = a.pendingOffers(ctx, tx.Queries); err != nil {
		return nil, err
	}
	return a, nil
}

func (a *ahead) pendingOffers(ctx context.Context, q *db.Queries) (map[int64]*TouchedOffer, error) {
	rows, err := q.OffersAhead(ctx, a.tenantID)
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading the offers that are out: %w", err))
	}
	offers := map[int64]*TouchedOffer{}
	for _, row := range rows {
		name, err := a.customerName(row.CustomerPublicID, row.CustomerName)
		if err != nil {
			return nil, err
		}
		offers[row.SlotID] = &TouchedOffer{
			ID: row.PublicID, CustomerName: name, ServiceName: row.ServiceName, Until: row.ExpiresAt, serviceID: row.ServiceID,
		}
	}
	return offers, nil
}

// touched lists the bookings and slots that the two ask for.
func (a *ahead) touched(booking func(db.BookingsAheadRow) bool, slot func(db.Slot) bool) (Touched, error) {
	t := Touched{Zone: a.zone}
	for _, row := range a.bookings {
		if !booking(row) {
			continue
		}
		var name string
		if row.CustomerPublicID != nil {
			var err error
			if name, err = a.customerName(*row.CustomerPublicID, row.CustomerName); err != nil {
				return Touched{}, err
			}
		}
		t.Bookings = append(t.Bookings, TouchedBooking{
			ID: row.PublicID, Start: row.StartsAt, End: row.EndsAt, Busy: row.Kind == "busy",
			CustomerName: name, ServiceName: row.ServiceName, StaffName: a.staff[row.StaffMemberID].Name,
		})
	}
	for _, row := range a.slots {
		if slot(row) {
			t.Slots = append(t.Slots, a.touchedSlot(row))
		}
	}
	return t, nil
}

func (a *ahead) touchedSlot(row db.Slot) TouchedSlot {
	s := TouchedSlot{
		ID: row.PublicID, Start: row.StartsAt, End: row.EndsAt, Held: row.State == rules.SlotHeld,
		StaffName: a.staff[row.StaffMemberID].Name, Offer: a.offers[row.ID], id: row.ID,
	}
	if row.ServiceID != nil {
		s.ServiceName = a.services[*row.ServiceID].Name
	}
	return s
}

func (a *ahead) customerName(publicID string, sealed []byte) (string, error) {
	return a.box.Open(seal.Where{Tenant: a.tenantID, Table: "customers", Column: "name", Row: publicID}, sealed)
}
