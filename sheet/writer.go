// Package sheet writes tables as CSV for spreadsheet programs, so that no cell can act as a formula there, and gives such cells
// back as they were.
package sheet

import (
	"encoding/csv"
	"fmt"
	"io"
)

// Type is the media type of what a Writer writes.
const Type = "text/csv; charset=utf-8"

// Writer writes a table row by row. It keeps nothing but the row at hand, so a table may be as long as it likes.
type Writer struct {
	csv     *csv.Writer
	columns int
	cells   []string
}

// New begins a table with the names of its columns. Comma stands between cells: ',' or, where numbers have a comma, ';', which is
// what spreadsheet programs expect there. The text is UTF-8 and says so with a byte order mark, or those programs take it for something else.
func New(w io.Writer, comma rune, columns ...string) (*Writer, error) {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return nil, fmt.Errorf("beginning a table: %w", err)
	}
	s := &Writer{csv: csv.NewWriter(w), columns: len(columns)}
	s.csv.Comma = comma
	return s, s.Row(columns...)
}

// Row writes one row, of as many cells as the table has columns. Each is made harmless (see Harmless).
func (s *Writer) Row(cells ...string) error {
	if len(cells) != s.columns {
		return fmt.Errorf("a row of %d cells in a table of %d columns", len(cells), s.columns)
	}
	s.cells = s.cells[:0]
	for _, cell := range cells {
		s.cells = append(s.cells, Harmless(cell))
	}
	if err := s.csv.Write(s.cells); err != nil {
		return fmt.Errorf("writing a row: %w", err)
	}
	return nil
}

// Flush sends on what was written so far. Call it at the end, and between if somebody waits.
func (s *Writer) Flush() error {
	s.csv.Flush()
	return s.csv.Error()
}
