package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// Row is one record of a file that holds anything. Its cells are trimmed, and an apostrophe that Safe put before a cell is taken off.
type Row struct {
	Line  int // of the file, the first is 1; a record may span several, this is where it begins
	Cells []string
}

// Why a file can't be read.
var (
	ErrEmpty   = errors.New("nothing in the file")
	ErrBinary  = errors.New("no text file") // such as a workbook that was not saved as CSV
	ErrMany    = errors.New("too many rows")
	ErrColumns = errors.New("too many columns")
)

// BadLine is a line at which a file can't be read any further: a quotation mark that is never closed, or a cell without an end.
type BadLine struct{ Line int }

func (e *BadLine) Error() string { return fmt.Sprintf("line %d can't be read", e.Line) }

// Read reads a file: UTF-8 with or without a byte order mark, UTF-16, else Windows-1252; separated by whichever of comma, semicolon and
// tab divides its first lines alike; with line breaks within quotation marks. Fails with the errors above.
func Read(file []byte) ([]Row, error) {
	text, err := decode(file)
	if err != nil {
		return nil, err
	}
	text, separator := named(text)
	if separator == 0 {
		separator = separatorOf(text)
	}
	r := reader(text, separator)
	var rows []Row
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		line, _ := r.FieldPos(0)
		if err != nil {
			return nil, &BadLine{line}
		}
		row := Row{Line: line, Cells: record}
		filled, err := row.tidy()
		if err != nil {
			return nil, err
		}
		if !filled {
			continue
		}
		if rows = append(rows, row); len(rows) > MostRows {
			return nil, ErrMany
		}
	}
	if len(rows) == 0 {
		return nil, ErrEmpty
	}
	return rows, nil
}

func (r *Row) tidy() (filled bool, err error) {
	lines := 0
	for i, cell := range r.Cells {
		lines += strings.Count(cell, "\n")
		if len(cell) > mostCell {
			return false, &BadLine{r.Line}
		}
		r.Cells[i] = strings.TrimSpace(Bare(strings.ReplaceAll(cell, "\r\n", "\n")))
		filled = filled || r.Cells[i] != ""
	}
	if lines > mostLines {
		return false, &BadLine{r.Line}
	}
	for len(r.Cells) > 0 && r.Cells[len(r.Cells)-1] == "" {
		r.Cells = r.Cells[:len(r.Cells)-1]
	}
	if len(r.Cells) > MostColumns {
		return false, ErrColumns
	}
	return filled, nil
}

func reader(text string, separator rune) *csv.Reader {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = separator, -1, true
	return r
}

// named takes the line away by which spreadsheet programs name the separator, such as "sep=;".
func named(text string) (rest string, separator rune) {
	line, rest, _ := strings.Cut(text, "\n")
	value, ok := strings.CutPrefix(strings.ToLower(strings.TrimRight(line, "\r")), "sep=")
	if r, size := utf8.DecodeRuneInString(value); ok && size == len(value) && strings.ContainsRune(",;\t|", r) {
		return "\n" + rest, r // the empty line keeps the numbers of the others
	}
	return text, 0
}

// separatorOf is the one that divides most of the first lines into equally many cells, and more than one.
func separatorOf(text string) rune {
	best, most := ',', 0
	for _, separator := range ",;\t|" {
		r := reader(text, separator)
		cells, alike := 0, 0
		for n := range 30 {
			record, err := r.Read()
			if err != nil {
				break
			}
			if n == 0 {
				cells = len(record)
			}
			if len(record) == cells {
				alike++
			}
		}
		if score := alike*MostColumns + cells; cells > 1 && score > most {
			best, most = separator, score
		}
	}
	return best
}

func decode(file []byte) (string, error) {
	var from encoding.Encoding
	switch {
	case bytes.HasPrefix(file, []byte{0xEF, 0xBB, 0xBF}):
		file = file[3:]
	case bytes.HasPrefix(file, []byte{0xFF, 0xFE}), looksWide(file, 1):
		from = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(file, []byte{0xFE, 0xFF}), looksWide(file, 0):
		from = unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	}
	if from == nil && !utf8.Valid(file) {
		from = charmap.Windows1252
	}
	if from != nil {
		decoded, err := from.NewDecoder().Bytes(file)
		if err != nil {
			return "", ErrBinary
		}
		file = decoded
	}
	if bytes.IndexByte(file, 0) >= 0 || bytes.HasPrefix(file, []byte("PK\x03\x04")) {
		return "", ErrBinary
	}
	text := string(file)
	if !strings.Contains(text, "\n") {
		text = strings.ReplaceAll(text, "\r", "\n") // as old programs end lines
	}
	return text, nil
}

// looksWide tells text of two bytes a letter that has no byte order mark: every other byte of its beginning is 0.
func looksWide(file []byte, at int) bool {
	head := file[:min(len(file), 200)&^1]
	if len(head) < 8 {
		return false
	}
	zeros := [2]int{}
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	return zeros[at] > len(head)/4 && zeros[1-at] == 0
}
