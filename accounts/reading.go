package accounts

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/seal"
)

// Bounds of what is typed, in characters.
const (
	businessNameMost = 120
	nameMost         = 80
)

// reading reads a form and remembers what is wrong, in the order of the form.
type reading struct{ bad []problem.Field }

func (r *reading) refuse(field, key string, args ...any) {
	r.bad = append(r.bad, problem.Bad(field, key, args...))
}

// err is nil while nothing is wrong.
func (r *reading) err() error {
	if len(r.bad) == 0 {
		return nil
	}
	return problem.Invalid(r.bad...)
}

// name reads one line that shows something.
func (r *reading) name(field, typed string, most int) string {
	text := strings.TrimSpace(typed)
	switch {
	case !utf8.ValidString(text), strings.ContainsFunc(text, hidden):
		r.refuse(field, "problem.unreadable")
	case utf8.RuneCountInString(text) > most:
		r.refuse(field, "problem.long", "Most", most)
	case seal.NormalName(text) == "":
		r.refuse(field, "problem.required")
	}
	return text
}

// hidden are the characters that break a line or turn the reading direction of all that follows.
func hidden(c rune) bool {
	return unicode.IsControl(c) || c == '\u2028' || c == '\u2029' || c >= '\u202a' && c <= '\u202e' || c >= '\u2066' && c <= '\u2069'
}

func (r *reading) email(typed string) string {
	address := strings.TrimSpace(typed)
	switch {
	case address == "":
		r.refuse("email", "problem.required")
	case !seal.CheckEmail(address):
		r.refuse("email", "problem.email")
	}
	return address
}

// password reads a new one, which is not trimmed.
func (r *reading) password(typed string, forbidden ...string) {
	if typed == "" {
		r.refuse("password", "problem.required")
	} else if !utf8.ValidString(typed) {
		r.refuse("password", "problem.unreadable")
	} else if key := seal.PasswordProblem(typed, forbidden...); key != "" {
		r.refuse("password", key)
	}
}
