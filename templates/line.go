package templates

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/cbroglie/mustache"
)

// address is one that is typed into a template.
var address = regexp.MustCompile(`https://[^\s{}<>"“„«]+`)

// put renders a text of variables alone, which can't fail: a value that is not there is empty.
func put(t *mustache.Template, values map[string]string) string {
	text, _ := t.Render(values)
	return text
}

// OneLine makes a text fit for a header, or for the middle of a line: what could end the line, or make it read backwards, goes. No-break
// spaces, which French sets before its marks, stay.
func OneLine(text string) string {
	return strings.Join(strings.FieldsFunc(plain(text, false), func(r rune) bool { return r == ' ' }), " ")
}

// Clean makes words of what a form sent: lines end in \n, and what no reader sees goes.
func Clean(w Words) Words {
	return Words{Subject: OneLine(w.Subject), Preview: OneLine(w.Preview), Heading: OneLine(w.Heading), Body: CleanLines(w.Body)}
}

// CleanLines is Clean for a text of several lines.
func CleanLines(text string) string {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	return strings.Trim(plain(text, true), " \n")
}

// plain drops what changes the direction of a text, and makes spaces of what controls a line.
func plain(text string, lines bool) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' && lines:
			return r
		case unicode.Is(unicode.Bidi_Control, r):
			return -1
		case unicode.IsControl(r), r == '\u2028', r == '\u2029':
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, ""))
}
