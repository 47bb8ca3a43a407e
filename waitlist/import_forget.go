package waitlist

import (
	"context"
	"errors"
	"fmt"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
)

// ForgetImports deletes what stood in files a week after they were imported, or uploaded when nobody went on with them.
func (w *Waitlist) ForgetImports(ctx context.Context) (int, error) {
	now, err := w.db.Now(ctx)
	if err != nil {
		return 0, err
	}
	before := now.Add(-importKept)
	list, err := w.db.ImportsToForget(ctx, db.ImportsToForgetParams{UploadedBefore: before, EndedBefore: &before})
	if err != nil {
		return 0, db.Down(fmt.Errorf("looking for imports to forget: %w", err))
	}
	var failed error
	for _, row := range list {
		failed = errors.Join(failed, w.forgetImport(ctx, row.TenantID, row.ID))
	}
	return len(list), failed
}

func (w *Waitlist) forgetImport(ctx context.Context, tenantID, importID int64) error {
	err := w.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		i, err := tx.LockImport(ctx, db.LockImportParams{TenantID: tenantID, ID: importID})
		if err != nil {
			return fmt.Errorf("locking an import: %w", err)
		}
		if !i.State.Open() {
			return nil
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		n, err := tx.MoveImport(ctx, db.MoveImportParams{ToState: rules.ImportCancelled, EndedAt: &now, TenantID: tenantID, ID: importID, FromState: i.State})
		return must(n, err, "giving up an import")
	})
	if err != nil {
		return err
	}
	return w.forgetRows(ctx, tenantID, importID)
}

// forgetRows deletes the rows of an import that is over. A crash in between leaves some, which ForgetImports finds.
func (w *Waitlist) forgetRows(ctx context.Context, tenantID, importID int64) error {
	for {
		n, err := w.db.DeleteImportRows(ctx, db.DeleteImportRowsParams{TenantID: tenantID, ImportID: importID})
		if err != nil {
			return db.Down(fmt.Errorf("forgetting the rows of an import: %w", err))
		}
		if n == 0 {
			return nil
		}
	}
}
