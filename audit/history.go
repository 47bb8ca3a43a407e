package audit

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/your-org/waitlist-management/db"
)

// History is what happened to records of one kind, the newest first, at most 100 lines: for the page of one of them. Package views/trail
// has the words.
func History(ctx context.Context, d *db.DB, tenantID int64, record string, recordIDs ...int64) ([]Line, error) {
	if len(recordIDs) == 0 {
		return nil, nil
	}
	rows, err := d.AuditEntriesOfRecord(ctx, db.AuditEntriesOfRecordParams{TenantID: tenantID, Record: record, RecordIds: recordIDs})
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading what happened to %s: %w", record, err))
	}
	return New(d, slog.Default()).lines(ctx, tenantID, rows)
}
