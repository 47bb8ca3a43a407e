package accounts

import (
	"context"
	"fmt"
	"slices"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
)

// SecondFactorDemand is of whom u's business demands a second factor.
func (a *Accounts) SecondFactorDemand(ctx context.Context, u User) (rules.SecondFactorDemand, error) {
	demand, err := a.db.WhoMustHaveSecondFactor(ctx, u.TenantID)
	if err != nil {
		return "", db.Down(fmt.Errorf("reading what business %d demands: %w", u.TenantID, err))
	}
	return demand, nil
}

// DemandSecondFactor changes of whom u's business demands a second factor, from before as the form was made with. Whoever has none is led to set
// one up before anything else, at once. Errors are problem.InvalidInput with the field demand, Conflict when somebody else changed it
// meanwhile, Forbidden for anybody but an owner and in the demo.
func (a *Accounts) DemandSecondFactor(ctx context.Context, u User, before, to string) error {
	demand := rules.SecondFactorDemand(to)
	if !slices.Contains([]rules.SecondFactorDemand{rules.SecondFactorNobody, rules.SecondFactorManagers, rules.SecondFactorEverybody}, demand) {
		return problem.Invalid(problem.Bad("demand", "problem.required"))
	}
	switch {
	case u.Demo:
		return problem.New(problem.Forbidden, "factor.bad.demo")
	case u.Role != rules.RoleOwner:
		return problem.New(problem.Forbidden, "factor.bad.owners_only")
	}
	return a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		n, err := tx.DemandSecondFactor(ctx, db.DemandSecondFactorParams{
			TenantID: u.TenantID, Demanded: demand, DemandedBefore: rules.SecondFactorDemand(before), Now: now,
		})
		if err != nil {
			return fmt.Errorf("changing what business %d demands: %w", u.TenantID, err)
		}
		if n != 1 {
			return problem.New(problem.Conflict, "factor.bad.changed")
		}
		return note(ctx, tx, u, "second_factor.demand", "settings", u.TenantID, map[string]any{"from": before, "to": to})
	})
}
