package waitlist

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist/sheet"
)

const (
	importBatch = 200                // rows in one transaction
	importKept  = 7 * 24 * time.Hour // what stood in a file, after it was imported or when nobody went on with it
	importOld   = 10 * 365 * 24 * time.Hour

	sourceImport = "import"
)

// Mapping is how the file of an import is read.
type Mapping struct {
	Columns  []sheet.Field `json:"columns"`
	Head     bool          `json:"head"`      // the first row names the columns
	DayFirst bool          `json:"day_first"` // 3/4/2026 is in April
	Service  string        `json:"service"`   // public id, for rows that name none; empty: then such a row is bad
}

// Import is a list that a business brings, and how far it has come.
type Import struct {
	ID        string
	State     rules.ImportState
	FileName  string
	Mapping   Mapping
	Version   int
	All       int // rows that hold somebody
	Good      int // of those: can be imported
	Bad       int
	Listed    int // on the list already, or twice in the file
	Added     int
	Undone    int
	Kept      int // entries that undoing left
	Consented bool
	Uploaded  time.Time // in the zone of the business
	Ended     time.Time // likewise; zero: not yet
	Undoable  bool      // its entries can be taken off again
	RowsUntil time.Time // until when what stood in the file is kept; zero while that depends on what is done next
}

// Done is how many rows have been dealt with since the import began, or since undoing it did.
func (i Import) Done() int {
	if i.State == rules.ImportUndoing {
		return i.Undone + i.Kept
	}
	return i.Added
}

// ToDo is how many there are in all.
func (i Import) ToDo() int {
	if i.State == rules.ImportUndoing {
		return i.Added
	}
	return i.Good
}

func importOf(row db.Import, box *seal.Box, zone *time.Location, now time.Time) (Import, error) {
	i := Import{
		ID: row.PublicID, State: row.State, Version: row.Version, All: row.RowsAll, Good: row.RowsGood, Bad: row.RowsBad, Listed: row.RowsListed,
		Added: row.RowsAdded, Undone: row.RowsUndone, Kept: row.RowsKept, Consented: row.Consented, Uploaded: row.CreatedAt.In(zone),
	}
	switch {
	case row.EndedAt != nil:
		i.Ended = row.EndedAt.In(zone)
		i.RowsUntil = i.Ended.Add(importKept)
		i.Undoable = row.State == rules.ImportDone && row.RowsAdded > 0 && now.Before(i.RowsUntil)
	case row.State.Open():
		i.RowsUntil = i.Uploaded.Add(importKept)
	}
	var err error
	if i.FileName, err = box.Open(inImport(row.TenantID, row.PublicID), row.FileName); err != nil {
		return i, fmt.Errorf("opening the name of a file: %w", err)
	}
	if err := json.Unmarshal([]byte(row.Mapping), &i.Mapping); err != nil {
		return i, fmt.Errorf("reading a mapping: %w", err)
	}
	return i, nil
}

func inImport(tenantID int64, publicID string) seal.Where {
	return seal.Where{Tenant: tenantID, Table: "imports", Column: "file_name", Row: publicID}
}

func inImportRow(tenantID int64, publicID string, line int) seal.Where {
	return seal.Where{Tenant: tenantID, Table: "import_rows", Column: "cells", Row: publicID + "/" + strconv.Itoa(line)}
}

func sealCells(box *seal.Box, tenantID int64, publicID string, row sheet.Row) ([]byte, error) {
	text, err := json.Marshal(row.Cells)
	if err != nil {
		return nil, fmt.Errorf("writing the cells of a row: %w", err)
	}
	return box.Seal(inImportRow(tenantID, publicID, row.Line), string(text)), nil
}

func openCells(box *seal.Box, tenantID int64, publicID string, line int, sealed []byte) (sheet.Row, error) {
	row := sheet.Row{Line: line}
	text, err := box.Open(inImportRow(tenantID, publicID, line), sealed)
	if err != nil {
		return row, fmt.Errorf("opening the cells of a row: %w", err)
	}
	if err := json.Unmarshal([]byte(text), &row.Cells); err != nil {
		return row, fmt.Errorf("reading the cells of a row: %w", err)
	}
	return row, nil
}

// importMoved says that an import was taken further meanwhile, in another window or by somebody else.
func importMoved() error { return problem.New(problem.Conflict, "problem.import.moved") }
