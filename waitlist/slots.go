package waitlist

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
)

// SlotFilter is which slots of a business are asked for.
type SlotFilter struct {
	Period             // of their start; from today for a year unless it says otherwise
	StaffMember string // public id; empty: anybody's
	State       rules.SlotState
	After       string // next of the page before; empty: the first page
	Limit       int
}

// Slots are slots in the order of their start, a page at a time: next is where it goes on, empty at the end. Fails with Invalid naming
// staff_member, to or cursor.
func (w *Waitlist) Slots(ctx context.Context, tenantID int64, f SlotFilter) (list []StaffSlot, next string, err error) {
	l := db.SlotList{TenantID: tenantID, State: f.State}
	after, err := readPlace(f.After)
	if err != nil {
		return nil, "", err
	}
	if l.From, l.To, err = w.ahead(ctx, tenantID, f.Period); err != nil {
		return nil, "", err
	}
	if l.StaffID, err = w.staffMemberID(ctx, tenantID, f.StaffMember); err != nil {
		return nil, "", err
	}
	places, err := w.db.ListSlots(ctx, l, after, f.Limit+1)
	if err != nil {
		return nil, "", db.Down(err)
	}
	ids, next := pageOf(places, f.Limit)
	if len(ids) == 0 {
		return nil, "", nil
	}
	slots, err := w.db.SlotsByID(ctx, db.SlotsByIDParams{TenantID: tenantID, Ids: ids})
	if err != nil {
		return nil, "", db.Down(fmt.Errorf("reading slots: %w", err))
	}
	list, err = w.whoseSlots(ctx, tenantID, asListed(ids, slots, func(s db.Slot) int64 { return s.ID }))
	return list, next, err
}

// SlotsNamed are the slots with these public ids, in the order of their start. Fails with NotFound when one is not there.
func (w *Waitlist) SlotsNamed(ctx context.Context, tenantID int64, ids []string) ([]StaffSlot, error) {
	slots, err := w.db.SlotsByPublicID(ctx, db.SlotsByPublicIDParams{TenantID: tenantID, PublicIds: ids})
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading slots: %w", err))
	}
	if len(slots) < len(ids) {
		return nil, notFound("problem.no_such_slot")
	}
	return w.whoseSlots(ctx, tenantID, slots)
}

// SlotDetail is one slot with all its offers so far, the first one first.
type SlotDetail struct {
	StaffSlot
	Offers   []StaffOffer
	ChosenID string // public id of the entry that staff chose for the next offer; empty: the rank decides
}

// SlotDetail reads one slot. Fails with NotFound.
func (w *Waitlist) SlotDetail(ctx context.Context, tenantID int64, slotID string) (d SlotDetail, err error) {
	slot, err := w.db.GetSlotByPublicID(ctx, db.GetSlotByPublicIDParams{TenantID: tenantID, PublicID: slotID})
	if slot, err = found(slot, err, "problem.no_such_slot"); err != nil {
		return d, err
	}
	described, err := w.whoseSlots(ctx, tenantID, []db.Slot{slot})
	if err != nil {
		return d, err
	}
	d.StaffSlot = described[0]
	if slot.ChosenEntryID != nil {
		entry, err := w.db.GetEntry(ctx, db.GetEntryParams{TenantID: tenantID, ID: *slot.ChosenEntryID})
		if err != nil {
			return d, db.Down(fmt.Errorf("reading an entry: %w", err))
		}
		d.ChosenID = entry.PublicID
	}
	offers, err := w.db.OffersOfSlot(ctx, db.OffersOfSlotParams{TenantID: tenantID, SlotID: slot.ID})
	if err != nil {
		return d, db.Down(fmt.Errorf("reading a slot's offers: %w", err))
	}
	d.Offers, err = w.staffOffers(ctx, tenantID, offers)
	return d, err
}

// ahead is a period from today on, as moments.
func (w *Waitlist) ahead(ctx context.Context, tenantID int64, p Period) (from, to time.Time, err error) {
	now, err := w.Now(ctx, tenantID)
	if err != nil {
		return from, to, err
	}
	return p.ahead(rules.DateOf(now, now.Location()), now.Location())
}

// staffMemberID finds a staff member, active or not, by a public id that is asked for; 0 for an empty one. Fails with Invalid.
func (w *Waitlist) staffMemberID(ctx context.Context, tenantID int64, publicID string) (int64, error) {
	if publicID == "" {
		return 0, nil
	}
	m, known, err := maybe(w.db.GetStaffMemberByPublicID(ctx, db.GetStaffMemberByPublicIDParams{TenantID: tenantID, PublicID: publicID}))
	if err == nil && !known {
		return 0, problem.Invalid(problem.Bad("staff_member", "problem.choose_staff"))
	}
	return m.ID, db.Down(wrap(err, "reading a staff member"))
}
