package waitlist

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/text/language"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist/sheet"
)

// Upload is a file with a list that a business brings.
type Upload struct {
	FileName string
	Content  []byte
	Press    string
}

const stagedAtOnce = 1000 // rows in one statement

// UploadImport keeps the rows of a file, sealed, until somebody has said what its columns are, and gives the import's public id. Nothing
// is on the list by that. Fails with Invalid when the file can't be read.
func (w *Waitlist) UploadImport(ctx context.Context, s Staff, u Upload) (id string, err error) {
	if len(u.Content) > sheet.MostBytes {
		return "", problem.Invalid(problem.Bad("file", "problem.import.big", "Most", sheet.MostBytes>>20))
	}
	rows, err := sheet.Read(u.Content)
	if err != nil {
		return "", problem.Invalid(badFile(err))
	}
	settings, err := LoadSettings(ctx, w.db.Queries, s.TenantID)
	if err != nil {
		return "", err
	}
	services, err := w.services(ctx, s.TenantID)
	if err != nil {
		return "", err
	}
	mapping, err := json.Marshal(guess(rows, services, settings.Row.Locale))
	if err != nil {
		return "", fmt.Errorf("writing a mapping: %w", err)
	}
	box, err := w.db.Box(ctx, s.TenantID)
	if err != nil {
		return "", err
	}
	fresh := seal.PublicID()
	staged := make([]db.ImportRow, len(rows))
	for i, row := range rows {
		staged[i] = db.ImportRow{TenantID: s.TenantID, Line: row.Line, State: rules.RowStaged}
		if staged[i].Cells, err = sealCells(box, s.TenantID, fresh, row); err != nil {
			return "", err
		}
	}
	err = w.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		earlier, first, err := tx.Press(ctx, s.TenantID, u.Press, fresh)
		id = earlier
		if err != nil || !first {
			return err
		}
		id = fresh
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		importID, err := tx.AddImport(ctx, db.AddImportParams{
			TenantID: s.TenantID, PublicID: fresh, UserID: s.UserID, KeyID: s.keyID(), FileName: box.Seal(inImport(s.TenantID, fresh), nameOfFile(u.FileName)),
			FileHash: tx.Lookup().File(s.TenantID, u.Content), Mapping: string(mapping), RowsAll: len(rows), CreatedAt: now,
		})
		if err != nil {
			return fmt.Errorf("adding an import: %w", err)
		}
		for i := range staged {
			staged[i].ImportID = importID
		}
		for from := 0; from < len(staged); from += stagedAtOnce {
			if err := tx.AddImportRows(ctx, staged[from:min(from+stagedAtOnce, len(staged))]); err != nil {
				return err
			}
		}
		return audit.Note(ctx, tx, audit.Entry{
			TenantID: s.TenantID, By: s.Actor(), Action: "list.upload", Record: "imports", RecordID: importID,
			Detail: map[string]int{"rows": len(rows)},
		})
	})
	return id, err
}

func badFile(err error) problem.Field {
	var line *sheet.BadLine
	switch {
	case errors.As(err, &line):
		return problem.Bad("file", "problem.import.line", "Line", line.Line)
	case errors.Is(err, sheet.ErrEmpty):
		return problem.Bad("file", "problem.import.empty")
	case errors.Is(err, sheet.ErrMany):
		return problem.Bad("file", "problem.import.too_many", "Most", sheet.MostRows)
	case errors.Is(err, sheet.ErrColumns):
		return problem.Bad("file", "problem.import.columns", "Most", sheet.MostColumns)
	}
	return problem.Bad("file", "problem.import.binary")
}

// nameOfFile is what is kept of a file's name: its end, without what can't be shown.
func nameOfFile(name string) string {
	name = strings.ToValidUTF8(name[strings.LastIndexAny(name, `/\`)+1:], "")
	name = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unprintable(r) {
			return -1
		}
		return r
	}, name))
	letters := []rune(name)
	return string(letters[max(0, len(letters)-100):])
}

// guess is a first mapping, to be looked over by whoever brings the list.
func guess(rows []sheet.Row, services map[int64]db.Service, locale string) Mapping {
	var m Mapping
	var names []string
	active := 0
	for _, s := range services {
		if s.Active {
			active++
			names, m.Service = append(names, s.Name), s.PublicID
		}
	}
	m.Columns, m.Head = sheet.Guess(rows, names)
	if active != 1 {
		m.Service = ""
	}
	var dates []string
	for i, field := range m.Columns {
		for _, row := range rows {
			if field == sheet.Joined && i < len(row.Cells) {
				dates = append(dates, row.Cells[i])
			}
		}
	}
	dayFirst, decided := sheet.DayFirst(dates)
	if !decided {
		region, sure := language.Make(locale).Region()
		dayFirst = region.String() != "US" || sure != language.Exact
	}
	m.DayFirst = dayFirst
	return m
}
