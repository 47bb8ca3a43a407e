package seal

import (
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// NormalEmail is the form in which addresses are compared: trimmed, in lower
// case, NFC. Nothing provider-specific is folded: dots and +tags count.
func NormalEmail(s string) string {
	return norm.NFC.String(strings.ToLower(norm.NFC.String(strings.TrimSpace(s))))
}

// CheckEmail tells whether s can be an address mail is sent to: valid UTF-8, at
// most 254 bytes (64 before the @), no display name, no comment, no quoting, no
// space or control character, a dot in the domain and nothing that only looks
// like a plain letter. Spaces around it are refused: trim first.
func CheckEmail(s string) bool {
	if len(s) > 254 {
		return false
	}
	for _, r := range s {
		if unicode.IsSpace(r) || unicode.Is(unicode.C, r) || disguised(r) {
			return false
		}
	}
	address, err := mail.ParseAddress(s)
	if err != nil || address.Address != s {
		return false
	}
	at := strings.LastIndexByte(s, '@')
	return at <= 64 && checkDomain(s[at+1:])
}

// disguised says that normalising turns r into plain ASCII, as it does the
// Kelvin sign into k: two mailboxes would share one look-up.
func disguised(r rune) bool {
	return r >= utf8.RuneSelf && strings.ContainsFunc(NormalEmail(string(r)), func(r rune) bool { return r < utf8.RuneSelf })
}

func checkDomain(domain string) bool {
	labels := strings.Split(domain, ".")
	for _, label := range labels {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		for _, r := range label {
			if r != '-' && !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) {
				return false
			}
		}
	}
	last := labels[len(labels)-1]
	return len(labels) > 1 && strings.ContainsFunc(last, func(r rune) bool { return !unicode.IsDigit(r) })
}
