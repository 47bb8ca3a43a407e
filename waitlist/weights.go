package waitlist

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
)

// ChangeWeights are new weights for who goes first.
type ChangeWeights struct {
	Weights rules.Weights
	Reason  string // for the audit trail
	Version int    // of the weights that they were chosen over; see Settings.WeightsVersion
}

// WeightsChange is what the audit trail keeps of a change.
type WeightsChange struct {
	Before rules.Weights `json:"before"`
	After  rules.Weights `json:"after"`
}

// ChangeWeights brings in new weights. The list goes on ranking by the old ones until every entry has its place under the new ones too; then all
// change at once. Weights saved meanwhile take the place of those being brought in, and the writing begins anew; saving those that rank
// now ends it at once. Saving what is saved already changes nothing.
//
// Fails with Invalid naming the weights out of bounds or the reason, Conflict when the weights were changed since that version.
func (w *Waitlist) ChangeWeights(ctx context.Context, s Staff, c ChangeWeights) error {
	reason, err := c.check()
	if err != nil {
		return err
	}
	return w.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		row, err := tx.LockSettings(ctx, s.TenantID)
		if err != nil {
			return fmt.Errorf("locking settings: %w", err)
		}
		settings, err := withWeights(ctx, tx.Queries, row)
		if err != nil || settings.Coming() == c.Weights {
			return err
		}
		if settings.WeightsVersion() != c.Version {
			return problem.New(problem.Conflict, "admin.weights.stale")
		}
		if err := bringIn(ctx, tx, settings, c.Weights); err != nil {
			return err
		}
		return audit.Note(ctx, tx, audit.Entry{
			TenantID: s.TenantID, By: s.Actor(), Action: weightsAction, Record: "settings", RecordID: s.TenantID,
			Detail: WeightsChange{settings.Coming(), c.Weights}, Reason: reason,
		})
	})
}

const weightsAction = "weights.change"

func (c ChangeWeights) check() (reason string, err error) {
	check := rules.DefaultSettings(time.UTC)
	check.Weights = c.Weights
	var bad []problem.Field
	for _, p := range check.Problems() {
		bad = append(bad, problem.Bad(p.Field, "problem.bounds", "Least", p.Least, "Most", p.Most))
	}
	reason, refused := readReason(c.Reason)
	if refused != nil {
		bad = append(bad, *refused)
	}
	if len(bad) > 0 {
		return "", problem.Invalid(bad...)
	}
	return reason, nil
}

// bringIn writes the weights and begins to re-key, or ends what has begun when they are those that rank.
func bringIn(ctx context.Context, tx *db.Tx, s Settings, weights rules.Weights) error {
	n, err := tx.UpdateWeights(ctx, db.UpdateWeightsParams{
		WaitPerHour: weights.WaitPerHour, PriorityPerLevel: weights.PriorityPerLevel,
		LoyaltyPerVisit: weights.LoyaltyPerVisit, LoyaltyMost: weights.LoyaltyMost,
		Reliability: weights.Reliability, Flexibility: weights.Flexibility, NoShow: weights.NoShow, NoShowMost: weights.NoShowMost,
		PreferredStaff: weights.PreferredStaff, PreferredTime: weights.PreferredTime,
		PassOverLimit: weights.PassOverLimit, PassOverLift: weights.PassOverLift, TenantID: s.Row.TenantID, OrderKey: s.otherKey(),
	})
	if err := must(n, err, "writing weights"); err != nil {
		return err
	}
	if weights == s.Weights {
		n, err := tx.EndRekey(ctx, s.Row.TenantID)
		return must(n, err, "ending to re-key")
	}
	now, err := tx.Now(ctx)
	if err != nil {
		return err
	}
	total, err := tx.CountEntriesOnList(ctx, s.Row.TenantID)
	if err != nil {
		return fmt.Errorf("counting entries: %w", err)
	}
	n, err = tx.BeginRekey(ctx, db.BeginRekeyParams{At: &now, Now: now, Total: int(total), TenantID: s.Row.TenantID})
	return must(n, err, "beginning to re-key")
}

// WeightsVersion grows with every change of the weights.
func (s Settings) WeightsVersion() int { return s.a.Version + s.b.Version }
