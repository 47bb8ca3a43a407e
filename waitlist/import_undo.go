package waitlist

import (
	"context"
	"errors"
	"fmt"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
)

// undoBatch takes the next entries of an import off the list; more is false when none are left.
func (w *Waitlist) undoBatch(ctx context.Context, tenantID, importID int64) (n int, more bool, err error) {
	err = w.inTx(ctx, tenantID, func(ctx context.Context, tx *db.Tx) error {
		n, more, err = w.undoSome(ctx, tx, tenantID, importID)
		return err
	})
	return n, more, err
}

func (w *Waitlist) undoSome(ctx context.Context, tx *db.Tx, tenantID, importID int64) (int, bool, error) {
	i, err := tx.LockImport(ctx, db.LockImportParams{TenantID: tenantID, ID: importID})
	if err != nil {
		return 0, false, fmt.Errorf("locking an import: %w", err)
	}
	if i.State != rules.ImportUndoing {
		return 0, false, nil
	}
	rows, err := tx.ImportRowsIn(ctx, db.ImportRowsInParams{TenantID: tenantID, ImportID: importID, State: rules.RowAdded, Limit: importBatch})
	if err != nil {
		return 0, false, fmt.Errorf("reading rows to undo: %w", err)
	}
	now, err := tx.Now(ctx)
	if err != nil {
		return 0, false, err
	}
	if len(rows) == 0 {
		n, err := tx.MoveImport(ctx, db.MoveImportParams{ToState: rules.ImportUndone, EndedAt: &now, TenantID: tenantID, ID: importID, FromState: rules.ImportUndoing})
		if err := must(n, err, "ending the undoing of an import"); err != nil {
			return 0, false, err
		}
		return 0, false, audit.Note(ctx, tx, audit.Entry{
			TenantID: tenantID, By: audit.ByProgram, Action: "list.import_undone", Record: "imports", RecordID: importID,
			Detail: map[string]int{"removed": i.RowsUndone, "kept": i.RowsKept},
		})
	}
	untouched, err := lockUntouched(ctx, tx, tenantID, rows)
	if err != nil {
		return 0, false, err
	}
	var undone, kept []int
	for _, r := range rows {
		e, ok := untouched[*r.EntryID]
		if !ok {
			kept = append(kept, r.Line)
			continue
		}
		undone = append(undone, r.Line)
		if err := endEntry(ctx, tx, e, rules.EntryRemoved, now); err != nil {
			return 0, false, err
		}
		err := audit.Note(ctx, tx, audit.Entry{
			TenantID: tenantID, By: staffOf(tenantID, i.UserID, i.KeyID).Actor(), Action: "entry.remove", Record: "entries", RecordID: e.ID, Detail: map[string]int64{"import": importID},
		})
		if err != nil {
			return 0, false, err
		}
	}
	if err := errors.Join(markRows(ctx, tx, i, rules.RowAdded, rules.RowUndone, undone), markRows(ctx, tx, i, rules.RowAdded, rules.RowKept, kept)); err != nil {
		return 0, false, err
	}
	n, err := tx.CountUndone(ctx, db.CountUndoneParams{Undone: len(undone), Kept: len(kept), TenantID: tenantID, ID: importID})
	return len(rows), true, must(n, err, "counting what was undone")
}

// lockUntouched locks the entries of rows, their customers first, and gives those that wait as they did when they were imported: nobody
// offered them anything, paused them, or changed their wishes or their priority.
func lockUntouched(ctx context.Context, tx *db.Tx, tenantID int64, rows []db.ImportRowsInRow) (map[int64]db.Entry, error) {
	ids := make([]int64, len(rows))
	for n, r := range rows {
		ids[n] = *r.EntryID
	}
	entries, err := tx.EntriesByID(ctx, db.EntriesByIDParams{TenantID: tenantID, Ids: ids})
	if err != nil {
		return nil, fmt.Errorf("reading entries: %w", err)
	}
	customers := make([]int64, len(entries))
	for n, e := range entries {
		customers[n] = e.CustomerID
	}
	if _, err := tx.LockCustomersByID(ctx, db.LockCustomersByIDParams{TenantID: tenantID, Ids: customers}); err != nil {
		return nil, fmt.Errorf("locking customers: %w", err)
	}
	if entries, err = tx.LockEntriesByID(ctx, db.LockEntriesByIDParams{TenantID: tenantID, Ids: ids}); err != nil {
		return nil, fmt.Errorf("locking entries: %w", err)
	}
	untouched := map[int64]db.Entry{}
	for _, e := range entries {
		if e.State == rules.EntryWaiting && e.Version == 1 {
			untouched[e.ID] = e
		}
	}
	return untouched, nil
}
