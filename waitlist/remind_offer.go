package waitlist

import (
	"context"
	"errors"
	"fmt"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/rules"
)

// RemindOffers reminds the customers whose offers end soon, each once. When that is was decided when the sender accepted the offer's email,
// and moved with the deadline.
func (w *Waitlist) RemindOffers(ctx context.Context) (int, error) {
	now, err := w.db.Now(ctx)
	if err != nil {
		return 0, err
	}
	due, err := w.db.OffersToRemind(ctx, db.OffersToRemindParams{At: &now, Limit: dueAtOnce})
	if err != nil {
		return 0, db.Down(fmt.Errorf("reading offers to remind of: %w", err))
	}
	reminded := 0
	var failed error
	for _, row := range due {
		done, err := w.remindOffer(ctx, row.TenantID, row.ID)
		failed = errors.Join(failed, err)
		if done {
			reminded++
		}
	}
	return reminded, failed
}

// remindOffer owes one reminder, if the offer is still out and nobody wishes it back once it is locked.
func (w *Waitlist) remindOffer(ctx context.Context, tenantID, offerID int64) (done bool, err error) {
	err = w.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		done = false
		offer, err := tx.LockOffer(ctx, db.LockOfferParams{TenantID: tenantID, ID: offerID})
		if err != nil {
			return fmt.Errorf("locking an offer: %w", err)
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		done, err = moved(tx.RemindOffer(ctx, db.RemindOfferParams{TenantID: tenantID, ID: offerID, Now: now, At: &now}))
		if err != nil || !done {
			return wrap(err, "marking an offer as reminded of")
		}
		return outbox.Enqueue(ctx, tx, outbox.Message{
			TenantID: tenantID, Kind: outbox.OfferReminder, CustomerID: offer.CustomerID, EntryID: &offer.EntryID, OfferID: &offer.ID,
			CauseKey: offer.PublicID, UsefulUntil: rules.ShownDeadline(offer.ExpiresAt),
		})
	})
	return done, err
}
