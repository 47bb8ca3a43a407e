package accounts

import "context"

// Proof is what somebody who is logged in gives to show once more that it is them: what guards the account isn't changed by whoever finds
// an open browser.
type Proof struct {
	Password  string
	Passkey   string // the browser's answer to ProvePasskey, JSON; empty: the password counts
	Challenge string // random id of what it answers
}

// prove errs with problem.InvalidInput, for a password with the field present_password, or Limited after too many tries.
func (a *Accounts) prove(ctx context.Context, u User, p Proof) error {
	if p.Passkey != "" {
		return a.provedByPasskey(ctx, u, p)
	}
	_, err := a.presentPassword(ctx, u, p.Password)
	return err
}
