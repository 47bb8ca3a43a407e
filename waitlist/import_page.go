package waitlist

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist/sheet"
)

// ImportPage is what the page of an import shows.
type ImportPage struct {
	Import
	Columns  []ImportColumn  // while it can still be read otherwise
	Services []ServiceChoice // to choose from for rows that name none
	Earlier  *Import         // the same file, imported before
	BadRows  []BadRow        // the first of them, or those of the page asked for
	After    int             // the line behind which they begin
	MoreBad  bool
	Kept     []KeptRow // who is still on the list after undoing
	Places   Places
}

// ImportColumn is a column of the file with some of what stands in it.
type ImportColumn struct {
	Name    string // as the file calls it; empty without a head
	Samples []string
}

// BadRow is a row that must be mended.
type BadRow struct {
	Line     int
	Name     string
	Problems []RowProblem
}

// RowProblem is a cell with what is wrong with it.
type RowProblem struct {
	Field sheet.Field
	Typed string
	Why   problem.Field
}

// KeptRow is somebody whom undoing left on the list.
type KeptRow struct {
	Entry string // public id
	Name  string
	State rules.EntryState
}

const (
	importsShown = 20
	badShown     = 50
	keptShown    = 200
	samples      = 4
)

// Imports are the lists that a business brought, the newest first.
func (w *Waitlist) Imports(ctx context.Context, tenantID int64) ([]Import, error) {
	list, _, err := w.ImportsFrom(ctx, tenantID, "", importsShown)
	return list, err
}

// ImportsFrom is Imports for programs: at most limit of them behind the one that after names, and next for those behind them, empty at the end.
// Fails with Invalid for an after that names none.
func (w *Waitlist) ImportsFrom(ctx context.Context, tenantID int64, after string, limit int) (list []Import, next string, err error) {
	before, err := behind(after, func() (int64, error) {
		row, err := w.db.GetImportByPublicID(ctx, db.GetImportByPublicIDParams{TenantID: tenantID, PublicID: after})
		return row.ID, err
	})
	if err != nil {
		return nil, "", err
	}
	rows, err := w.db.ListImports(ctx, db.ListImportsParams{TenantID: tenantID, BeforeID: before, Limit: int32(limit) + 1})
	if err != nil {
		return nil, "", db.Down(fmt.Errorf("reading imports: %w", err))
	}
	settings, err := LoadSettings(ctx, w.db.Queries, tenantID)
	if err != nil {
		return nil, "", err
	}
	box, err := w.db.Box(ctx, tenantID)
	if err != nil {
		return nil, "", err
	}
	now, err := w.db.Now(ctx)
	if err != nil {
		return nil, "", err
	}
	rows, more := firstOf(rows, limit)
	if more {
		next = rows[limit-1].PublicID
	}
	list = make([]Import, len(rows))
	for n, row := range rows {
		if list[n], err = importOf(row, box, settings.Zone, now); err != nil {
			return nil, "", err
		}
	}
	return list, next, nil
}

// ImportPage reads an import, with its bad rows behind a line. Fails with NotFound.
func (w *Waitlist) ImportPage(ctx context.Context, tenantID int64, id string, after int) (p ImportPage, err error) {
	row, err := w.importRow(ctx, tenantID, id)
	if err != nil {
		return p, err
	}
	settings, err := LoadSettings(ctx, w.db.Queries, tenantID)
	if err != nil {
		return p, err
	}
	box, err := w.db.Box(ctx, tenantID)
	if err != nil {
		return p, err
	}
	now, err := w.db.Now(ctx)
	if err != nil {
		return p, err
	}
	if p.Import, err = importOf(row, box, settings.Zone, now); err != nil {
		return p, err
	}
	p.After = after
	if row.State.Open() {
		if err := w.readColumns(ctx, row, box, &p); err != nil {
			return p, err
		}
		if err := w.readEarlier(ctx, row, box, settings, &p); err != nil {
			return p, err
		}
		if p.Places, err = w.places(ctx, tenantID); err != nil {
			return p, err
		}
	}
	if row.State == rules.ImportUndone && row.RowsKept > 0 {
		if p.Kept, err = w.keptRows(ctx, row, box); err != nil {
			return p, err
		}
	}
	p.BadRows, p.MoreBad, err = w.badRows(ctx, row, p.Mapping, after, badShown)
	return p, err
}

