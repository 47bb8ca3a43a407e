package accounts

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/db"
)

// RevokeKey ends an API key, by public id, for good, and its access tokens with it. Repeating it changes nothing. Errors are
// problem.NotFound, Forbidden.
func (a *Accounts) RevokeKey(ctx context.Context, u User, id string) error {
	return a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if _, err := mayManageKeys(ctx, tx, u); err != nil {
			return err
		}
		key, err := tx.LockAPIKey(ctx, db.LockAPIKeyParams{TenantID: u.TenantID, PublicID: id})
		if absent(err) {
			return noKey()
		}
		if err != nil {
			return fmt.Errorf("locking an API key: %w", err)
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		n, err := tx.RevokeAPIKey(ctx, db.RevokeAPIKeyParams{RevokedAt: &now, TenantID: u.TenantID, ID: key.ID})
		if err != nil {
			return fmt.Errorf("revoking an API key: %w", err)
		}
		if n == 0 {
			return nil
		}
		return note(ctx, tx, u, "key.revoke", "api_keys", key.ID, nil)
	})
}
