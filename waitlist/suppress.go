package waitlist

import (
	"context"
	"errors"
	"fmt"

	"github.com/your-org/waitlist-management/db"
)

// Why a provider's report keeps an address from being written to. A person who puts one on the list does so by hand.
const (
	SuppressedBounce       = "bounce"       // the address doesn't exist
	SuppressedComplaint    = "complaint"    // its owner called an email spam
	SuppressedUnsubscribed = "unsubscribed" // its owner wants no more of them
)

// SuppressReported keeps a business from writing to an address, by its look-up digest, because of what the provider reported about an email
// to a customer. An address that is suppressed already stays so, for the reason it has. The user's login with the same address is another
// matter and stays.
func (w *Waitlist) SuppressReported(ctx context.Context, tenantID, customerID int64, emailHash []byte, reason string) error {
	return w.inTx(ctx, tenantID, func(ctx context.Context, tx *db.Tx) error {
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		err = tx.AddSuppression(ctx, db.AddSuppressionParams{TenantID: tenantID, EmailHash: emailHash, Reason: reason, CreatedAt: now})
		if db.IsDuplicate(err) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("suppressing an address: %w", err)
		}
		return theProgram.did(ctx, tx, "suppression."+reason, tenantID, "customers", customerID, nil)
	})
}

// EndOffersTo ends every live offer to whoever has an address, as OfferUndeliverable does.
func (w *Waitlist) EndOffersTo(ctx context.Context, tenantID int64, emailHash []byte) error {
	ids, err := w.db.PendingOffersTo(ctx, db.PendingOffersToParams{TenantID: tenantID, EmailHash: emailHash})
	if err != nil {
		return db.Down(fmt.Errorf("reading the offers to an address: %w", err))
	}
	var failed error
	for _, id := range ids {
		failed = errors.Join(failed, w.OfferUndeliverable(ctx, tenantID, id))
	}
	return failed
}
