package accounts

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
)

// Leave takes u out of their present business. Where they work in another too, a session begins there and token is its id, else it is
// empty and they are logged out. problem.Conflict for the last owner, who first hands the business over.
func (a *Accounts) Leave(ctx context.Context, u User) (token string, err error) {
	err = a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		token = ""
		members, err := tx.LockMembers(ctx, u.TenantID)
		if err != nil {
			return fmt.Errorf("locking members: %w", err)
		}
		me, ok := find(members, u.ID)
		if !ok {
			return noSession()
		}
		if lastOwner(members, u.ID) {
			return problem.New(problem.Conflict, "my_account.bad.last_owner")
		}
		if err := removeMember(ctx, tx, u, me, "login.leave"); err != nil {
			return err
		}
		left, err := tx.MembershipsOfUser(ctx, u.ID)
		if err != nil {
			return fmt.Errorf("reading the businesses of user %d: %w", u.ID, err)
		}
		if len(left) > 0 {
			token, err = begin(ctx, tx, u.ID, left[0].TenantID)
		}
		return err
	})
	return token, err
}

// lastOwner says that this user is an owner and nobody else is. The members are locked: two owners who leave at once do so one after the
// other.
func lastOwner(members []lockedMember, userID int64) bool {
	owners, mine := 0, false
	for _, m := range members {
		if m.Role == rules.RoleOwner {
			owners++
			mine = mine || m.UserID == userID
		}
	}
	return mine && owners == 1
}

func find(members []lockedMember, userID int64) (lockedMember, bool) {
	for _, m := range members {
		if m.UserID == userID {
			return m, true
		}
	}
	return lockedMember{}, false
}

// MayLeave says whether Leave would be let through now: not for the only owner.
func (a *Accounts) MayLeave(ctx context.Context, u User) (bool, error) {
	if u.Role != rules.RoleOwner {
		return true, nil
	}
	rows, err := a.db.Members(ctx, u.TenantID)
	if err != nil {
		return false, db.Down(fmt.Errorf("reading members: %w", err))
	}
	for _, row := range rows {
		if row.Role == rules.RoleOwner && row.ID != u.ID {
			return true, nil
		}
	}
	return false, nil
}
