package waitlist

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist/sheet"
)

const siftedAtOnce = 500 // rows looked up with one query

// CheckImport takes what the columns are and finds out of each row whether it can be imported. Nothing is on the list by that. Fails with
// Invalid naming the columns, Conflict when the import was taken further meanwhile, NotFound.
func (w *Waitlist) CheckImport(ctx context.Context, s Staff, id string, m Mapping, version int) error {
	row, err := w.importRow(ctx, s.TenantID, id)
	if err != nil {
		return err
	}
	if bad := m.problems(); len(bad) > 0 {
		return problem.Invalid(bad...)
	}
	text, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("writing a mapping: %w", err)
	}
	states, head, err := w.siftAll(ctx, row, m)
	if err != nil {
		return err
	}
	return w.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		row, err := tx.LockImport(ctx, db.LockImportParams{TenantID: row.TenantID, ID: row.ID})
		if err != nil {
			return fmt.Errorf("locking an import: %w", err)
		}
		if !row.State.Open() || row.Version != version {
			return importMoved()
		}
		all, err := tx.MarkAllImportRows(ctx, db.MarkAllImportRowsParams{ToState: rules.RowGood, TenantID: row.TenantID, ImportID: row.ID})
		if err != nil {
			return fmt.Errorf("marking rows as good: %w", err)
		}
		if head > 0 {
			all--
			states[rules.RowHead] = []int{head}
		}
		for state, lines := range states {
			if err := markRows(ctx, tx, row, rules.RowGood, state, lines); err != nil {
				return err
			}
		}
		bad := len(states[rules.RowBad]) + len(states[rules.RowBlocked])
		listed := len(states[rules.RowListed]) + len(states[rules.RowDouble])
		n, err := tx.SetImportChecked(ctx, db.SetImportCheckedParams{
			Mapping: string(text), RowsAll: int(all), RowsGood: int(all) - bad - listed, RowsBad: bad, RowsListed: listed,
			TenantID: row.TenantID, ID: row.ID, Version: version,
		})
		return must(n, err, "keeping what was found")
	})
}

func markRows(ctx context.Context, tx *db.Tx, i db.Import, from, to rules.ImportRowState, lines []int) error {
	for part := range slices.Chunk(lines, stagedAtOnce) {
		n, err := tx.MarkImportRows(ctx, db.MarkImportRowsParams{ToState: to, TenantID: i.TenantID, ImportID: i.ID, FromState: from, OfLines: part})
		if err == nil && int(n) != len(part) {
			err = fmt.Errorf("changed %d rows of %d", n, len(part))
		}
		if err != nil {
			return fmt.Errorf("marking rows as %s: %w", to, err)
		}
	}
	return nil
}

// problems are what keeps a mapping from being used: nothing to call people by, or to reach them; the same twice.
func (m Mapping) problems() []problem.Field {
	var bad []problem.Field
	has := func(fields ...sheet.Field) bool {
		return slices.ContainsFunc(fields, func(f sheet.Field) bool { return slices.Contains(m.Columns, f) })
	}
	seen := map[sheet.Field]bool{}
	for i, field := range m.Columns {
		switch {
		case field == sheet.Ignore:
		case !slices.Contains(sheet.Fields(), field):
			bad = append(bad, problem.Bad(ColumnField(i), "problem.import.field"))
		case seen[field]:
			bad = append(bad, problem.Bad(ColumnField(i), "problem.import.twice"))
		}
		seen[field] = true
	}
	if !has(sheet.Name, sheet.FirstName, sheet.LastName) {
		bad = append(bad, problem.Bad(ColumnField(0), "problem.import.no_name"))
	} else if !has(sheet.Email, sheet.Phone) {
		bad = append(bad, problem.Bad(ColumnField(0), "problem.import.no_contact"))
	}
	if !has(sheet.Service) && m.Service == "" {
		bad = append(bad, problem.Bad("service", "problem.import.no_service"))
	}
	return bad
}

// ColumnField is the name of the form's field for a column.
func ColumnField(i int) string { return fmt.Sprintf("column_%d", i) }

// siftAll reads every row of an import: the lines of those that can't be imported, and that of the head, 0 without one.
func (w *Waitlist) siftAll(ctx context.Context, i db.Import, m Mapping) (states map[rules.ImportRowState][]int, head int, err error) {
	staged, err := w.db.ImportRows(ctx, db.ImportRowsParams{TenantID: i.TenantID, ImportID: i.ID})
	if err != nil {
		return nil, 0, db.Down(fmt.Errorf("reading the rows of an import: %w", err))
	}
	box, err := w.db.Box(ctx, i.TenantID)
	if err != nil {
		return nil, 0, err
	}
	rows := make([]sheet.Row, len(staged))
	for n, r := range staged {
		if rows[n], err = openCells(box, i.TenantID, i.PublicID, r.Line, r.Cells); err != nil {
			return nil, 0, err
		}
	}
	if m.Head && len(rows) > 0 {
		head, rows = rows[0].Line, rows[1:]
	}
	sv, err := w.newSieve(ctx, w.db.Queries, i, m)
	if err != nil {
		return nil, 0, err
	}
	states = map[rules.ImportRowState][]int{}
	for part := range slices.Chunk(rows, siftedAtOnce) {
		_, others, err := sv.sift(ctx, part)
		if err != nil {
			return nil, 0, db.Down(err)
		}
		for state, lines := range others {
			states[state] = append(states[state], lines...)
		}
	}
	return states, head, nil
}

func (w *Waitlist) newSieve(ctx context.Context, q *db.Queries, i db.Import, m Mapping) (*sieve, error) {
	settings, err := LoadSettings(ctx, q, i.TenantID)
	if err != nil {
		return nil, err
	}
	now, err := w.db.Now(ctx)
	if err != nil {
		return nil, err
	}
	box, err := w.db.Box(ctx, i.TenantID)
	if err != nil {
		return nil, err
	}
	l, err := newLiner(ctx, q, settings, m, i.CreatedAt, now)
	if err != nil {
		return nil, db.Down(err)
	}
	return &sieve{q: q, lookup: w.db.Lookup(), box: box, tenantID: i.TenantID, liner: l, seen: map[string]bool{}}, nil
}

func (w *Waitlist) importRow(ctx context.Context, tenantID int64, id string) (db.Import, error) {
	row, err := w.db.GetImportByPublicID(ctx, db.GetImportByPublicIDParams{TenantID: tenantID, PublicID: id})
	return found(row, err, "problem.import.unknown")
}
