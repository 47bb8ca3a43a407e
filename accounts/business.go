package accounts

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
)

// Membership is a business that a user works in.
type Membership struct {
	ID       string // public id of the business
	Business string
	Slug     string
	Role     rules.Role
	Here     bool // the present session is for this one
}

// Businesses are those u works in, the oldest first.
func (a *Accounts) Businesses(ctx context.Context, u User) ([]Membership, error) {
	rows, err := a.db.MembershipsOfUser(ctx, u.ID)
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading the businesses of user %d: %w", u.ID, err))
	}
	list := make([]Membership, len(rows))
	for i, row := range rows {
		list[i] = Membership{ID: row.PublicID, Business: row.Business, Slug: row.Slug, Role: row.Role, Here: row.TenantID == u.TenantID}
	}
	return list, nil
}

// Enter goes on in another business of the user: the session with the random id token ends and another begins. problem.NotFound for a
// business the user doesn't belong to.
func (a *Accounts) Enter(ctx context.Context, u User, token, business string) (fresh string, err error) {
	rows, err := a.db.MembershipsOfUser(ctx, u.ID)
	if err != nil {
		return "", db.Down(fmt.Errorf("reading the businesses of user %d: %w", u.ID, err))
	}
	for _, row := range rows {
		if row.PublicID != business {
			continue
		}
		err = a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
			ended, err := end(ctx, tx, token, u)
			if err != nil {
				return err
			}
			if !ended {
				return noSession()
			}
			fresh, err = begin(ctx, tx, u.ID, row.TenantID)
			return err
		})
		return fresh, err
	}
	return "", problem.New(problem.NotFound, "account.bad.no_such_business")
}

// Any says whether there is a business at all.
func (a *Accounts) Any(ctx context.Context) (bool, error) {
	n, err := a.db.CountTenants(ctx)
	if err != nil {
		return false, db.Down(fmt.Errorf("counting businesses: %w", err))
	}
	return n > 0, nil
}

// MaySignUp says whether SignUp would be let through now.
func (a *Accounts) MaySignUp(ctx context.Context) (bool, error) {
	if a.signup != SignupFirst {
		return a.signup == SignupOpen, nil
	}
	taken, err := a.Any(ctx)
	return !taken, err
}
