package sheet

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// begins are what a spreadsheet program may take for the beginning of a formula, in half and full width. It may do so behind anything
// that it could take for the end of the cell before, if it was told another separator than the file has.
const begins = "=+-@\t\r\n＝＋－＠"

const ends = ",;\t\r\n|\""

// number is what no program takes for anything but a number.
var number = regexp.MustCompile(`^-\d+([.,]\d+)?$`)

// Harmless is the text of a cell with an apostrophe before whatever could begin a formula: "=1+1" becomes "'=1+1". Negative
// numbers stay as they are. Plain takes the apostrophes out again.
func Harmless(cell string) string {
	if number.MatchString(cell) {
		return cell
	}
	return rewrite(cell, func(rest string) (written string, read int) {
		if couldBegin(rest) {
			return "'", 0
		}
		return "", 0
	})
}

// Plain is the text that Harmless was given. What never went through Harmless stays as it is, but for an apostrophe before the
// beginning of a formula.
func Plain(cell string) string {
	return rewrite(cell, func(rest string) (written string, read int) {
		if strings.HasPrefix(rest, "'") && couldBegin(rest[1:]) {
			return "", 1
		}
		return "", 0
	})
}

// rewrite asks at each place where a program could see the beginning of a cell what to write there and how much to leave out.
func rewrite(cell string, at func(rest string) (written string, read int)) string {
	if !strings.ContainsAny(cell, begins) {
		return cell
	}
	var out strings.Builder
	for start := true; ; {
		if start {
			written, read := at(cell)
			out.WriteString(written)
			cell = cell[read:]
		}
		if cell == "" {
			return out.String()
		}
		_, size := utf8.DecodeRuneInString(cell)
		out.WriteString(cell[:size])
		start = strings.Contains(ends, cell[:size])
		cell = cell[size:]
	}
}

// couldBegin looks past spaces, which programs do too, and past apostrophes, so that Plain can tell its own from others.
func couldBegin(rest string) bool {
	rest = strings.TrimLeft(rest, " \u00a0\u200b\ufeff'")
	first, _ := utf8.DecodeRuneInString(rest)
	return rest != "" && strings.ContainsRune(begins, first)
}
