package waitlist

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
)

// ExportRow is somebody on the list, for a file.
type ExportRow struct {
	Person    Person
	Service   string
	State     rules.EntryState
	JoinedAt  time.Time
	Priority  int
	Staff     string // the preferred staff member; empty: nobody in particular
	Locale    string
	Note      string
	Consented bool // to emails
}

const exportPage = 500

// CountForExport is how many an export would hold.
func (w *Waitlist) CountForExport(ctx context.Context, tenantID int64) (int, error) {
	n, err := w.db.CountPlaces(ctx, tenantID)
	return int(n), db.Down(wrap(err, "counting entries"))
}

// Export gives everybody on the list to write, some hundreds at a time, in the order in which they were put there. That it was exported
// is noted before anything is given away. At least one call of write is made, with nobody when the list is empty.
func (w *Waitlist) Export(ctx context.Context, s Staff, write func([]ExportRow) error) error {
	count, err := w.CountForExport(ctx, s.TenantID)
	if err != nil {
		return err
	}
	err = w.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		return audit.Note(ctx, tx, audit.Entry{
			TenantID: s.TenantID, Actor: audit.User, ActorID: s.UserID, Action: "list.export", Record: "tenants", RecordID: s.TenantID,
			Detail: map[string]int{"count": count},
		})
	})
	if err != nil {
		return err
	}
	for after := int64(0); ; {
		entries, err := w.db.EntriesToExport(ctx, db.EntriesToExportParams{TenantID: s.TenantID, AfterID: after, Limit: exportPage})
		if err != nil {
			return db.Down(fmt.Errorf("reading entries to export: %w", err))
		}
		rows, err := w.exportRows(ctx, s.TenantID, entries)
		if err != nil {
			return err
		}
		if len(rows) > 0 || after == 0 {
			if err := write(rows); err != nil {
				return err
			}
		}
		if len(entries) < exportPage {
			return nil
		}
		after = entries[len(entries)-1].ID
	}
}

func (w *Waitlist) exportRows(ctx context.Context, tenantID int64, entries []db.Entry) ([]ExportRow, error) {
	if len(entries) == 0 {
		return nil, nil
	}
	customers, err := w.customersOf(ctx, entries)
	if err != nil {
		return nil, err
	}
	services, err := w.services(ctx, tenantID)
	if err != nil {
		return nil, err
	}
	wishes, err := w.wishesOf(ctx, entries)
	if err != nil {
		return nil, err
	}
	box, err := w.db.Box(ctx, tenantID)
	if err != nil {
		return nil, err
	}
	rows := make([]ExportRow, len(entries))
	for i, e := range entries {
		customer := customers[e.CustomerID]
		row := ExportRow{Service: services[e.ServiceID].Name, State: e.State, JoinedAt: e.JoinedAt, Priority: e.Priority, Locale: customer.Locale, Consented: e.Consented && customer.Email != nil}
		if e.PreferredStaffID != nil {
			row.Staff = wishes[e.ID].names[0] // the preferred one comes first
		}
		if row.Person, err = w.person(ctx, customer); err != nil {
			return nil, err
		}
		if row.Note, err = box.Open(seal.Where{Tenant: e.TenantID, Table: "entries", Column: "note", Row: e.PublicID}, e.Note); err != nil {
			return nil, fmt.Errorf("opening a note: %w", err)
		}
		rows[i] = row
	}
	return rows, nil
}
