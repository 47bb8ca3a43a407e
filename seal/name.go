package seal

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// NormalName is the form in which names are compared: NFKC, case folded (ß is
// ss), invisible and control characters left out, one space between words.
// Accents count: José is not Jose.
func NormalName(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.Is(unicode.C, r):
			return -1
		}
		return r
	}, s)
	s = norm.NFKC.String(cases.Fold().String(norm.NFKC.String(cases.Fold().String(norm.NFD.String(s)))))
	return strings.Join(strings.Fields(s), " ")
}
