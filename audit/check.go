package audit

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/db"
)

// Check is a look at the whole trail that somebody asked for on a page; a job takes it.
type Check struct {
	Asked   time.Time // UTC
	Checked int64     // how far it is
	Length  int64     // of how many entries, as far as is known
	Erased  int64     // reasons found erased
	Broken  int64     // faults found
	First   Fault     // the first of them
	Ended   time.Time // UTC; zero while it runs
}

// Running tells that the check is not at its end.
func (c Check) Running() bool { return c.Ended.IsZero() }

// AskCheck is a user asking for a look at the whole trail of a business. While one is under way that one serves.
func (t *Trail) AskCheck(ctx context.Context, tenantID, userID int64) error {
	return t.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		head, err := tx.GetAuditHead(ctx, tenantID)
		if err != nil && !db.IsNone(err) {
			return fmt.Errorf("reading the head of the audit trail: %w", err)
		}
		n, err := tx.AgainAuditCheck(ctx, db.AgainAuditCheckParams{AskedAt: now, Length: head.Length, TenantID: tenantID})
		if err != nil {
			return fmt.Errorf("asking for a check once more: %w", err)
		}
		if n == 0 {
			err := tx.AddAuditCheck(ctx, db.AddAuditCheckParams{TenantID: tenantID, AskedAt: now, Length: head.Length})
			if db.IsDuplicate(err) { // one is under way
				return nil
			}
			if err != nil {
				return fmt.Errorf("asking for a check: %w", err)
			}
		}
		return Note(ctx, tx, Entry{TenantID: tenantID, By: ByUser(userID), Action: "audit.check", Record: "tenants", RecordID: tenantID})
	})
}

// LastCheck is the check that runs, or the last one that ended; ok is false when none was ever asked for.
func (t *Trail) LastCheck(ctx context.Context, tenantID int64) (c Check, ok bool, err error) {
	row, err := t.db.GetAuditCheck(ctx, tenantID)
	if db.IsNone(err) {
		return Check{}, false, nil
	}
	if err != nil {
		return Check{}, false, db.Down(fmt.Errorf("reading the check of an audit trail: %w", err))
	}
	c = Check{
		Asked: row.AskedAt, Checked: row.Checked, Length: max(row.Length, row.Checked), Erased: row.Erased, Broken: row.Faults,
		First: Fault{FaultKind(row.FirstFault), row.FirstSequence, row.FirstEntryID},
	}
	if row.EndedAt != nil {
		c.Ended = *row.EndedAt
	}
	return c, true, nil
}

// Check goes on with every check that was asked for, to its end. How far each is gets written down on the way, so that it is shown, and
// another instance goes on when this one stops.
func (t *Trail) Check(ctx context.Context) (int, error) {
	running, err := t.db.RunningAuditChecks(ctx)
	if err != nil {
		return 0, db.Down(fmt.Errorf("reading the checks of audit trails: %w", err))
	}
	ended := 0
	var failed error
	for _, row := range running {
		done, err := t.goOn(ctx, row)
		failed = errors.Join(failed, err)
		if done {
			ended++
		}
	}
	return ended, failed
}

// goOn takes one check to its end, unless another instance is at it.
func (t *Trail) goOn(ctx context.Context, row db.AuditCheck) (done bool, err error) {
	w := &walk{t: t, report: Report{TenantID: row.TenantID, Checked: row.Checked}, at: row.Checked}
	if row.Checked > 0 {
		last, err := t.db.GetLinkedAuditEntry(ctx, db.GetLinkedAuditEntryParams{TenantID: row.TenantID, ChainSequence: &row.Checked})
		switch {
		case err == nil:
			w.hashes = []Hash{stored(last.ChainHash)}
		case !db.IsNone(err):
			return false, db.Down(fmt.Errorf("reading an audit entry: %w", err))
		}
	}
	for more := true; more; {
		more = w.more(ctx)
		if w.err != nil {
			return false, w.err
		}
		if moved, err := t.keep(ctx, &row, w, !more); err != nil || !moved {
			return false, err
		}
	}
	return true, nil
}

// keep writes down how far the check is and what was found since row was kept, unless another instance came further.
func (t *Trail) keep(ctx context.Context, row *db.AuditCheck, w *walk, end bool) (bool, error) {
	now, err := t.db.Now(ctx)
	if err != nil {
		return false, err
	}
	next := db.AdvanceAuditCheckParams{
		Checked: w.at, Length: max(row.Length, w.head.Length), Erased: row.Erased + w.report.Erased, Faults: row.Faults + w.report.Broken,
		FirstFault: row.FirstFault, FirstSequence: row.FirstSequence, FirstEntryID: row.FirstEntryID,
		TenantID: row.TenantID, AskedAt: row.AskedAt, CheckedBefore: row.Checked,
	}
	if next.FirstFault == "" && len(w.report.Faults) > 0 {
		first := w.report.Faults[0]
		next.FirstFault, next.FirstSequence, next.FirstEntryID = string(first.Kind), first.Sequence, first.EntryID
	}
	if end {
		next.EndedAt, next.Length = &now, w.at
	}
	n, err := t.db.AdvanceAuditCheck(ctx, next)
	if err != nil {
		return false, db.Down(fmt.Errorf("keeping the check of an audit trail: %w", err))
	}
	row.Checked, row.Length, row.Erased, row.Faults = next.Checked, next.Length, next.Erased, next.Faults
	row.FirstFault, row.FirstSequence, row.FirstEntryID = next.FirstFault, next.FirstSequence, next.FirstEntryID
	w.report.Erased, w.report.Broken, w.report.Faults = 0, 0, nil
	return n == 1, nil
}