func (w *Waitlist) readColumns(ctx context.Context, row db.Import, box *seal.Box, p *ImportPage) error {
	first, err := w.db.FirstImportRows(ctx, db.FirstImportRowsParams{TenantID: row.TenantID, ImportID: row.ID, Limit: 12})
	if err != nil {
		return db.Down(fmt.Errorf("reading the first rows of an import: %w", err))
	}
	p.Columns = make([]ImportColumn, len(p.Mapping.Columns))
	for n, r := range first {
		cells, err := openCells(box, row.TenantID, row.PublicID, r.Line, r.Cells)
		if err != nil {
			return err
		}
		for i, cell := range cells.Cells[:min(len(cells.Cells), len(p.Columns))] {
			column := &p.Columns[i]
			switch {
			case n == 0 && p.Mapping.Head:
				column.Name = cell
			case cell != "" && len(column.Samples) < samples && !slices.Contains(column.Samples, cell):
				column.Samples = append(column.Samples, cell)
			}
		}
	}
	p.Services, err = w.JoinChoices(ctx, row.TenantID)
	return err
}

func (w *Waitlist) readEarlier(ctx context.Context, row db.Import, box *seal.Box, s Settings, p *ImportPage) error {
	earlier, err := w.db.EarlierImports(ctx, db.EarlierImportsParams{TenantID: row.TenantID, FileHash: row.FileHash, BeforeID: row.ID})
	if err != nil || len(earlier) == 0 {
		return db.Down(wrap(err, "looking for the same file"))
	}
	same, err := importOf(earlier[0], box, s.Zone, row.CreatedAt)
	p.Earlier = &same
	return err
}

// badRows are rows that must be mended, behind a line, with what is wrong with each now.
func (w *Waitlist) badRows(ctx context.Context, i db.Import, m Mapping, after, most int) (list []BadRow, more bool, err error) {
	rows, err := w.badCells(ctx, i, after, most+1)
	if err != nil || len(rows) == 0 {
		return nil, false, err
	}
	if more = len(rows) > most; more {
		rows = rows[:most]
	}
	sv, err := w.newSieve(ctx, w.db.Queries, i, m)
	if err != nil {
		return nil, false, err
	}
	for _, r := range rows {
		bad := BadRow{Line: r.Line, Name: sv.liner.name(r.Row)}
		_, wrong := sv.liner.read(r.Row)
		switch {
		case r.blocked:
			wrong = []problem.Field{problem.Bad(string(sheet.Name), "problem.import.blocked")}
		case len(wrong) == 0: // what it was compared with changed since
			wrong = []problem.Field{problem.Bad(string(sheet.Name), "problem.import.again")}
		}
		for _, field := range wrong {
			bad.Problems = append(bad.Problems, RowProblem{Field: sheet.Field(field.Name), Typed: sv.liner.typed(r.Row, sheet.Field(field.Name)), Why: field})
		}
		list = append(list, bad)
	}
	return list, more, nil
}

// BadRows are at most limit rows of an import that must be mended, behind a line. Fails with NotFound.
func (w *Waitlist) BadRows(ctx context.Context, tenantID int64, id string, after, limit int) (list []BadRow, more bool, err error) {
	row, err := w.importRow(ctx, tenantID, id)
	if err != nil {
		return nil, false, err
	}
	var m Mapping
	if err := json.Unmarshal([]byte(row.Mapping), &m); err != nil {
		return nil, false, fmt.Errorf("reading a mapping: %w", err)
	}
	return w.badRows(ctx, row, m, after, limit)
}

// typed is what stands in the cell that is wrong, on one line.
func (l *liner) typed(row sheet.Row, field sheet.Field) string {
	if field == sheet.Name {
		return l.name(row)
	}
	return strings.Join(strings.Fields(l.cell(row, field)), " ")
}

type badCells struct {
	sheet.Row
	blocked bool
}

