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
	return w.raise(ctx, tx, tenantID, offerID, time.Time{}, recordSent(tx))
}

// OfferSentAt is OfferSent for what is heard later: the hold counts from the moment, in UTC, that the email was accepted.
func (w *Waitlist) OfferSentAt(ctx context.Context, tx *db.Tx, tenantID, offerID int64, at time.Time) error {
	return w.raise(ctx, tx, tenantID, offerID, at, recordSent(tx))
}

// OfferDelivered records in tx that the provider delivered the offer's email at a moment, in UTC; the deadline is raised as by
// OfferSentAt, once more.
func (w *Waitlist) OfferDelivered(ctx context.Context, tx *db.Tx, tenantID, offerID int64, at time.Time) error {
	return w.raise(ctx, tx, tenantID, offerID, at, func(ctx context.Context, offer db.Offer, at, until, now time.Time) (int64, error) {
		return tx.RecordOfferDelivered(ctx, db.RecordOfferDeliveredParams{At: &at, ExpiresAt: until, RemindAt: remindAt(offer, until, at), TenantID: offer.TenantID, ID: offer.ID, Now: now})
	})
}

// record keeps a moment and the deadline that follows from it, of an offer that is pending now, once.
type record func(ctx context.Context, offer db.Offer, at, until, now time.Time) (int64, error)

func recordSent(tx *db.Tx) record {
	return func(ctx context.Context, offer db.Offer, at, until, now time.Time) (int64, error) {
		return tx.RecordOfferSent(ctx, db.RecordOfferSentParams{At: &at, ExpiresAt: until, RemindAt: remindAt(offer, until, at), TenantID: offer.TenantID, ID: offer.ID, Now: now})
	}
}

// raise counts the hold from at, which is somebody else's clock: not later than now, not before the offer. The zero moment is now.
func (w *Waitlist) raise(ctx context.Context, tx *db.Tx, tenantID, offerID int64, at time.Time, keep record) error {
	offer, err := tx.LockOffer(ctx, db.LockOfferParams{TenantID: tenantID, ID: offerID})
	if err != nil {
		return fmt.Errorf("locking an offer: %w", err)
	}
	now, err := tx.Now(ctx)
	if err != nil {
		return err
	}
	switch {
	case at.IsZero(), at.After(now):
		at = now
	case at.Before(offer.CreatedAt):
		at = offer.CreatedAt
	}
	until := rules.RaisedDeadline(offer.ExpiresAt, at, offer.ExpiresCapAt, time.Duration(offer.HoldSeconds)*time.Second)
	raised, err := moved(keep(ctx, offer, at, until, now))
	if err != nil {
		return fmt.Errorf("raising a deadline: %w", err)
	}
	if !raised {
		if offer.State == rules.OfferWithdrawn && offer.SentAt == nil { // its email was under way: who gets it is told that it is too late
			offer.SentAt = &at
			return tellWithdrawn(ctx, tx, offer, now)
		}
		return nil
	}
	tx.AfterCommit(func() {
		w.boards.Changed(tenantID)
		err := w.holds.Raise(context.WithoutCancel(ctx), offer.SlotID, offer.ID, until, now)
		w.afterwards(ctx, "raising a deadline in Redis", err, "offer_id", offer.ID)
	})
	return nil
}

// remindAt is when the customer of an offer is reminded whose email moved on at a moment and whose deadline was raised to until. Who has
// been reminded is not again.
func remindAt(offer db.Offer, until, at time.Time) *time.Time {
	if offer.SentAt != nil && offer.RemindAt == nil {
		return nil
	}
	due, ok := rules.OfferReminderAt(until, at, time.Duration(offer.HoldSeconds)*time.Second, time.Duration(offer.RemindMinutes)*time.Minute)
	if !ok {
		return nil
	}
	return &due
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
