package accounts

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/seal"
)

// SecondFactor is where a user stands with the codes of an authenticator app.
type SecondFactor struct {
	On        bool
	Since     time.Time // UTC, when On
	CodesLeft int       // recovery codes that are still good
	Begun     bool      // a secret waits for its first code
	Demanded  bool      // the business demands it of this user: it can't be switched off
}

// SecondFactor reads where u stands.
func (a *Accounts) SecondFactor(ctx context.Context, u User) (SecondFactor, error) {
	row, err := a.db.GetSecondFactor(ctx, u.ID)
	if err != nil && !absent(err) {
		return SecondFactor{}, db.Down(fmt.Errorf("reading the second factor of user %d: %w", u.ID, err))
	}
	left, err := a.db.CountRecoveryCodes(ctx, u.ID)
	if err != nil {
		return SecondFactor{}, db.Down(fmt.Errorf("counting recovery codes: %w", err))
	}
	demand, err := a.db.WhoMustHaveSecondFactor(ctx, u.TenantID)
	if err != nil {
		return SecondFactor{}, db.Down(fmt.Errorf("reading what business %d demands: %w", u.TenantID, err))
	}
	f := SecondFactor{On: row.Secret != nil, CodesLeft: int(left), Begun: row.NextSecret != nil, Demanded: demand.Of(u.Role)}
	if row.Since != nil {
		f.Since = *row.Since
	}
	return f, nil
}

// BeginSecondFactor makes a secret, which counts once ConfirmSecondFactor was given a code of it; until then an earlier one goes on counting.
// Errors are those of a Proof, and problem.Forbidden in the demo, where the next visitor would be shut out.
func (a *Accounts) BeginSecondFactor(ctx context.Context, u User, p Proof) error {
	if u.Demo {
		return problem.New(problem.Forbidden, "factor.bad.demo")
	}
	if err := a.prove(ctx, u, p); err != nil {
		return err
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: "-", AccountName: "-"})
	if err != nil {
		return fmt.Errorf("making a secret: %w", err)
	}
	row := db.BeginSecondFactorParams{UserID: u.ID, NextSecret: a.db.SystemBox().Seal(secretOf(u.PublicID), key.Secret())}
	if err := a.db.BeginSecondFactor(ctx, row); err != nil {
		return db.Down(fmt.Errorf("keeping the secret of user %d: %w", u.ID, err))
	}
	return nil
}

// secretOf is the place of a user's secret, whether it counts already or waits for its first code.
func secretOf(publicID string) seal.Where {
	return seal.Where{Table: "second_factors", Column: "secret", Row: publicID}
}

// Secret is what an authenticator app is given.
type Secret struct {
	Key    string // base32, to be typed
	URI    string // the same, to be scanned
	Change bool   // it will take the place of another
}

// Secret is that of u which waits for its first code: problem.NotFound when none does.
func (a *Accounts) Secret(ctx context.Context, u User) (Secret, error) {
	row, err := a.db.GetSecondFactor(ctx, u.ID)
	if absent(err) || err == nil && row.NextSecret == nil {
		return Secret{}, notBegun()
	}
	if err != nil {
		return Secret{}, db.Down(fmt.Errorf("reading the second factor of user %d: %w", u.ID, err))
	}
	key, err := a.db.SystemBox().Open(secretOf(u.PublicID), row.NextSecret)
	if err != nil {
		return Secret{}, err
	}
	query := url.Values{"secret": {key}, "issuer": {a.site}}
	uri := url.URL{Scheme: "otpauth", Host: "totp", Path: "/" + a.site + ":" + u.Email, RawQuery: strings.ReplaceAll(query.Encode(), "+", "%20")}
	return Secret{Key: key, URI: uri.String(), Change: row.Secret != nil}, nil
}

func notBegun() error { return problem.New(problem.NotFound, "factor.bad.not_begun") }

