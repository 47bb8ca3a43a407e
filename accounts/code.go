package accounts

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
)

const (
	codeStep  = 30 * time.Second // how long an authenticator app shows a code
	codeDrift = 1                // steps by which the clock of a phone may be wrong, either way
)

// stepOf is the step, in half minutes since 1970, whose code this is; 0 for a code of no step near now. Spaces in it don't matter.
func stepOf(secret, code string, now time.Time) int64 {
	code = strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) {
			return -1
		}
		return c
	}, code)
	present := now.Unix() / int64(codeStep.Seconds())
	for _, step := range []int64{present, present - codeDrift, present + codeDrift} {
		right, err := hotp.ValidateCustom(code, uint64(step), secret, hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err == nil && right {
			return step
		}
	}
	return 0
}

func wrongCode() error { return problem.Invalid(problem.Bad("code", "factor.bad.code")) }

// forgetAttempt lets somebody who was right begin to count anew.
func (a *Accounts) forgetAttempt(ctx context.Context, tx *db.Tx, one attempt) error {
	if err := tx.ForgetAttempts(ctx, a.db.Lookup().Attempt(one.act, one.who)); err != nil {
		return fmt.Errorf("forgetting attempts: %w", err)
	}
	return nil
}

// codeAttempts count the guesses at the codes of one account, and those from one place. Only who knows the password gets as far as a code, so
// the bound for an account is low.
func codeAttempts(publicID, address string) []attempt {
	return []attempt{{"code of", publicID, 10}, {"code from", network(address), 60}}
}

// recoveryAttempts likewise, apart: whoever is kept out by somebody's guesses at the codes can still come in with a recovery code.
func recoveryAttempts(publicID, address string) []attempt {
	return []attempt{{"recovery code of", publicID, 20}, {"code from", network(address), 60}}
}
