package accounts

import (
	"context"
	"slices"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
)

// ChangeRole gives a member, by public id, another role and ends their sessions, so that nothing goes on under the old one. An admin neither
// makes nor changes an owner; nobody changes their own role. Errors are problem.InvalidInput with the field role, NotFound, Forbidden.
func (a *Accounts) ChangeRole(ctx context.Context, u User, id, to string) error {
	role := rules.Role(to)
	if !slices.Contains([]rules.Role{rules.RoleOwner, rules.RoleAdmin, rules.RoleStaff}, role) {
		return problem.Invalid(problem.Bad("role", "problem.required"))
	}
	return a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		member, as, err := lockMember(ctx, tx, u, id)
		if err != nil || member.Role == role {
			return err
		}
		if role == rules.RoleOwner && as != rules.RoleOwner {
			return problem.New(problem.Forbidden, "account.bad.not_yours")
		}
		return giveRole(ctx, tx, u, member, role)
	})
}
