package waitlist

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
)

// OfferFilter is which offers of a business are asked for.
type OfferFilter struct {
	Period        // when they were made; the year until today unless it says otherwise. Not read with a slot, an entry, or for those that are out
	Slot   string // public id; empty: any
	Entry  string // likewise
	State  rules.OfferState
	After  string // next of the page before; empty: the first page
	Limit  int
}

// Offers are offers, the newest first, a page at a time: next is where it goes on, empty at the end. Fails with Invalid naming slot, entry,
// to or cursor.
func (w *Waitlist) Offers(ctx context.Context, tenantID int64, f OfferFilter) (list []StaffOffer, next string, err error) {
	l := db.OfferList{TenantID: tenantID, State: f.State}
	after, err := readPlace(f.After)
	if err != nil {
		return nil, "", err
	}
	now, err := w.Now(ctx, tenantID)
	if err != nil {
		return nil, "", err
	}
	if l.From, l.To, err = f.back(rules.DateOf(now, now.Location()), now.Location()); err != nil {
		return nil, "", err
	}
	if err := w.offersOf(ctx, f, &l); err != nil {
		return nil, "", err
	}
	places, err := w.db.ListOffers(ctx, l, after, f.Limit+1)
	if err != nil {
		return nil, "", db.Down(err)
	}
	ids, next := pageOf(places, f.Limit)
	if len(ids) == 0 {
		return nil, "", nil
	}
	offers, err := w.db.OffersByID(ctx, db.OffersByIDParams{TenantID: tenantID, Ids: ids})
	if err != nil {
		return nil, "", db.Down(fmt.Errorf("reading offers: %w", err))
	}
	list, err = w.staffOffers(ctx, tenantID, asListed(ids, offers, func(o db.Offer) int64 { return o.ID }))
	return list, next, err
}

// offersOf finds the slot and the entry of a filter.
func (w *Waitlist) offersOf(ctx context.Context, f OfferFilter, l *db.OfferList) error {
	if f.Slot != "" {
		slot, known, err := maybe(w.db.GetSlotByPublicID(ctx, db.GetSlotByPublicIDParams{TenantID: l.TenantID, PublicID: f.Slot}))
		switch {
		case err != nil:
			return db.Down(fmt.Errorf("reading a slot: %w", err))
		case !known:
			return problem.Invalid(problem.Bad("slot", "problem.no_such_slot"))
		}
		l.SlotID = slot.ID
	}
	if f.Entry != "" {
		entry, known, err := maybe(w.db.GetEntryByPublicID(ctx, db.GetEntryByPublicIDParams{TenantID: l.TenantID, PublicID: f.Entry}))
		switch {
		case err != nil:
			return db.Down(fmt.Errorf("reading an entry: %w", err))
		case !known:
			return problem.Invalid(problem.Bad("entry", "problem.no_such_entry"))
		}
		l.EntryID = entry.ID
	}
	return nil
}

// OffersOut are the pending offers, the one that ends first in front.
func (w *Waitlist) OffersOut(ctx context.Context, tenantID int64) ([]StaffOffer, error) {
	offers, err := w.db.PendingOffersOf(ctx, tenantID)
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading live offers: %w", err))
	}
	return w.staffOffers(ctx, tenantID, offers)
}

// OfferDetail is one offer. Fails with NotFound.
func (w *Waitlist) OfferDetail(ctx context.Context, tenantID int64, offerID string) (StaffOffer, error) {
	offer, err := w.offerOf(ctx, Staff{TenantID: tenantID}, offerID)
	if err != nil {
		return StaffOffer{}, err
	}
	list, err := w.staffOffers(ctx, tenantID, []db.Offer{offer})
	if err != nil {
		return StaffOffer{}, err
	}
	return list[0], nil
}

// aroundOffers is what offers refer to.
type aroundOffers struct {
	slots, entries, causes map[int64]string // public ids
	bookings               map[int64]string // public ids by offer
	people                 map[int64]Person
	staff                  map[int64]db.StaffMember
	services               map[int64]db.Service
}

// staffOffers describes offers in the order given.
func (w *Waitlist) staffOffers(ctx context.Context, tenantID int64, offers []db.Offer) ([]StaffOffer, error) {
	if len(offers) == 0 {
		return nil, nil
	}
	around, err := w.aroundOffers(ctx, tenantID, offers)
	if err != nil {
		return nil, db.Down(err)
	}
	list := make([]StaffOffer, len(offers))
	for i, o := range offers {
		parts, err := rules.DecodeParts(o.Score)
		if err != nil {
			return nil, fmt.Errorf("offer %d: %w", o.ID, err)
		}
		list[i] = StaffOffer{
			ID: o.PublicID, SlotID: around.slots[o.SlotID], EntryID: around.entries[o.EntryID], Person: around.people[o.CustomerID], Call: o.EmailHash == nil,
			ServiceID: around.services[o.ServiceID].PublicID, ServiceName: o.ServiceName, Price: Price{o.PriceKind, o.PriceMinor, o.Currency},
			Duration: time.Duration(o.DurationMinutes) * time.Minute, Buffer: time.Duration(o.BufferMinutes) * time.Minute,
			StaffID: around.staff[o.StaffMemberID].PublicID, StaffName: around.staff[o.StaffMemberID].Name, Start: o.StartsAt, End: o.EndsAt,
			State: o.State, Created: o.CreatedAt, ExpiresAt: o.ExpiresAt, SentAt: o.SentAt, DeliveredAt: o.DeliveredAt, EndedAt: o.EndedAt,
			Hold: time.Duration(o.HoldSeconds) * time.Second, WithdrawDueAt: o.WithdrawDueAt, Parts: parts, Chosen: o.ChosenBy != nil, BookingID: around.bookings[o.ID],
		}
		if o.CauseOfferID != nil {
			list[i].CauseID = around.causes[*o.CauseOfferID]
		}
	}
	return list, nil
}

func (w *Waitlist) aroundOffers(ctx context.Context, tenantID int64, offers []db.Offer) (a aroundOffers, err error) {
	var slots, entries, customers, causes []int64
	var accepted []*int64
	for _, o := range offers {
		slots, entries, customers = append(slots, o.SlotID), append(entries, o.EntryID), append(customers, o.CustomerID)
		if o.CauseOfferID != nil {
			causes = append(causes, *o.CauseOfferID)
		}
		if o.State == rules.OfferAccepted {
			accepted = append(accepted, &o.ID)
		}
	}
	if a.slots, err = w.publicSlotIDs(ctx, tenantID, slots); err != nil {
		return a, err
	}
	if a.entries, err = w.publicEntryIDs(ctx, tenantID, entries); err != nil {
		return a, err
	}
	if a.causes, err = w.publicOfferIDs(ctx, tenantID, causes); err != nil {
		return a, err
	}
	if a.bookings, err = w.publicIDsOfBookings(ctx, tenantID, accepted); err != nil {
		return a, err
	}
	if a.people, err = w.people(ctx, tenantID, customers); err != nil {
		return a, err
	}
	if a.staff, err = w.staffMembers(ctx, tenantID); err != nil {
		return a, err
	}
	a.services, err = w.services(ctx, tenantID)
	return a, err
}
