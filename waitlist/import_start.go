package waitlist

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
)

// StartImport is what whoever brings a list decides about its good rows.
type StartImport struct {
	Version   int    // of the import that they saw
	Consented bool   // they state that these people agreed to emails; else nobody of them is written to
	Wording   string // the exact statement
	Locale    string // of the wording
}

// StartImport has the good rows put on the list, by the job. Starting what was started already changes nothing. Fails with Conflict when
// the rows were checked anew since they were seen, NotFound.
func (w *Waitlist) StartImport(ctx context.Context, s Staff, id string, f StartImport) error {
	row, err := w.importRow(ctx, s.TenantID, id)
	if err != nil {
		return err
	}
	return w.inTx(ctx, s.TenantID, func(ctx context.Context, tx *db.Tx) error {
		row, err := tx.LockImport(ctx, db.LockImportParams{TenantID: row.TenantID, ID: row.ID})
		if err != nil {
			return fmt.Errorf("locking an import: %w", err)
		}
		if row.State != rules.ImportChecked && !row.State.Open() {
			if row.State == rules.ImportCancelled {
				return importMoved()
			}
			return nil // pressed twice
		}
		start := db.StartImportParams{TenantID: row.TenantID, ID: row.ID, Version: f.Version}
		if f.Consented {
			start.Consented, start.Wording, start.Locale = true, f.Wording, f.Locale
		}
		started, err := moved(tx.StartImport(ctx, start))
		if err != nil {
			return fmt.Errorf("starting an import: %w", err)
		}
		if !started {
			return importMoved()
		}
		return audit.Note(ctx, tx, audit.Entry{
			TenantID: s.TenantID, By: s.Actor(), Action: "list.import", Record: "imports", RecordID: row.ID,
			Detail: map[string]any{"good": row.RowsGood, "bad": row.RowsBad, "listed": row.RowsListed, "consented": f.Consented},
		})
	})
}

// CancelImport gives up an import that was not started, and deletes what stood in its file. Repeating it changes nothing. Fails with
// Conflict when it was started, NotFound.
func (w *Waitlist) CancelImport(ctx context.Context, s Staff, id string) error {
	row, err := w.importRow(ctx, s.TenantID, id)
	if err != nil {
		return err
	}
	err = w.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		row, err := tx.LockImport(ctx, db.LockImportParams{TenantID: row.TenantID, ID: row.ID})
		if err != nil {
			return fmt.Errorf("locking an import: %w", err)
		}
		switch {
		case row.State == rules.ImportCancelled:
			return nil
		case !row.State.Open():
			return importMoved()
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		n, err := tx.MoveImport(ctx, db.MoveImportParams{ToState: rules.ImportCancelled, EndedAt: &now, TenantID: row.TenantID, ID: row.ID, FromState: row.State})
		if err := must(n, err, "cancelling an import"); err != nil {
			return err
		}
		return audit.Note(ctx, tx, audit.Entry{
			TenantID: s.TenantID, By: s.Actor(), Action: "list.import_cancel", Record: "imports", RecordID: row.ID,
		})
	})
	if err != nil {
		return err
	}
	return w.forgetRows(ctx, row.TenantID, row.ID)
}

// UndoImport takes the entries of an import off the list again, by the job: those that still wait and with which nothing was done since.
// Repeating it changes nothing. Fails with Conflict when the import is not done, or its rows are forgotten; NotFound.
func (w *Waitlist) UndoImport(ctx context.Context, s Staff, id string) error {
	row, err := w.importRow(ctx, s.TenantID, id)
	if err != nil {
		return err
	}
	return w.inTx(ctx, s.TenantID, func(ctx context.Context, tx *db.Tx) error {
		row, err := tx.LockImport(ctx, db.LockImportParams{TenantID: row.TenantID, ID: row.ID})
		if err != nil {
			return fmt.Errorf("locking an import: %w", err)
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		switch {
		case row.State == rules.ImportUndoing || row.State == rules.ImportUndone:
			return nil
		case row.State != rules.ImportDone || now.After(row.EndedAt.Add(importKept)):
			return importMoved()
		}
		n, err := tx.MoveImport(ctx, db.MoveImportParams{ToState: rules.ImportUndoing, TenantID: row.TenantID, ID: row.ID, FromState: rules.ImportDone})
		if err := must(n, err, "undoing an import"); err != nil {
			return err
		}
		return audit.Note(ctx, tx, audit.Entry{
			TenantID: s.TenantID, By: s.Actor(), Action: "list.import_undo", Record: "imports", RecordID: row.ID,
		})
	})
}
