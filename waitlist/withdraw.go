package waitlist

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
)

// WithdrawOffer takes an offer back so that the next customer is asked: first a wish, carried out 10 s later, which
// RestoreOffer undoes. If the customer answers before, their answer stands. Fails with Gone when the offer has ended.
func (w *Waitlist) WithdrawOffer(ctx context.Context, s Staff, offerID string) error {
	offer, err := w.offerOf(ctx, s, offerID)
	if err != nil {
		return err
	}
	return w.inTx(ctx, offer.TenantID, func(ctx context.Context, tx *db.Tx) error {
		_, offer, err := lockOffer(ctx, tx, offer.TenantID, offer.ID)
		if err != nil {
			return err
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		if offer.State != rules.OfferPending {
			return ended(offer)
		}
		return wishOfferWithdrawn(ctx, tx, s, offer, now)
	})
}

func wishOfferWithdrawn(ctx context.Context, tx *db.Tx, s Staff, offer db.Offer, now time.Time) error {
	due := now.Add(UndoFor)
	wished, err := moved(tx.WishOfferWithdrawn(ctx, db.WishOfferWithdrawnParams{DueAt: &due, TenantID: offer.TenantID, ID: offer.ID}))
	if err != nil || !wished { // wished already: the same press again
		return wrap(err, "wishing an offer withdrawn")
	}
	return audit.Note(ctx, tx, audit.Entry{
		TenantID: offer.TenantID, By: s.Actor(), Action: "offer.withdraw", Record: "offers", RecordID: offer.ID,
	})
}

// wishPendingWithdrawn makes room for a chosen customer on a held slot.
func wishPendingWithdrawn(ctx context.Context, tx *db.Tx, s Staff, slot db.Slot, now time.Time) error {
	offer, err := tx.FindPendingOfferOfSlot(ctx, db.FindPendingOfferOfSlotParams{TenantID: slot.TenantID, SlotID: slot.ID})
	if err != nil {
		return fmt.Errorf("reading the offer of a held slot: %w", err)
	}
	return wishOfferWithdrawn(ctx, tx, s, offer, now)
}

// RestoreOffer undoes WithdrawOffer, and a choice that waits for the withdrawal, within 10 s; later it fails with Gone.
func (w *Waitlist) RestoreOffer(ctx context.Context, s Staff, offerID string) error {
	offer, err := w.offerOf(ctx, s, offerID)
	if err != nil {
		return err
	}
	return w.inTx(ctx, offer.TenantID, func(ctx context.Context, tx *db.Tx) error {
		slot, offer, err := lockOffer(ctx, tx, offer.TenantID, offer.ID)
		if err != nil {
			return err
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		if offer.State == rules.OfferPending && offer.WithdrawDueAt == nil {
			return nil
		}
		undone, err := moved(tx.UndoOfferWithdrawal(ctx, db.UndoOfferWithdrawalParams{TenantID: offer.TenantID, ID: offer.ID, At: &now}))
		if err != nil {
			return fmt.Errorf("undoing a withdrawal: %w", err)
		}
		if !undone {
			return problem.New(problem.Gone, "problem.too_late_to_undo")
		}
		if err := s.actor().did(ctx, tx, "offer.restore", offer.TenantID, "offers", offer.ID, nil); err != nil {
			return err
		}
		if slot.ChosenEntryID == nil {
			return nil
		}
		n, err := tx.ForgetChosenEntry(ctx, db.ForgetChosenEntryParams{TenantID: slot.TenantID, ID: slot.ID})
		return must(n, err, "forgetting a choice")
	})
}

// WithdrawSlot takes a slot back: nobody is asked any more. First a wish, carried out 10 s later, which RestoreSlot undoes.
// Fails with Conflict when the slot is booked or gone.
func (w *Waitlist) WithdrawSlot(ctx context.Context, s Staff, slotID string) error {
	id, err := w.slotID(ctx, s.TenantID, slotID)
	if err != nil {
		return err
	}
	return w.inTx(ctx, s.TenantID, func(ctx context.Context, tx *db.Tx) error {
		slot, err := lockSlot(ctx, tx, s.TenantID, id)
		if err != nil {
			return err
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		if slot.State != rules.SlotOpen && slot.State != rules.SlotHeld {
			return problem.New(problem.Conflict, "problem.slot_not_free")
		}
		due := now.Add(UndoFor)
		wished, err := moved(tx.WishSlotWithdrawn(ctx, db.WishSlotWithdrawnParams{DueAt: &due, TenantID: slot.TenantID, ID: slot.ID}))
		if err != nil || !wished {
			return wrap(err, "wishing a slot withdrawn")
		}
		return audit.Note(ctx, tx, audit.Entry{
			TenantID: s.TenantID, By: s.Actor(), Action: "slot.withdraw", Record: "slots", RecordID: slot.ID,
		})
	})
}

// RestoreSlot undoes WithdrawSlot within 10 s; later it fails with Gone.
func (w *Waitlist) RestoreSlot(ctx context.Context, s Staff, slotID string) error {
	id, err := w.slotID(ctx, s.TenantID, slotID)
	if err != nil {
		return err
	}
	return w.inTx(ctx, s.TenantID, func(ctx context.Context, tx *db.Tx) error {
		slot, err := lockSlot(ctx, tx, s.TenantID, id)
		if err != nil {
			return err
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		if slot.WithdrawDueAt == nil && (slot.State == rules.SlotOpen || slot.State == rules.SlotHeld) {
			return nil
		}
		undone, err := moved(tx.UndoSlotWithdrawal(ctx, db.UndoSlotWithdrawalParams{At: &now, TenantID: slot.TenantID, ID: slot.ID}))
		if err != nil {
			return fmt.Errorf("undoing a withdrawal: %w", err)
		}
		if !undone {
			return problem.New(problem.Gone, "problem.too_late_to_undo")
		}
		tx.AfterCommit(func() { w.fillNow(ctx, slot.TenantID, slot.ID) })
		return s.actor().did(ctx, tx, "slot.restore", slot.TenantID, "slots", slot.ID, nil)
	})
}

// carryOutOfferWithdrawal ends an offer whose withdrawal was not undone; the slot goes to the next, or to whom staff chose.
func (w *Waitlist) carryOutOfferWithdrawal(ctx context.Context, tenantID, offerID int64) (done bool, err error) {
	err = w.inTx(ctx, tenantID, func(ctx context.Context, tx *db.Tx) error {
		done = false
		slot, offer, err := lockOffer(ctx, tx, tenantID, offerID)
		if err != nil || offer.State != rules.OfferPending || offer.WithdrawDueAt == nil {
			return err
		}
		now, err := tx.Now(ctx)
		if err != nil || offer.WithdrawDueAt.After(now) {
			return err
		}
		done, err = w.withdraw(ctx, tx, offer, rules.OfferWithdrawn, now, func(p party) error {
			return w.giveBack(ctx, tx, slot, offer, p, now)
		})
		return err
	})
	return done, err
}

// carryOutSlotWithdrawal closes a slot whose withdrawal was not undone, its offer first.
func (w *Waitlist) carryOutSlotWithdrawal(ctx context.Context, tenantID, slotID int64) (done bool, err error) {
	err = w.inTx(ctx, tenantID, func(ctx context.Context, tx *db.Tx) error {
		done = false
		slot, err := lockSlot(ctx, tx, tenantID, slotID)
		if err != nil || slot.WithdrawDueAt == nil || slot.State != rules.SlotOpen && slot.State != rules.SlotHeld {
			return err
		}
		offer, held, err := maybe(tx.FindPendingOfferOfSlot(ctx, db.FindPendingOfferOfSlotParams{TenantID: tenantID, SlotID: slotID}))
		if err != nil {
			return fmt.Errorf("reading the offer of a slot: %w", err)
		}
		if held {
			if offer, err = tx.LockOffer(ctx, db.LockOfferParams{TenantID: tenantID, ID: offer.ID}); err != nil {
				return fmt.Errorf("locking an offer: %w", err)
			}
		}
		now, err := tx.Now(ctx)
		if err != nil || slot.WithdrawDueAt.After(now) {
			return err
		}
		if !held {
			done = true
			return closeSlot(ctx, tx, slot, rules.SlotWithdrawn, now)
		}
		done, err = w.withdraw(ctx, tx, offer, rules.OfferWithdrawn, now, func(p party) error {
			if err := w.dropHold(ctx, tx, slot, offer); err != nil {
				return err
			}
			if err := closeSlot(ctx, tx, slot, rules.SlotWithdrawn, now); err != nil {
				return err
			}
			entry, live := p.entry(offer.EntryID)
			if !live {
				return fmt.Errorf("the entry of pending offer %d is not live", offer.ID)
			}
			return waitAgain(ctx, tx, entry)
		})
		return err
	})
	return done, err
}

// withdraw ends a locked pending offer before its deadline, does what follows, and tells the customer, who waits on. One that is past its
// deadline is left to expire.
func (w *Waitlist) withdraw(ctx context.Context, tx *db.Tx, offer db.Offer, to rules.OfferState, now time.Time, then func(party) error) (bool, error) {
	p, err := lockParty(ctx, tx, offer.TenantID, offer.CustomerID)
	if err != nil {
		return false, err
	}
	ok, err := moved(tx.WithdrawOffer(ctx, db.WithdrawOfferParams{ToState: to, At: &now, TenantID: offer.TenantID, ID: offer.ID, Now: now}))
	if err != nil || !ok {
		return false, wrap(err, "withdrawing an offer")
	}
	if err := then(p); err != nil || to != rules.OfferWithdrawn {
		return true, err
	}
	if err := theProgram.did(ctx, tx, "offer.withdrawn", offer.TenantID, "offers", offer.ID, nil); err != nil {
		return true, err
	}
	return true, tellWithdrawn(ctx, tx, offer, now)
}

// giveBack frees the slot of an ended offer for the next customer and lets its own customer wait on.
func (w *Waitlist) giveBack(ctx context.Context, tx *db.Tx, slot db.Slot, offer db.Offer, p party, now time.Time) error {
	if err := w.freeHeldSlot(ctx, tx, slot, offer, now); err != nil {
		return err
	}
	entry, live := p.entry(offer.EntryID)
	if !live {
		return fmt.Errorf("the entry of pending offer %d is not live", offer.ID)
	}
	return waitAgain(ctx, tx, entry)
}
