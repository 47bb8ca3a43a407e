package accounts

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/db"
)

// RemoveMember takes away the access of a member, by public id, at once. Their user remains, with the other businesses they work in; a staff
// member stays one, without a login. Nobody removes themselves, so that an owner is always left. Errors as in ChangeRole.
func (a *Accounts) RemoveMember(ctx context.Context, u User, id string) error {
	return a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		member, _, err := lockMember(ctx, tx, u, id)
		if err != nil {
			return err
		}
		return removeMember(ctx, tx, u, member, "login.remove")
	})
}

// removeMember ends a locked member's sessions and membership, and notes the act of u.
func removeMember(ctx context.Context, tx *db.Tx, u User, member lockedMember, action string) error {
	if err := tx.UnlinkStaffMember(ctx, db.UnlinkStaffMemberParams{TenantID: u.TenantID, UserID: &member.UserID}); err != nil {
		return fmt.Errorf("taking the login from a staff member: %w", err)
	}
	if err := tx.DeleteSessionsOfMember(ctx, db.DeleteSessionsOfMemberParams{TenantID: u.TenantID, UserID: member.UserID}); err != nil {
		return fmt.Errorf("ending the sessions of user %d: %w", member.UserID, err)
	}
	if n, err := tx.DeleteMembership(ctx, db.DeleteMembershipParams{TenantID: u.TenantID, UserID: member.UserID}); err != nil || n != 1 {
		return fmt.Errorf("removing user %d (%d rows): %w", member.UserID, n, err)
	}
	return note(ctx, tx, u, action, "users", member.UserID, map[string]any{"role": member.Role})
}
