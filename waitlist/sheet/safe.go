package sheet

import (
	"encoding/csv"
	"io"
	"strings"
)

// formulas begin a cell that a spreadsheet program would carry out instead of showing.
const formulas = "=+-@\t\r"

// Safe puts an apostrophe before a cell that begins as a formula does, also behind spaces or another apostrophe, so that opening the file
// runs nothing. Bare takes it off again.
func Safe(cell string) string {
	rest := strings.TrimLeft(cell, " '\u00a0\n")
	if rest != "" && strings.ContainsRune(formulas, rune(rest[0])) {
		return "'" + cell
	}
	// In some programs the wide forms of these signs do the same.
	for _, wide := range []string{"＝", "＋", "－", "＠"} {
		if strings.HasPrefix(rest, wide) {
			return "'" + cell
		}
	}
	return cell
}

// Bare is the cell that Safe was given.
func Bare(cell string) string {
	if rest, ok := strings.CutPrefix(cell, "'"); ok && Safe(rest) != rest {
		return rest
	}
	return cell
}

// Writer writes a file that spreadsheet programs open as it was meant: in UTF-8 with a byte order mark, and no cell a formula.
type Writer struct {
	to    io.Writer
	csv   *csv.Writer
	begun bool
}

// NewWriter writes to w. Separator is what programs expect where the reader lives: a semicolon where the comma divides a number.
func NewWriter(w io.Writer, separator rune) *Writer {
	c := csv.NewWriter(w)
	c.Comma, c.UseCRLF = separator, true
	return &Writer{to: w, csv: c}
}

// Write writes one record.
func (w *Writer) Write(cells ...string) error {
	if !w.begun {
		w.begun = true
		if _, err := io.WriteString(w.to, "\ufeff"); err != nil {
			return err
		}
	}
	safe := make([]string, len(cells))
	for i, cell := range cells {
		safe[i] = Safe(cell)
	}
	return w.csv.Write(safe)
}

// Flush sends on what was written so far.
func (w *Writer) Flush() error {
	w.csv.Flush()
	return w.csv.Error()
}

// Separator is what spreadsheet programs expect in a language.
func Separator(language string) rune {
	if strings.HasPrefix(language, "en") {
		return ','
	}
	return ';'
}
