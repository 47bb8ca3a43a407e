package accounts

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/your-org/waitlist-management/business"
)

// Letters that taking the marks off does not bring to ASCII, or not as they are commonly written.
var spelled = strings.NewReplacer(
	"ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss", "æ", "ae", "œ", "oe", "ø", "oe", "å", "aa", "þ", "th", "ð", "d", "đ", "d", "ł", "l", "ı", "i",
	"&", " and ", "'", "", "’", "",
)

// SlugOf makes the part of a public address out of a business's name: "Café Müller & Söhne" is cafe-mueller-and-soehne.
func SlugOf(name string) string {
	plain := norm.NFKD.String(spelled.Replace(norm.NFC.String(strings.ToLower(name))))
	var slug strings.Builder
	for _, c := range plain {
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			slug.WriteRune(c)
		case unicode.IsMark(c):
		default:
			if s := slug.String(); s != "" && !strings.HasSuffix(s, "-") {
				slug.WriteByte('-')
			}
		}
	}
	short := slug.String()
	short = strings.Trim(short[:min(len(short), business.SlugMost-8)], "-")
	if len(short) < business.SlugLeast {
		return strings.Trim("business-"+short, "-")
	}
	return short
}
