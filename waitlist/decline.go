package waitlist

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
)

// Decline is the customer's no to the offer behind the link; the next customer is asked at once. With keepWaiting their
// entry keeps its place, otherwise it leaves the list. Repeating the no changes nothing. It fails with Gone when the offer
// ended otherwise.
func (w *Waitlist) Decline(ctx context.Context, token string, keepWaiting bool) error {
	offer, err := w.offerByToken(ctx, token)
	if err != nil {
		return err
	}
	return w.decline(ctx, customer(offer.CustomerID), offer.TenantID, offer.ID, keepWaiting)
}

// StaffDecline records a no that the customer gave in another way, such as by phone.
func (w *Waitlist) StaffDecline(ctx context.Context, s Staff, offerID string, keepWaiting bool) error {
	offer, err := w.offerOf(ctx, s, offerID)
	if err != nil {
		return err
	}
	return w.decline(ctx, s.actor(), offer.TenantID, offer.ID, keepWaiting)
}

func (w *Waitlist) decline(ctx context.Context, who actor, tenantID, offerID int64, keepWaiting bool) error {
	return w.inTx(ctx, tenantID, func(ctx context.Context, tx *db.Tx) error {
		slot, offer, err := lockOffer(ctx, tx, tenantID, offerID)
		if err != nil {
			return err
		}
		if offer.State == rules.OfferDeclined {
			return nil
		}
		p, err := lockParty(ctx, tx, tenantID, offer.CustomerID)
		if err != nil {
			return err
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		ok, err := moved(tx.DeclineOffer(ctx, db.DeclineOfferParams{At: &now, TenantID: tenantID, ID: offerID, Now: now}))
		if err != nil {
			return fmt.Errorf("declining an offer: %w", err)
		}
		if !ok {
			return ended(offer)
		}
		if err := w.afterDecline(ctx, tx, slot, offer, p, now, keepWaiting); err != nil {
			return err
		}
		err = who.did(ctx, tx, "offer.decline", tenantID, "offers", offerID, map[string]any{"after": map[string]bool{"waits_on": keepWaiting}})
		if err != nil || keepWaiting {
			return err
		}
		return who.did(ctx, tx, "entry.leave", tenantID, "entries", offer.EntryID, nil)
	})
}

func (w *Waitlist) afterDecline(ctx context.Context, tx *db.Tx, slot db.Slot, offer db.Offer, p party, now time.Time, keepWaiting bool) error {
	if err := w.freeHeldSlot(ctx, tx, slot, offer, now); err != nil {
		return err
	}
	entry, live := p.entry(offer.EntryID)
	if !live {
		return fmt.Errorf("the entry of pending offer %d is not live", offer.ID)
	}
	if keepWaiting {
		if err := waitAgain(ctx, tx, entry); err != nil {
			return err
		}
	} else if err := endEntry(ctx, tx, entry, rules.EntryLeft, now); err != nil {
		return err
	}
	return countAnswer(ctx, tx, p)
}
