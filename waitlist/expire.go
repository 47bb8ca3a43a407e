package waitlist

import (
	"context"
	"errors"
	"fmt"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
)

const dueAtOnce = 200

// ExpireDue ends the offers whose deadline Redis says has come. What MySQL knows better is dropped or put right there.
func (w *Waitlist) ExpireDue(ctx context.Context) (int, error) {
	now, err := w.db.Now(ctx)
	if err != nil {
		return 0, err
	}
	due, err := w.holds.Due(ctx, now, dueAtOnce)
	if err != nil || len(due) == 0 {
		return 0, err
	}
	ids := make([]int64, len(due))
	for i, d := range due {
		ids[i] = d.OfferID
	}
	rows, err := w.db.PendingOffersByID(ctx, ids)
	if err != nil {
		return 0, db.Down(fmt.Errorf("reading due offers: %w", err))
	}
	pending := map[int64]db.PendingOffersByIDRow{}
	for _, row := range rows {
		pending[row.ID] = row
	}
	expired := 0
	var failed error
	for _, d := range due {
		row, ok := pending[d.OfferID]
		switch {
		case !ok || row.SlotID != d.SlotID:
			failed = errors.Join(failed, w.holds.Drop(ctx, d))
		case row.ExpiresAt.After(now): // raised in MySQL, and Redis missed it
			failed = errors.Join(failed, w.holds.Raise(ctx, row.SlotID, row.ID, row.ExpiresAt, now))
		default:
			ended, err := w.expire(ctx, row.TenantID, row.ID)
			failed = errors.Join(failed, err)
			if ended {
				expired++
			}
		}
	}
	return expired, failed
}

// ExpireOverdue ends the offers that MySQL says are past their deadline, so that a lost Redis costs seconds only.
func (w *Waitlist) ExpireOverdue(ctx context.Context) (int, error) {
	now, err := w.db.Now(ctx)
	if err != nil {
		return 0, err
	}
	overdue, err := w.db.OffersOverdue(ctx, db.OffersOverdueParams{Now: now, Limit: dueAtOnce})
	if err != nil {
		return 0, db.Down(fmt.Errorf("reading overdue offers: %w", err))
	}
	expired := 0
	var failed error
	for _, row := range overdue {
		ended, err := w.expire(ctx, row.TenantID, row.ID)
		failed = errors.Join(failed, err)
		if ended {
			expired++
		}
	}
	return expired, failed
}

// expire ends one offer whose deadline is past. An offer whose email no sender accepted was never made to anybody: it ends
// undeliverable and counts against nobody.
func (w *Waitlist) expire(ctx context.Context, tenantID, offerID int64) (expired bool, err error) {
	err = w.inTx(ctx, tenantID, func(ctx context.Context, tx *db.Tx) error {
		expired = false
		slot, offer, err := lockOffer(ctx, tx, tenantID, offerID)
		if err != nil || offer.State != rules.OfferPending {
			return err
		}
		p, err := lockParty(ctx, tx, tenantID, offer.CustomerID)
		if err != nil {
			return err
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		to := rules.OfferExpired
		if offer.EmailHash != nil && offer.SentAt == nil {
			to = rules.OfferUndeliverable
		}
		expired, err = moved(tx.ExpireOffer(ctx, db.ExpireOfferParams{ToState: to, At: &now, TenantID: tenantID, ID: offerID, Now: now}))
		if err != nil {
			return fmt.Errorf("expiring an offer: %w", err)
		}
		if !expired {
			return nil
		}
		if err := w.giveBack(ctx, tx, slot, offer, p, now); err != nil {
			return err
		}
		if err := theProgram.did(ctx, tx, "offer."+string(to), tenantID, "offers", offerID, nil); err != nil {
			return err
		}
		if to != rules.OfferExpired || offer.EmailHash == nil {
			return nil
		}
		if err := countLapse(ctx, tx, p); err != nil {
			return err
		}
		return tellMovedOn(ctx, tx, offer, now)
	})
	return expired, err
}

// countLapse notes that the customer left an offer unanswered, and re-ranks what they wait for.
func countLapse(ctx context.Context, tx *db.Tx, p party) error {
	n, err := tx.CountLapse(ctx, db.CountLapseParams{TenantID: p.customer.TenantID, ID: p.customer.ID})
	if err := must(n, err, "counting a lapse"); err != nil {
		return err
	}
	settings, err := LoadSettings(ctx, tx.Queries, p.customer.TenantID)
	if err != nil {
		return err
	}
	return rerank(ctx, tx, settings, p)
}
