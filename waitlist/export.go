package waitlist

import (
	"context"
	"fmt"
	"slices"
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
	Tags      []Tag
}

const exportPage = 500

// CountForExport is how many an export would hold; more says that there are more than that.
func (w *Waitlist) CountForExport(ctx context.Context, tenantID int64, f ListFilter) (count int, more bool, err error) {
	list, some, err := w.exportList(ctx, tenantID, f)
	if err != nil || !some {
		return 0, false, err
	}
	count, more, err = w.db.CountEntries(ctx, list)
	return count, more, db.Down(err)
}

// exportList is what an export reads: who has waited longest comes first, since that order stays as it is while it is read.
func (w *Waitlist) exportList(ctx context.Context, tenantID int64, f ListFilter) (list db.EntryList, some bool, err error) {
	settings, err := LoadSettings(ctx, w.db.Queries, tenantID)
	if err != nil {
		return list, false, err
	}
	list, _, some, err = w.entryList(ctx, settings, f)
	list.Order = db.ByJoined
	return list, some, err
}

// Export gives everybody whom the filter lets through to write, some hundreds at a time, whoever has waited longest first. That it was exported
// is noted before anything is given away. At least one call of write is made, with nobody when nobody is let through.
func (w *Waitlist) Export(ctx context.Context, s Staff, f ListFilter, write func([]ExportRow) error) error {
	count, more, err := w.CountForExport(ctx, s.TenantID, f)
	if err != nil {
		return err
	}
	list, some, err := w.exportList(ctx, s.TenantID, f)
	if err != nil {
		return err
	}
	detail := map[string]any{"count": count, "filtered": f != ListFilter{}}
	if more {
		detail["at_least"] = true
	}
	err = w.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		return audit.Note(ctx, tx, audit.Entry{
			TenantID: s.TenantID, By: s.Actor(), Action: "list.export", Record: "tenants", RecordID: s.TenantID,
			Detail: detail,
		})
	})
	if err != nil {
		return err
	}
	if !some {
		return write(nil)
	}
	for after := (*db.EntryPlace)(nil); ; {
		places, err := w.db.ListEntries(ctx, list, after, false, exportPage)
		if err != nil {
			return db.Down(fmt.Errorf("reading entries to export: %w", err))
		}
		rows, err := w.exportRows(ctx, s.TenantID, places)
		if err != nil {
			return err
		}
		if len(rows) > 0 || after == nil {
			if err := write(rows); err != nil {
				return err
			}
		}
		if len(places) < exportPage {
			return nil
		}
		after = &places[len(places)-1]
	}
}

func (w *Waitlist) exportRows(ctx context.Context, tenantID int64, places []db.EntryPlace) ([]ExportRow, error) {
	if len(places) == 0 {
		return nil, nil
	}
	ids, at := make([]int64, len(places)), map[int64]int{}
	for i, p := range places {
		ids[i], at[p.ID] = p.ID, i
	}
	entries, err := w.db.EntriesByID(ctx, db.EntriesByIDParams{TenantID: tenantID, Ids: ids})
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading entries: %w", err))
	}
	slices.SortFunc(entries, func(x, y db.Entry) int { return at[x.ID] - at[y.ID] })
	tags, err := w.tagsOf(ctx, entries)
	if err != nil {
		return nil, err
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
		row := ExportRow{Service: services[e.ServiceID].Name, State: e.State, JoinedAt: e.JoinedAt, Priority: e.Priority, Locale: customer.Locale, Consented: e.Consented && customer.Email != nil, Tags: tags[customer.ID]}
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
