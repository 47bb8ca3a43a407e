package accounts

import (
	"context"
	"fmt"
	"slices"

	"github.com/your-org/waitlist-management/audit"
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
		change := db.SetRoleParams{TenantID: u.TenantID, UserID: member.UserID, Role: role, RoleBefore: member.Role}
		if n, err := tx.SetRole(ctx, change); err != nil || n != 1 {
			return fmt.Errorf("changing the role of user %d (%d rows): %w", member.UserID, n, err)
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		if _, err := tx.RevokeSessionsOfMember(ctx, db.RevokeSessionsOfMemberParams{TenantID: u.TenantID, UserID: member.UserID, At: &now}); err != nil {
			return fmt.Errorf("ending the sessions of user %d: %w", member.UserID, err)
		}
		return note(ctx, tx, u, "login.change_role", "users", member.UserID, audit.Changes(map[string]any{"role": member.Role}, map[string]any{"role": role}))
	})
}
