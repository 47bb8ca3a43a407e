package accounts

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/seal"
)

// ChangePassword gives u another password, ends all their sessions, begins a new one for this place, and tells them by email. Errors are
// problem.InvalidInput with the fields present_password and password, Limited after too many guesses.
func (a *Accounts) ChangePassword(ctx context.Context, u User, present, fresh string) (token string, err error) {
	if err := a.newPassword(ctx, u.ID, fresh, u.Name, u.Email); err != nil {
		return "", err
	}
	then, err := a.presentPassword(ctx, u, present)
	if err != nil {
		return "", err
	}
	hash, err := seal.HashPassword(ctx, fresh)
	if err != nil {
		return "", fmt.Errorf("hashing a password: %w", err)
	}
	err = a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if _, err := samePassword(ctx, tx, then); err != nil {
			return err
		}
		if err := setPassword(ctx, tx, u.ID, hash); err != nil {
			return err
		}
		if err := tx.DropPasswordLink(ctx, u.ID); err != nil {
			return fmt.Errorf("dropping a password link: %w", err)
		}
		if token, err = begin(ctx, tx, u.ID, u.TenantID); err != nil {
			return err
		}
		if err := notice(ctx, tx, u.ID, outbox.PasswordChanged); err != nil {
			return err
		}
		return note(ctx, tx, u, "login.change_password", "users", u.ID, nil)
	})
	return token, err
}

// newPassword checks a new password of a user: it may not be built around their name and address, nor the names of their businesses.
func (a *Accounts) newPassword(ctx context.Context, userID int64, password string, forbidden ...string) error {
	rows, err := a.db.MembershipsOfUser(ctx, userID)
	if err != nil {
		return db.Down(fmt.Errorf("reading the businesses of user %d: %w", userID, err))
	}
	for _, row := range rows {
		forbidden = append(forbidden, row.Business)
	}
	var r reading
	r.password(password, forbidden...)
	return r.err()
}