func (w *Waitlist) badCells(ctx context.Context, i db.Import, after, most int) ([]badCells, error) {
	box, err := w.db.Box(ctx, i.TenantID)
	if err != nil {
		return nil, err
	}
	var list []badCells
	for _, state := range []rules.ImportRowState{rules.RowBad, rules.RowBlocked} {
		rows, err := w.db.ImportRowsIn(ctx, db.ImportRowsInParams{TenantID: i.TenantID, ImportID: i.ID, State: state, AfterLine: after, Limit: int32(most)})
		if err != nil {
			return nil, db.Down(fmt.Errorf("reading bad rows: %w", err))
		}
		for _, r := range rows {
			cells, err := openCells(box, i.TenantID, i.PublicID, r.Line, r.Cells)
			if err != nil {
				return nil, err
			}
			list = append(list, badCells{cells, state == rules.RowBlocked})
		}
	}
	slices.SortFunc(list, func(a, b badCells) int { return cmp.Compare(a.Line, b.Line) })
	return list[:min(len(list), most)], nil
}

// BadFile is what a file of the rows to mend is made of: the head of the file they came in, then each with what is wrong.
type BadFile struct {
	Head []string // empty when the file had none: then the columns are those of the mapping
	Rows []BadFileRow
	Import
}

// BadFileRow is one row as it was, with what is wrong.
type BadFileRow struct {
	Cells []string
	BadRow
}

// BadFile reads all rows of an import that must be mended. Fails with NotFound.
func (w *Waitlist) BadFile(ctx context.Context, tenantID int64, id string) (f BadFile, err error) {
	row, err := w.importRow(ctx, tenantID, id)
	if err != nil {
		return f, err
	}
	page, err := w.ImportPage(ctx, tenantID, id, 0)
	if err != nil {
		return f, err
	}
	f.Import = page.Import
	cells, err := w.badCells(ctx, row, 0, sheet.MostRows)
	if err != nil {
		return f, err
	}
	problems, _, err := w.badRows(ctx, row, page.Mapping, 0, sheet.MostRows)
	if err != nil {
		return f, err
	}
	for n, r := range cells {
		f.Rows = append(f.Rows, BadFileRow{Cells: r.Cells, BadRow: problems[n]})
	}
	if f.Mapping.Head {
		f.Head, err = w.headOf(ctx, row)
	}
	return f, err
}

func (w *Waitlist) headOf(ctx context.Context, row db.Import) ([]string, error) {
	first, err := w.db.FirstImportRows(ctx, db.FirstImportRowsParams{TenantID: row.TenantID, ImportID: row.ID, Limit: 1})
	if err != nil || len(first) == 0 {
		return nil, db.Down(wrap(err, "reading the head of an import"))
	}
	box, err := w.db.Box(ctx, row.TenantID)
	if err != nil {
		return nil, err
	}
	cells, err := openCells(box, row.TenantID, row.PublicID, first[0].Line, first[0].Cells)
	return cells.Cells, err
}

func (w *Waitlist) keptRows(ctx context.Context, i db.Import, box *seal.Box) ([]KeptRow, error) {
	rows, err := w.db.ImportRowsIn(ctx, db.ImportRowsInParams{TenantID: i.TenantID, ImportID: i.ID, State: rules.RowKept, Limit: keptShown})
	if err != nil || len(rows) == 0 {
		return nil, db.Down(wrap(err, "reading kept rows"))
	}
	ids := make([]int64, len(rows))
	for n, r := range rows {
		ids[n] = *r.EntryID
	}
	entries, err := w.db.EntriesByID(ctx, db.EntriesByIDParams{TenantID: i.TenantID, Ids: ids})
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading entries: %w", err))
	}
	customers, err := w.customersOf(ctx, entries)
	if err != nil {
		return nil, err
	}
	list := make([]KeptRow, len(entries))
	for n, e := range entries {
		c := customers[e.CustomerID]
		list[n] = KeptRow{Entry: e.PublicID, State: e.State}
		if list[n].Name, err = box.Open(seal.Where{Tenant: i.TenantID, Table: "customers", Column: "name", Row: c.PublicID}, c.Name); err != nil {
			return nil, fmt.Errorf("opening the name of customer %d: %w", c.ID, err)
		}
	}
	return list, nil
}
