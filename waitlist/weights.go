package waitlist

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
)

const (
	rekeyBatch = 200
	// rekeySettle is longer than any transaction lasts: after it nobody writes keys from weights read before a change.
	rekeySettle = 20 * time.Second
)

// ChangeWeights brings in new weights. The list goes on ranking by the old ones until every entry has its place under the new
// ones too; then all change at once. Fails with Invalid naming the weights out of bounds.
func (w *Waitlist) ChangeWeights(ctx context.Context, s Staff, weights rules.Weights) error {
	check := rules.DefaultSettings(time.UTC)
	check.Weights = weights
	var bad []problem.Field
	for _, p := range check.Problems() {
		bad = append(bad, problem.Bad(p.Field, "problem.bounds", "Least", p.Least, "Most", p.Most))
	}
	if len(bad) > 0 {
		return problem.Invalid(bad...)
	}
	return w.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		row, err := tx.LockSettings(ctx, s.TenantID)
		if err != nil {
			return fmt.Errorf("locking settings: %w", err)
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		settings, err := withWeights(ctx, tx.Queries, row)
		if err != nil || settings.Coming() == weights {
			return err
		}
		n, err := tx.UpdateWeights(ctx, db.UpdateWeightsParams{
			WaitPerHour: weights.WaitPerHour, PriorityPerLevel: weights.PriorityPerLevel,
			LoyaltyPerVisit: weights.LoyaltyPerVisit, LoyaltyMost: weights.LoyaltyMost,
			Reliability: weights.Reliability, Flexibility: weights.Flexibility, NoShow: weights.NoShow, NoShowMost: weights.NoShowMost,
			PreferredStaff: weights.PreferredStaff, PreferredTime: weights.PreferredTime,
			PassOverLimit: weights.PassOverLimit, PassOverLift: weights.PassOverLift, TenantID: s.TenantID, OrderKey: settings.otherKey(),
		})
		if err := must(n, err, "writing weights"); err != nil {
			return err
		}
		n, err = tx.BeginRekey(ctx, db.BeginRekeyParams{At: &now, Now: now, TenantID: s.TenantID})
		if err := must(n, err, "beginning to re-key"); err != nil {
			return err
		}
		return audit.Note(ctx, tx, audit.Entry{
			TenantID: s.TenantID, Actor: audit.User, ActorID: s.UserID, Action: "weights.change", Record: "settings", RecordID: s.TenantID,
			Detail: map[string]rules.Weights{"before": settings.Coming(), "after": weights},
		})
	})
}

func (s Settings) otherKey() string {
	if s.ranksByB() {
		return "a"
	}
	return "b"
}

// Rekey writes the places of entries under new weights, a batch per transaction, and switches to them when all are written.
func (w *Waitlist) Rekey(ctx context.Context) (int, error) {
	tenants, err := w.db.RekeyingTenants(ctx)
	if err != nil {
		return 0, db.Down(fmt.Errorf("reading whose weights change: %w", err))
	}
	written := 0
	var failed error
	for _, tenantID := range tenants {
		n, err := w.rekeyBusiness(ctx, tenantID)
		written += n
		failed = errors.Join(failed, err)
	}
	return written, failed
}

func (w *Waitlist) rekeyBusiness(ctx context.Context, tenantID int64) (int, error) {
	settings, err := LoadSettings(ctx, w.db.Queries, tenantID)
	if err != nil || !settings.Row.Rekeying {
		return 0, err
	}
	written := 0
	after := settings.Row.RekeyAfterID
	for {
		entries, err := w.db.EntriesToRekey(ctx, db.EntriesToRekeyParams{TenantID: tenantID, ID: after, Limit: rekeyBatch})
		if err != nil {
			return written, db.Down(fmt.Errorf("reading entries to re-key: %w", err))
		}
		for _, e := range entries {
			if err := w.rekeyCustomer(ctx, tenantID, e.CustomerID); err != nil {
				return written, err
			}
			after = e.ID
			written++
		}
		if len(entries) < rekeyBatch {
			break
		}
		if err := w.rememberRekey(ctx, settings, after); err != nil {
			return written, err
		}
	}
	return written, w.switchKeys(ctx, settings)
}

// rekeyCustomer writes the places of one customer's entries with their rows locked, so that no other act's place is lost.
func (w *Waitlist) rekeyCustomer(ctx context.Context, tenantID, customerID int64) error {
	return w.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		p, err := lockParty(ctx, tx, tenantID, customerID)
		if err != nil {
			return err
		}
		settings, err := LoadSettings(ctx, tx.Queries, tenantID)
		if err != nil {
			return err
		}
		return rerank(ctx, tx, settings, p)
	})
}

func (w *Waitlist) rememberRekey(ctx context.Context, s Settings, after int64) error {
	return w.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.AdvanceRekey(ctx, db.AdvanceRekeyParams{AfterID: after, TenantID: s.Row.TenantID, RekeySince: s.Row.RekeySince})
		return wrap(err, "remembering how far re-keying is")
	})
}

// switchKeys makes the new places rank, once nobody can be writing by older weights and none is left with them.
func (w *Waitlist) switchKeys(ctx context.Context, s Settings) error {
	return w.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		row, err := tx.LockSettings(ctx, s.Row.TenantID)
		if err != nil {
			return fmt.Errorf("locking settings: %w", err)
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		current, err := withWeights(ctx, tx.Queries, row)
		if err != nil || !row.Rekeying || now.Sub(*row.RekeySince) < rekeySettle {
			return err
		}
		var stale int64
		if current.otherKey() == "b" {
			stale, err = tx.CountStaleKeysB(ctx, db.CountStaleKeysBParams{TenantID: row.TenantID, OrderVersionB: current.b.Version})
		} else {
			stale, err = tx.CountStaleKeysA(ctx, db.CountStaleKeysAParams{TenantID: row.TenantID, OrderVersionA: current.a.Version})
		}
		if err != nil {
			return fmt.Errorf("counting entries still to re-key: %w", err)
		}
		if stale > 0 { // joined while the batches ran, with an id that was passed already: once more from the start
			_, err := tx.AdvanceRekey(ctx, db.AdvanceRekeyParams{AfterID: 0, TenantID: row.TenantID, RekeySince: row.RekeySince})
			return wrap(err, "starting to re-key once more")
		}
		n, err := tx.SwitchOrderKey(ctx, db.SwitchOrderKeyParams{LiveOrderKey: current.otherKey(), TenantID: row.TenantID, RekeySince: row.RekeySince})
		if err := must(n, err, "switching to the new places"); err != nil {
			return err
		}
		tx.AfterCommit(func() { w.Wake(ctx, row.TenantID) })
		return nil
	})
}
