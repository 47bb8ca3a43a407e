package accounts

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/seal"
)

// PendingMost is how long a log-in waits for the second factor.
const PendingMost = 10 * time.Minute

// enter lets a user, whose password was right, into a business: with a session, or with a log-in that waits for the second factor of a user who
// has one. Every way in leads through here, but for a passkey, which is both factors, and for what goes on with a session.
func enter(ctx context.Context, tx *db.Tx, userID, tenantID int64) (LoggedIn, error) {
	factors, err := tx.CountSecondFactors(ctx, userID)
	if err != nil {
		return LoggedIn{}, fmt.Errorf("reading the second factor of user %d: %w", userID, err)
	}
	if factors == 0 {
		token, err := begin(ctx, tx, userID, tenantID)
		return LoggedIn{Token: token, Businesses: 1}, err
	}
	now, err := tx.Now(ctx)
	if err != nil {
		return LoggedIn{}, err
	}
	pending := seal.RandomToken()
	err = tx.AddPendingLogIn(ctx, db.AddPendingLogInParams{
		TokenHash: seal.HashToken(pending), UserID: userID, TenantID: tenantID, CreatedAt: now, ExpiresAt: now.Add(PendingMost),
	})
	if err != nil {
		return LoggedIn{}, fmt.Errorf("keeping a pending log-in: %w", err)
	}
	return LoggedIn{Pending: pending, Businesses: 1}, nil
}

// PendingLogIn says whether the log-in with this random id still waits for its second factor: problem.Gone when not.
func (a *Accounts) PendingLogIn(ctx context.Context, token string) error {
	_, err := a.pending(ctx, token)
	return err
}

func (a *Accounts) pending(ctx context.Context, token string) (db.PendingLogIn, error) {
	row, err := a.db.GetPendingLogIn(ctx, seal.HashToken(token))
	if absent(err) {
		return db.PendingLogIn{}, pendingOver()
	}
	if err != nil {
		return db.PendingLogIn{}, db.Down(fmt.Errorf("reading a pending log-in: %w", err))
	}
	now, err := a.db.Now(ctx)
	if err != nil {
		return db.PendingLogIn{}, err
	}
	if !now.Before(row.ExpiresAt) {
		return db.PendingLogIn{}, pendingOver()
	}
	return row, nil
}

func pendingOver() error { return problem.New(problem.Gone, "factor.bad.pending_over") }

// SecondStep is what a person types to finish logging in.
type SecondStep struct {
	Pending  string // random id of the log-in that waits
	Code     string // of the authenticator app, or a recovery code
	Recovery bool   // which of the two
	Address  string // network address the request came from
}

// FinishLogIn begins the session that a pending log-in waits for. A code is good once, by whichever log-in it is given to first. Errors are
// problem.InvalidInput with the field code, Gone as in PendingLogIn, Limited after too many tries, Forbidden as in LogIn.
func (a *Accounts) FinishLogIn(ctx context.Context, f SecondStep) (LoggedIn, error) {
	waiting, err := a.pending(ctx, f.Pending)
	if err != nil {
		return LoggedIn{}, err
	}
	user, err := a.db.GetUser(ctx, waiting.UserID)
	if err != nil {
		return LoggedIn{}, db.Down(fmt.Errorf("reading user %d: %w", waiting.UserID, err))
	}
	attempts := codeAttempts(user.PublicID, f.Address)
	if f.Recovery {
		attempts = recoveryAttempts(user.PublicID, f.Address)
	}
	if err := a.attemptAt(ctx, attempts...); err != nil {
		return LoggedIn{}, err
	}
	var in LoggedIn
	err = a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		in = LoggedIn{Recovered: f.Recovery}
		if err := a.useCode(ctx, tx, user, f); err != nil {
			return err
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		n, err := tx.TakePendingLogIn(ctx, db.TakePendingLogInParams{TokenHash: waiting.TokenHash, Now: now})
		if err != nil {
			return fmt.Errorf("taking a pending log-in: %w", err)
		}
		if n != 1 {
			return pendingOver()
		}
		if f.Recovery {
			if err := notice(ctx, tx, user.ID, outbox.RecoveryCodeUsed); err != nil {
				return err
			}
		}
		if in.Token, in.Businesses, err = beginIn(ctx, tx, user.ID, waiting.TenantID); err != nil {
			return err
		}
		return a.forgetAttempt(ctx, tx, attempts[0])
	})
	return in, err
}

// useCode uses up the code, under the lock of the user.
func (a *Accounts) useCode(ctx context.Context, tx *db.Tx, user db.User, f SecondStep) error {
	row, err := lockSecondFactor(ctx, tx, user.ID)
	if err != nil {
		return err
	}
	now, err := tx.Now(ctx)
	if err != nil {
		return err
	}
	var n int64
	if f.Recovery {
		n, err = tx.UseRecoveryCode(ctx, db.UseRecoveryCodeParams{UserID: user.ID, CodeHash: hashRecoveryCode(f.Code), Now: &now})
	} else {
		var secret string
		if secret, err = a.db.SystemBox().Open(secretOf(user.PublicID), row.Secret); err != nil {
			return err
		}
		if step := stepOf(secret, f.Code, now); step != 0 && secret != "" {
			n, err = tx.UseCode(ctx, db.UseCodeParams{UserID: user.ID, Secret: row.Secret, Step: step})
		}
	}
	switch {
	case err != nil:
		return fmt.Errorf("using a code of user %d: %w", user.ID, err)
	case n != 1 && f.Recovery:
		return problem.Invalid(problem.Bad("code", "factor.bad.recovery_code"))
	case n != 1:
		return wrongCode()
	}
	return nil
}

// beginIn begins a session in a business, or in the first of the user's when they no longer belong to it, and counts theirs.
func beginIn(ctx context.Context, tx *db.Tx, userID, tenantID int64) (token string, businesses int, err error) {
	belongs, err := tx.MembershipsOfUser(ctx, userID)
	if err != nil {
		return "", 0, fmt.Errorf("reading the businesses of user %d: %w", userID, err)
	}
	if len(belongs) == 0 {
		return "", 0, problem.New(problem.Forbidden, "account.bad.no_business")
	}
	if !slices.ContainsFunc(belongs, func(row db.MembershipsOfUserRow) bool { return row.TenantID == tenantID }) {
		tenantID = belongs[0].TenantID
	}
	token, err = begin(ctx, tx, userID, tenantID)
	return token, len(belongs), err
}