// ConfirmSecondFactor switches the second factor on, or changes over to the new secret, with the first code of it. The first time it gives ten
// recovery codes, which nobody can read again. Errors are problem.InvalidInput with the field code, NotFound as in Secret,
// Limited after too many tries.
func (a *Accounts) ConfirmSecondFactor(ctx context.Context, u User, code, address string) (codes []string, err error) {
	secret, err := a.Secret(ctx, u)
	if err != nil {
		return nil, err
	}
	if err := a.attemptAt(ctx, codeAttempts(u.PublicID, address)...); err != nil {
		return nil, err
	}
	err = a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		codes = nil
		before, err := lockSecondFactor(ctx, tx, u.ID)
		if err != nil {
			return err
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		step := stepOf(secret.Key, code, now)
		if step == 0 {
			return wrongCode()
		}
		n, err := tx.ConfirmSecondFactor(ctx, db.ConfirmSecondFactorParams{UserID: u.ID, NextSecret: before.NextSecret, Step: step, Now: &now})
		if err != nil {
			return fmt.Errorf("confirming the second factor of user %d: %w", u.ID, err)
		}
		if n != 1 {
			return notBegun()
		}
		action := "second_factor.change"
		if before.Secret == nil {
			action = "second_factor.on"
			if err := notice(ctx, tx, u.ID, outbox.FactorOn); err != nil {
				return err
			}
			if codes, err = renewRecoveryCodes(ctx, tx, u.ID); err != nil {
				return err
			}
		}
		if err := a.forgetAttempt(ctx, tx, codeAttempts(u.PublicID, address)[0]); err != nil {
			return err
		}
		return note(ctx, tx, u, action, "users", u.ID, nil)
	})
	return codes, err
}

// lockSecondFactor locks the user and then their second factor, if there is one: who logs in meanwhile does so before or after.
func lockSecondFactor(ctx context.Context, tx *db.Tx, userID int64) (db.SecondFactor, error) {
	if _, err := tx.LockUser(ctx, userID); err != nil {
		return db.SecondFactor{}, fmt.Errorf("locking user %d: %w", userID, err)
	}
	row, err := tx.GetSecondFactor(ctx, userID)
	if err != nil && !absent(err) {
		return db.SecondFactor{}, fmt.Errorf("reading the second factor of user %d: %w", userID, err)
	}
	return row, nil
}

// SwitchOffSecondFactor ends the second factor with its recovery codes. Errors are those of a Proof, and problem.Forbidden while the
// business demands it.
func (a *Accounts) SwitchOffSecondFactor(ctx context.Context, u User, p Proof) error {
	if err := a.prove(ctx, u, p); err != nil {
		return err
	}
	return a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		demand, err := tx.WhoMustHaveSecondFactor(ctx, u.TenantID)
		if err != nil {
			return fmt.Errorf("reading what business %d demands: %w", u.TenantID, err)
		}
		if demand.Of(u.Role) {
			return problem.New(problem.Forbidden, "factor.bad.demanded")
		}
		was, err := dropSecondFactor(ctx, tx, u.ID)
		if err != nil || !was {
			return err
		}
		return note(ctx, tx, u, "second_factor.off", "users", u.ID, nil)
	})
}

// dropSecondFactor says whether there was one, of which its owner is then told.
func dropSecondFactor(ctx context.Context, tx *db.Tx, userID int64) (was bool, err error) {
	row, err := lockSecondFactor(ctx, tx, userID)
	if err != nil {
		return false, err
	}
	if _, err := tx.DeleteSecondFactor(ctx, userID); err != nil {
		return false, fmt.Errorf("deleting the second factor of user %d: %w", userID, err)
	}
	if err := tx.DeleteRecoveryCodes(ctx, userID); err != nil {
		return false, fmt.Errorf("deleting the recovery codes of user %d: %w", userID, err)
	}
	if err := tx.DeletePendingLogInsOfUser(ctx, userID); err != nil {
		return false, fmt.Errorf("ending the pending log-ins of user %d: %w", userID, err)
	}
	if row.Secret == nil {
		return false, nil
	}
	return true, notice(ctx, tx, userID, outbox.FactorOff)
}
