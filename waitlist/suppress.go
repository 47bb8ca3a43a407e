package waitlist

import (
	"context"
	"errors"
	"fmt"

	"github.com/your-org/waitlist-management/db"
)

// SuppressReported keeps a business from writing to an address, by its look-up digest, because of what the provider reported about an email
// to a customer; email is the address itself, or empty where it isn't known. An address that is suppressed already stays so, for the reason
// it has, but that its owner's wish replaces a bounce. The user's login with the same address is another matter and stays.
func (w *Waitlist) SuppressReported(ctx context.Context, tenantID, customerID int64, emailHash []byte, email, reason string) error {
	return w.suppressing(ctx, tenantID, func(ctx context.Context, tx *db.Tx) error {
		row := db.AddSuppressionParams{TenantID: tenantID, EmailHash: emailHash, Reason: reason}
		if email != "" {
			if err := sealSuppression(ctx, tx, &row, email, ""); err != nil {
				return err
			}
		}
		was, _, err := suppress(ctx, tx, row)
		if err != nil || was != "" {
			return err
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
