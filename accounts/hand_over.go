package accounts

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
)

// HandOver makes another member, by public id, an owner of u's business and u an admin. Both are logged out of it but for u at this place,
// whose new session is token, and both are told by email. Errors are problem.InvalidInput with the fields member and
// present_password, Limited, Forbidden for who is no owner any more.
func (a *Accounts) HandOver(ctx context.Context, u User, to, present string) (token string, err error) {
	if to == "" {
		return "", problem.Invalid(problem.Bad("member", "problem.required"))
	}
	then, err := a.presentPassword(ctx, u, present)
	if err != nil {
		return "", err
	}
	err = a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if _, err := samePassword(ctx, tx, then); err != nil {
			return err
		}
		members, err := tx.LockMembers(ctx, u.TenantID)
		if err != nil {
			return fmt.Errorf("locking members: %w", err)
		}
		me, _ := find(members, u.ID)
		if me.Role != rules.RoleOwner {
			return problem.New(problem.Forbidden, "problem.next.forbidden")
		}
		var next lockedMember
		for _, m := range members {
			if m.PublicID == to && m.UserID != u.ID {
				next = m
			}
		}
		if next.UserID == 0 {
			return problem.Invalid(problem.Bad("member", "my_account.bad.no_member"))
		}
		if err := giveRole(ctx, tx, u, next, rules.RoleOwner); err != nil {
			return err
		}
		if err := giveRole(ctx, tx, u, me, rules.RoleAdmin); err != nil {
			return err
		}
		if err := noticeIn(ctx, tx, u.TenantID, next.UserID, outbox.OwnershipTaken); err != nil {
			return err
		}
		if err := noticeIn(ctx, tx, u.TenantID, u.ID, outbox.OwnershipGiven); err != nil {
			return err
		}
		if token, err = begin(ctx, tx, u.ID, u.TenantID); err != nil {
			return err
		}
		return note(ctx, tx, u, "business.hand_over", "users", next.UserID, nil)
	})
	return token, err
}

// giveRole changes a locked member's role and ends their sessions, so that nothing goes on under the old one.
func giveRole(ctx context.Context, tx *db.Tx, u User, member lockedMember, role rules.Role) error {
	if member.Role == role {
		return nil
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
}
