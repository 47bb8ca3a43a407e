package accounts

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
)

// TakeOffSecondFactor switches off the second factor of a member, by public id, who has lost it with the recovery codes, so that the
// password is enough again. problem.Forbidden for a member who works in another business too, whose owner has no say here, and as in ChangeRole;
// Conflict for somebody who has none.
func (a *Accounts) TakeOffSecondFactor(ctx context.Context, u User, id string) error {
	return a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		member, _, err := lockMember(ctx, tx, u, id)
		if err != nil {
			return err
		}
		n, err := tx.CountMemberships(ctx, member.UserID)
		if err != nil {
			return fmt.Errorf("counting the businesses of user %d: %w", member.UserID, err)
		}
		if n != 1 {
			return problem.New(problem.Forbidden, "factor.bad.works_elsewhere")
		}
		was, err := dropSecondFactor(ctx, tx, member.UserID)
		if err != nil {
			return err
		}
		if !was {
			return problem.New(problem.Conflict, "factor.bad.has_none")
		}
		return note(ctx, tx, u, "second_factor.take_off", "users", member.UserID, nil)
	})
}

// withSecondFactor reads what a member's page says about it.
func (a *Accounts) withSecondFactor(ctx context.Context, m Member) (Member, error) {
	user, err := a.db.GetUserByEmail(ctx, a.db.Lookup().Email(0, m.Email))
	if err != nil {
		return Member{}, db.Down(fmt.Errorf("reading a user: %w", err))
	}
	on, err := a.db.CountSecondFactors(ctx, user.ID)
	if err != nil {
		return Member{}, db.Down(fmt.Errorf("reading the second factor of user %d: %w", user.ID, err))
	}
	belongs, err := a.db.CountMemberships(ctx, user.ID)
	if err != nil {
		return Member{}, db.Down(fmt.Errorf("counting the businesses of user %d: %w", user.ID, err))
	}
	m.SecondFactor, m.Elsewhere = on > 0, belongs > 1
	return m, nil
}

// ResetSecondFactor is what an operator does from the command line for somebody whom nobody else can help, such as the only owner. It says
// whether the second factor was on. problem.InvalidInput with the field email for an address that has no login.
func (a *Accounts) ResetSecondFactor(ctx context.Context, email string) (was bool, err error) {
	user, err := a.db.GetUserByEmail(ctx, a.db.Lookup().Email(0, email))
	if absent(err) {
		return false, problem.Invalid(problem.Bad("email", "factor.bad.nobody"))
	}
	if err != nil {
		return false, db.Down(fmt.Errorf("reading a user: %w", err))
	}
	err = a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if was, err = dropSecondFactor(ctx, tx, user.ID); err != nil || !was {
			return err
		}
		belongs, err := tx.MembershipsOfUser(ctx, user.ID)
		if err != nil {
			return fmt.Errorf("reading the businesses of user %d: %w", user.ID, err)
		}
		for _, row := range belongs {
			err := audit.Note(ctx, tx, audit.Entry{
				TenantID: row.TenantID, By: audit.ByProgram, Action: "second_factor.reset", Record: "users", RecordID: user.ID,
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	return was, err
}
