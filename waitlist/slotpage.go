package waitlist

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
)

// candidatesShown is how many people a slot's page lists.
const candidatesShown = 50

// SlotPage is one slot: its offers so far and, while it is open or held, who else could have it, in order of rank for this slot.
// Fails with NotFound.
func (w *Waitlist) SlotPage(ctx context.Context, tenantID int64, slotID string) (SlotPage, error) {
	slot, err := w.db.GetSlotByPublicID(ctx, db.GetSlotByPublicIDParams{TenantID: tenantID, PublicID: slotID})
	if slot, err = found(slot, err, "problem.no_such_slot"); err != nil {
		return SlotPage{}, err
	}
	settings, err := LoadSettings(ctx, w.db.Queries, tenantID)
	if err != nil {
		return SlotPage{}, err
	}
	page := SlotPage{Zone: settings.Zone}
	if page.Now, err = w.db.Now(ctx); err != nil {
		return page, err
	}
	items, err := w.items(ctx, tenantID, []db.Slot{slot})
	if err != nil {
		return page, err
	}
	page.Item = items[0]
	m, err := w.db.GetStaffMember(ctx, db.GetStaffMemberParams{TenantID: tenantID, ID: slot.StaffMemberID})
	if err != nil {
		return page, db.Down(fmt.Errorf("reading a staff member: %w", err))
	}
	page.Staff = StaffChoice{ID: m.PublicID, Name: m.Name}
	offers, err := w.db.OffersOfSlot(ctx, db.OffersOfSlotParams{TenantID: tenantID, SlotID: slot.ID})
	if err != nil {
		return page, db.Down(fmt.Errorf("reading a slot's offers: %w", err))
	}
	if page.Offers, err = w.pastOffers(ctx, tenantID, offers); err != nil {
		return page, err
	}
	page.Candidates, err = w.candidatesOf(ctx, settings, slot, page.Now)
	return page, err
}

// CandidatesFor are the first people on the list who wait for a service of a slot that is open or held, fitting or not, in order of rank; of
// any other slot there are none. Fails with NotFound.
func (w *Waitlist) CandidatesFor(ctx context.Context, tenantID int64, slotID string) ([]SlotCandidate, error) {
	slot, err := w.db.GetSlotByPublicID(ctx, db.GetSlotByPublicIDParams{TenantID: tenantID, PublicID: slotID})
	if slot, err = found(slot, err, "problem.no_such_slot"); err != nil {
		return nil, err
	}
	settings, err := LoadSettings(ctx, w.db.Queries, tenantID)
	if err != nil {
		return nil, err
	}
	now, err := w.db.Now(ctx)
	if err != nil {
		return nil, err
	}
	return w.candidatesOf(ctx, settings, slot, now)
}

func (w *Waitlist) candidatesOf(ctx context.Context, settings Settings, slot db.Slot, now time.Time) ([]SlotCandidate, error) {
	if slot.State != rules.SlotOpen && slot.State != rules.SlotHeld {
		return nil, nil
	}
	sc, err := newScan(ctx, w.db.Queries, settings, slot, now)
	if err != nil {
		return nil, db.Down(err)
	}
	var entries []db.Entry
	for serviceID := range sc.services {
		page, err := sc.everybody(ctx, serviceID, fromTop)
		if err != nil {
			return nil, db.Down(err)
		}
		entries = append(entries, page...)
	}
	byRank(sc.settings, entries)
	entries = entries[:min(len(entries), candidatesShown)]
	rows, err := w.describe(ctx, sc.settings, entries)
	if err != nil {
		return nil, err
	}
	candidates, err := sc.candidates(ctx, entries)
	if err != nil {
		return nil, db.Down(err)
	}
	list := make([]SlotCandidate, len(rows))
	for i, row := range rows {
		service := serviceTime(sc.services[entries[i].ServiceID])
		parts := row.Parts
		parts.PreferredStaff, parts.PreferredTime = rules.Bonus(sc.settings.Settings, sc.opening, service, candidates[i])
		list[i] = SlotCandidate{Entry: row, Misfit: rules.Fits(sc.settings.Settings, sc.now, sc.opening, service, candidates[i]), Parts: parts}
	}
	return list, nil
}

func (w *Waitlist) pastOffers(ctx context.Context, tenantID int64, offers []db.Offer) ([]PastOffer, error) {
	ids := make([]int64, len(offers))
	for i, o := range offers {
		ids[i] = o.CustomerID
	}
	people, err := w.people(ctx, tenantID, ids)
	if err != nil {
		return nil, err
	}
	past := make([]PastOffer, len(offers))
	for i, o := range offers {
		parts, err := rules.DecodeParts(o.Score)
		if err != nil {
			return nil, fmt.Errorf("offer %d: %w", o.ID, err)
		}
		past[i] = PastOffer{
			ID: o.PublicID, Person: people[o.CustomerID], State: o.State, Created: o.CreatedAt, EndedAt: o.EndedAt, Parts: parts,
			ByStaff: o.ChosenBy != nil, Undoable: o.WithdrawDueAt, ExpiresAt: o.ExpiresAt,
		}
	}
	return past, nil
}
