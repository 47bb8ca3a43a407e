package accounts

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/seal"
)

// Proof is what somebody who is logged in gives to show once more that it is them: what guards the account isn't changed by whoever finds
// an open browser.
type Proof struct {
	Password  string
	Passkey   string // the browser's answer to ProvePasskey, JSON; empty: the password counts
	Challenge string // random id of what it answers
	Address   string // network address the request came from
}

// prove errs with problem.InvalidInput for the field password, or Limited after too many tries.
func (a *Accounts) prove(ctx context.Context, u User, p Proof) error {
	if p.Passkey == "" && p.Password == "" {
		return problem.Invalid(problem.Bad("password", "problem.required"))
	}
	if err := a.attemptAt(ctx, attempt{"prove", u.PublicID + " " + network(p.Address), 10}, attempt{"prove as", u.PublicID, 100}); err != nil {
		return err
	}
	if p.Passkey != "" {
		return a.provedByPasskey(ctx, u, p)
	}
	user, err := a.db.GetUser(ctx, u.ID)
	if err != nil {
		return db.Down(fmt.Errorf("reading user %d: %w", u.ID, err))
	}
	ok, err := seal.CheckPassword(ctx, user.PasswordHash, p.Password)
	if err != nil {
		return fmt.Errorf("checking the password of user %d: %w", u.ID, err)
	}
	if !ok {
		return problem.Invalid(problem.Bad("password", "factor.bad.password"))
	}
	return nil
}
