package waitlist

import (
	"context"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
)

// closeSlot ends an open or held slot that nobody has a live offer on any more, and with it its opening.
func closeSlot(ctx context.Context, tx *db.Tx, slot db.Slot, to rules.SlotState, now time.Time) error {
	n, err := tx.CloseSlot(ctx, db.CloseSlotParams{ToState: to, TenantID: slot.TenantID, ID: slot.ID})
	if err := must(n, err, "closing a slot"); err != nil {
		return err
	}
	outcome, action := rules.OpeningWithdrawn, "slot.withdrawn"
	if to == rules.SlotLapsed {
		outcome, action = rules.OpeningLapsed, "slot.lapse"
	}
	if err := theProgram.did(ctx, tx, action, slot.TenantID, "slots", slot.ID, nil); err != nil {
		return err
	}
	return endOpening(ctx, tx, slot, outcome, nil, now)
}

// freeHeldSlot takes the claim of an offer that has just ended away and opens its slot, owing the offer a successor. The
// next customer is asked as soon as this is committed.
func (w *Waitlist) freeHeldSlot(ctx context.Context, tx *db.Tx, slot db.Slot, offer db.Offer, now time.Time) error {
	if err := w.dropHold(ctx, tx, slot, offer); err != nil {
		return err
	}
	n, err := tx.ReopenHeldSlot(ctx, db.ReopenHeldSlotParams{At: &now, CauseOfferID: &offer.ID, TenantID: slot.TenantID, ID: slot.ID})
	if err := must(n, err, "reopening a slot"); err != nil {
		return err
	}
	tx.AfterCommit(func() { w.fillNow(ctx, slot.TenantID, slot.ID) })
	return nil
}

// dropHold takes the claim of an offer away, and after the commit its hold in Redis.
func (w *Waitlist) dropHold(ctx context.Context, tx *db.Tx, slot db.Slot, offer db.Offer) error {
	n, err := tx.DropOfferClaim(ctx, db.DropOfferClaimParams{TenantID: slot.TenantID, SlotID: slot.ID, OfferID: &offer.ID})
	if err := must(n, err, "dropping a claim"); err != nil {
		return err
	}
	w.releaseAfter(ctx, tx, slot.ID, offer.ID)
	return nil
}

func (w *Waitlist) releaseAfter(ctx context.Context, tx *db.Tx, slotID, offerID int64) {
	tx.AfterCommit(func() {
		err := w.holds.Release(context.WithoutCancel(ctx), slotID, offerID)
		w.afterwards(ctx, "releasing a hold in Redis", err, "offer_id", offerID)
	})
}

// waitAgain puts the entry of an ended offer back into its place.
func waitAgain(ctx context.Context, tx *db.Tx, entry db.Entry) error {
	return moveEntry(ctx, tx, entry, rules.EntryOffered, rules.EntryWaiting, "putting an entry back")
}

// moveEntry takes a locked live entry from one state to another.
func moveEntry(ctx context.Context, tx *db.Tx, entry db.Entry, from, to rules.EntryState, what string) error {
	now, err := tx.Now(ctx)
	if err != nil {
		return err
	}
	n, err := tx.MoveEntry(ctx, db.MoveEntryParams{TenantID: entry.TenantID, ID: entry.ID, FromState: from, ToState: to, ChangedAt: now})
	return must(n, err, what)
}

// endEntry ends a live entry that has no live offer.
func endEntry(ctx context.Context, tx *db.Tx, entry db.Entry, to rules.EntryState, now time.Time) error {
	n, err := tx.EndEntry(ctx, db.EndEntryParams{
		ToState: to, At: &now, ChangedAt: now, TenantID: entry.TenantID, ID: entry.ID, FromState: entry.State,
	})
	return must(n, err, "ending an entry")
}
