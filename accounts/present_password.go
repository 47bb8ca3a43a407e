package accounts

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/seal"
)

// presentPassword is for acts that are too grave for whoever finds an open screen: it lets u through who types the password they have, and
// gives the user as they were then. An act looks again with samePassword once it holds the lock. Errors are problem.InvalidInput with the
// field present_password, Limited after too many guesses.
func (a *Accounts) presentPassword(ctx context.Context, u User, typed string) (db.User, error) {
	if typed == "" {
		return db.User{}, problem.Invalid(problem.Bad("present_password", "problem.required"))
	}
	guesses := attempt{"present password", u.PublicID, 10}
	if err := a.attemptAt(ctx, guesses); err != nil {
		return db.User{}, err
	}
	user, err := a.db.GetUser(ctx, u.ID)
	if err != nil {
		return db.User{}, db.Down(fmt.Errorf("reading user %d: %w", u.ID, err))
	}
	ok, err := seal.CheckPassword(ctx, user.PasswordHash, typed)
	if err != nil {
		return db.User{}, fmt.Errorf("checking the password of user %d: %w", u.ID, err)
	}
	if !ok {
		return db.User{}, wrongPresentPassword()
	}
	if err := a.db.ForgetAttempts(ctx, a.db.Lookup().Attempt(guesses.act, guesses.who)); err != nil {
		return db.User{}, db.Down(fmt.Errorf("forgetting attempts: %w", err))
	}
	return user, nil
}

func wrongPresentPassword() error {
	return problem.Invalid(problem.Bad("present_password", "my_account.bad.present_password"))
}

// samePassword locks a user whose password was right a moment ago, and refuses when it was changed since.
func samePassword(ctx context.Context, tx *db.Tx, then db.User) (db.User, error) {
	user, err := tx.LockUser(ctx, then.ID)
	if err != nil {
		return db.User{}, fmt.Errorf("locking user %d: %w", then.ID, err)
	}
	if user.PasswordHash != then.PasswordHash {
		return db.User{}, wrongPresentPassword()
	}
	return user, nil
}
