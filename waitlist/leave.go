package waitlist

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
)

// LeaveEntry takes the customer behind the link off the list. A live offer is declined with it. Repeating it changes nothing.
func (w *Waitlist) LeaveEntry(ctx context.Context, token string) error {
	entry, err := w.entryByToken(ctx, token)
	if err != nil {
		return err
	}
	return w.endWait(ctx, entry.TenantID, entry.ID, rules.EntryLeft, func(ctx context.Context, tx *db.Tx, _ db.Entry) error {
		return audit.Note(ctx, tx, audit.Entry{
			TenantID: entry.TenantID, By: audit.ByCustomer(entry.CustomerID), Action: "entry.leave", Record: "entries", RecordID: entry.ID,
		})
	})
}

// RemoveEntry takes an entry off the list for the business. A live offer is withdrawn with it. Repeating it changes nothing.
func (w *Waitlist) RemoveEntry(ctx context.Context, s Staff, entryID string) error {
	return w.RemoveEntryAt(ctx, s, entryID, 0)
}

// RemoveEntryAt is RemoveEntry of an entry in the version in which it was read; 0: in whichever. Fails with Conflict when it was changed
// since.
func (w *Waitlist) RemoveEntryAt(ctx context.Context, s Staff, entryID string, version int) error {
	entry, err := w.entryOf(ctx, s, entryID)
	if err != nil {
		return err
	}
	return w.endWait(ctx, entry.TenantID, entry.ID, rules.EntryRemoved, func(ctx context.Context, tx *db.Tx, before db.Entry) error {
		if err := atVersion(before, version); err != nil {
			return err
		}
		return audit.Note(ctx, tx, audit.Entry{
			TenantID: s.TenantID, By: s.Actor(), Action: "entry.remove", Record: "entries", RecordID: entry.ID,
		})
	})
}

// errMoved says that an entry was offered a slot, or its offer ended, between looking and locking.
var errMoved = errors.New("the entry moved on meanwhile")

// noteEnd notes the end of an entry in the transaction that ends it. The entry is as it was before.
type noteEnd func(context.Context, *db.Tx, db.Entry) error

// endWait ends an entry in whatever live state it is, its live offer first, and notes it in the same transaction. Nothing is noted of
// an entry that had ended before.
func (w *Waitlist) endWait(ctx context.Context, tenantID, entryID int64, to rules.EntryState, note noteEnd) error {
	var err error
	for range 5 {
		entry, readErr := w.db.GetEntry(ctx, db.GetEntryParams{TenantID: tenantID, ID: entryID})
		if entry, readErr = found(entry, readErr, "problem.no_such_entry"); readErr != nil {
			return readErr
		}
		switch {
		case !entry.State.Live():
			return nil
		case entry.State == rules.EntryOffered:
			err = w.endOffered(ctx, entry, to, note)
		default:
			err = w.endUnoffered(ctx, entry, to, note)
		}
		if !errors.Is(err, errMoved) {
			return err
		}
	}
	return problem.New(problem.Conflict, "problem.try_again").Because(err)
}

func (w *Waitlist) endUnoffered(ctx context.Context, entry db.Entry, to rules.EntryState, note noteEnd) error {
	return w.inTx(ctx, entry.TenantID, func(ctx context.Context, tx *db.Tx) error {
		p, err := lockParty(ctx, tx, entry.TenantID, entry.CustomerID)
		if err != nil {
			return err
		}
		live, ok := p.entry(entry.ID)
		if !ok || live.State == rules.EntryOffered {
			return errMoved
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		if err := endEntry(ctx, tx, live, to, now); err != nil {
			return err
		}
		return note(ctx, tx, live)
	})
}

func (w *Waitlist) endOffered(ctx context.Context, entry db.Entry, to rules.EntryState, note noteEnd) error {
	return w.endLiveOffer(ctx, entry, to, func(ctx context.Context, tx *db.Tx, _ party, _ db.Offer, current db.Entry) error {
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		if err := endEntry(ctx, tx, current, to, now); err != nil {
			return err
		}
		return note(ctx, tx, current)
	})
}

// endLiveOffer ends the offer that is out to an entry, as one of an entry that ends so, frees its slot, and does then what follows for
// the entry, which is still offered. then is given the offer as it was before. errMoved: there is no such offer any more.
func (w *Waitlist) endLiveOffer(ctx context.Context, entry db.Entry, as rules.EntryState, then func(context.Context, *db.Tx, party, db.Offer, db.Entry) error) error {
	pending, live, err := maybe(w.db.FindPendingOfferOfCustomer(ctx, db.FindPendingOfferOfCustomerParams{
		TenantID: entry.TenantID, LiveCustomerID: &entry.CustomerID,
	}))
	if err != nil {
		return db.Down(fmt.Errorf("reading a live offer: %w", err))
	}
	if !live || pending.EntryID != entry.ID {
		return errMoved
	}
	return w.inTx(ctx, entry.TenantID, func(ctx context.Context, tx *db.Tx) error {
		slot, offer, err := lockOffer(ctx, tx, pending.TenantID, pending.ID)
		if err != nil {
			return err
		}
		p, err := lockParty(ctx, tx, entry.TenantID, entry.CustomerID)
		if err != nil {
			return err
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		ended, err := endAs(ctx, tx, offer, as, now)
		if err != nil {
			return err
		}
		if !ended {
			return errMoved
		}
		if err := w.freeHeldSlot(ctx, tx, slot, offer, now); err != nil {
			return err
		}
		current, _ := p.entry(entry.ID)
		return then(ctx, tx, p, offer, current)
	})
}

// endAs ends the live offer of an entry that is leaving: the customer's leaving is a no, the business's removal a withdrawal.
func endAs(ctx context.Context, tx *db.Tx, offer db.Offer, to rules.EntryState, now time.Time) (ended bool, err error) {
	who, action := theProgram, "offer.withdrawn"
	switch {
	case offer.State == rules.OfferPending && !offer.ExpiresAt.After(now):
		action = "offer.expired"
		ended, err = moved(tx.ExpireOffer(ctx, db.ExpireOfferParams{ToState: rules.OfferExpired, At: &now, TenantID: offer.TenantID, ID: offer.ID, Now: now}))
	case to == rules.EntryLeft:
		who, action = customer(offer.CustomerID), "offer.decline"
		ended, err = moved(tx.DeclineOffer(ctx, db.DeclineOfferParams{At: &now, TenantID: offer.TenantID, ID: offer.ID, Now: now}))
	default:
		ended, err = moved(tx.WithdrawOffer(ctx, db.WithdrawOfferParams{
			ToState: rules.OfferWithdrawn, At: &now, TenantID: offer.TenantID, ID: offer.ID, Now: now,
		}))
	}
	if err != nil || !ended {
		return false, err
	}
	return true, who.did(ctx, tx, action, offer.TenantID, "offers", offer.ID, nil)
}
