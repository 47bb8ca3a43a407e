package accounts

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"unicode"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/seal"
)

const (
	recoveryCodes   = 10
	recoveryLetters = 16 // of 32 different ones: 80 bits
	recoveryGroup   = 4
	recoveryUsed    = "0123456789abcdefghjkmnpqrstvwxyz" // without i, l, o and u, which are misread
)

// NewRecoveryCodes gives ten new codes in the place of the old ones, which are good for nothing from here on. Nobody can read them again: a
// second press of the same form gives none. Errors are those of a Proof, and problem.Conflict when the second factor is off.
func (a *Accounts) NewRecoveryCodes(ctx context.Context, u User, p Proof, press string) (codes []string, err error) {
	if err := a.prove(ctx, u, p); err != nil {
		return nil, err
	}
	err = a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		codes = nil
		row, err := lockSecondFactor(ctx, tx, u.ID)
		if err != nil {
			return err
		}
		if row.Secret == nil {
			return problem.New(problem.Conflict, "factor.bad.off")
		}
		if _, fresh, err := tx.Press(ctx, u.TenantID, press, ""); err != nil || !fresh {
			return err
		}
		if codes, err = renewRecoveryCodes(ctx, tx, u.ID); err != nil {
			return err
		}
		if err := notice(ctx, tx, u.ID, outbox.RecoveryCodesNew); err != nil {
			return err
		}
		return note(ctx, tx, u, "second_factor.new_codes", "users", u.ID, nil)
	})
	return codes, err
}

func renewRecoveryCodes(ctx context.Context, tx *db.Tx, userID int64) ([]string, error) {
	now, err := tx.Now(ctx)
	if err != nil {
		return nil, err
	}
	if err := tx.DeleteRecoveryCodes(ctx, userID); err != nil {
		return nil, fmt.Errorf("deleting the recovery codes of user %d: %w", userID, err)
	}
	codes := make([]string, recoveryCodes)
	for i := range codes {
		codes[i] = recoveryCode()
		if err := tx.AddRecoveryCode(ctx, db.AddRecoveryCodeParams{UserID: userID, CodeHash: hashRecoveryCode(codes[i]), CreatedAt: now}); err != nil {
			return nil, fmt.Errorf("adding a recovery code: %w", err)
		}
	}
	return codes, nil
}

// recoveryCode is random, in groups that are easily copied.
func recoveryCode() string {
	raw := make([]byte, recoveryLetters)
	rand.Read(raw)
	var code strings.Builder
	for i, b := range raw {
		if i > 0 && i%recoveryGroup == 0 {
			code.WriteByte('-')
		}
		code.WriteByte(recoveryUsed[int(b)%len(recoveryUsed)])
	}
	return code.String()
}

// hashRecoveryCode is the same for every way to write a code. Its 80 random bits can't be tried out, so the hash needs no key.
func hashRecoveryCode(typed string) []byte {
	return seal.HashToken("recovery code " + strings.Map(func(c rune) rune {
		switch c = unicode.ToLower(c); c {
		case 'o':
			return '0'
		case 'i', 'l':
			return '1'
		}
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return c
		}
		return -1
	}, typed))
}
