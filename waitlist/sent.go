package waitlist

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
)

// OfferStillUseful tells, right before an offer's email is sent, whether the customer could still answer it: pending, no
// withdrawal wished, and at least a minute left.
func (w *Waitlist) OfferStillUseful(ctx context.Context, tenantID, offerID int64) (bool, error) {
	now, err := w.db.Now(ctx)
	if err != nil {
		return false, err
	}
	offer, err := w.db.GetOffer(ctx, db.GetOfferParams{TenantID: tenantID, ID: offerID})
	if err != nil {
		return false, db.Down(fmt.Errorf("reading an offer: %w", err))
	}
	return offer.State == rules.OfferPending && offer.WithdrawDueAt == nil && offer.ExpiresAt.Sub(now) >= time.Minute, nil
}

// OfferSent records in tx that the sender accepted the offer's email, and raises the deadline to a full hold from now, once,
// within its cap. An offer that has ended stays as it is. It locks the offer: call it before locking the outbox row.
func (w *Waitlist) OfferSent(ctx context.Context, tx *db.Tx, tenantID, offerID int64) error {
	return w.raise(ctx, tx, tenantID, offerID, func(offer db.Offer, now, until time.Time) (int64, error) {
		return tx.RecordOfferSent(ctx, db.RecordOfferSentParams{At: &now, ExpiresAt: until, TenantID: tenantID, ID: offerID, Now: now})
	})
}

// OfferDelivered records in tx that the provider delivered the offer's email; the deadline is raised as by OfferSent, once more.
func (w *Waitlist) OfferDelivered(ctx context.Context, tx *db.Tx, tenantID, offerID int64) error {
	return w.raise(ctx, tx, tenantID, offerID, func(offer db.Offer, now, until time.Time) (int64, error) {
		return tx.RecordOfferDelivered(ctx, db.RecordOfferDeliveredParams{At: &now, ExpiresAt: until, TenantID: tenantID, ID: offerID, Now: now})
	})
}

func (w *Waitlist) raise(ctx context.Context, tx *db.Tx, tenantID, offerID int64, record func(offer db.Offer, now, until time.Time) (int64, error)) error {
	offer, err := tx.LockOffer(ctx, db.LockOfferParams{TenantID: tenantID, ID: offerID})
	if err != nil {
		return fmt.Errorf("locking an offer: %w", err)
	}
	now, err := tx.Now(ctx)
	if err != nil {
		return err
	}
	until := rules.RaisedDeadline(offer.ExpiresAt, now, offer.ExpiresCapAt, time.Duration(offer.HoldSeconds)*time.Second)
	raised, err := moved(record(offer, now, until))
	if err != nil || !raised {
		return wrap(err, "raising a deadline")
	}
	tx.AfterCommit(func() {
		w.boards.Changed(tenantID)
		err := w.holds.Raise(context.WithoutCancel(ctx), offer.SlotID, offer.ID, until, now)
		w.afterwards(ctx, "raising a deadline in Redis", err, "offer_id", offer.ID)
	})
	return nil
}

// OfferUndeliverable ends an offer whose email will never arrive; the next customer is asked at once. It counts against nobody.
func (w *Waitlist) OfferUndeliverable(ctx context.Context, tenantID, offerID int64) error {
	return w.inTx(ctx, tenantID, func(ctx context.Context, tx *db.Tx) error {
		slot, offer, err := lockOffer(ctx, tx, tenantID, offerID)
		if err != nil || offer.State != rules.OfferPending {
			return err
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		_, err = w.withdraw(ctx, tx, offer, rules.OfferUndeliverable, now, func(p party) error {
			if err := w.giveBack(ctx, tx, slot, offer, p, now); err != nil {
				return err
			}
			return theProgram.did(ctx, tx, "offer.undeliverable", tenantID, "offers", offerID, nil)
		})
		return err
	})
}
