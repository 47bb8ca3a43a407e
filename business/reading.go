package business

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
)

// reading reads a form field by field and remembers what is wrong, in the order of the form.
type reading struct{ bad []problem.Field }

func (r *reading) refuse(field, key string, args ...any) {
	r.bad = append(r.bad, problem.Bad(field, key, args...))
}

func (r *reading) refused(field string) bool {
	for _, f := range r.bad {
		if f.Name == field {
			return true
		}
	}
	return false
}

// err is nil while nothing is wrong.
func (r *reading) err() error {
	if len(r.bad) == 0 {
		return nil
	}
	return problem.Invalid(r.bad...)
}

// line reads one line of text of at most so many characters; empty is fine.
func (r *reading) line(field, typed string, most int) string {
	text := strings.TrimSpace(typed)
	switch {
	case !utf8.ValidString(text), strings.ContainsFunc(text, hidden):
		r.refuse(field, "problem.unreadable")
	case utf8.RuneCountInString(text) > most:
		r.refuse(field, "problem.long", "Most", most)
	default:
		return text
	}
	return ""
}

// name is a line that shows something.
func (r *reading) name(field, typed string, most int) string {
	text := r.line(field, typed, most)
	if !r.refused(field) && seal.NormalName(text) == "" {
		r.refuse(field, "problem.required")
	}
	return text
}

// hidden are the characters that break a line or turn the reading direction of all that follows.
func hidden(c rune) bool {
	return unicode.IsControl(c) || c == '\u2028' || c == '\u2029' || c >= '\u202a' && c <= '\u202e' || c >= '\u2066' && c <= '\u2069'
}

// number reads a whole number between the bounds, both inclusive.
func (r *reading) number(field, typed string, least, most int) int {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		r.refuse(field, "problem.required")
		return 0
	}
	n, err := strconv.Atoi(typed)
	if err != nil || n < least || n > most {
		r.refuse(field, "admin.bad.number", "Least", least, "Most", most)
		return 0
	}
	return n
}

// whole reads a whole number whose bounds the rules know.
func (r *reading) whole(field, typed string) int {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		r.refuse(field, "problem.required")
		return 0
	}
	n, err := strconv.Atoi(typed)
	if err != nil || n < -mostWhole || n > mostWhole {
		r.refuse(field, "admin.bad.whole")
		return 0
	}
	return n
}

// mostWhole keeps what is computed from a number far from overflowing.
const mostWhole = 1_000_000

// clock reads a time of day as browsers send it, 15:04, into the minute of day; ok is false when nothing was typed or it was refused.
func (r *reading) clock(field, typed string) (minute int, ok bool) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return 0, false
	}
	t, err := time.Parse("15:04", typed)
	if err != nil {
		t, err = time.Parse(time.TimeOnly, typed)
	}
	if err != nil || t.Second() != 0 {
		r.refuse(field, "admin.bad.time")
		return 0, false
	}
	return t.Hour()*60 + t.Minute(), true
}

// clockText is what a form shows for a minute of day; midnight at the end of the day is 00:00.
func clockText(minute int) string {
	return time.Date(2000, 1, 1, 0, minute, 0, 0, time.UTC).Format("15:04")
}

// date reads a day as browsers send it, 2006-01-02.
func (r *reading) date(field, typed string) rules.Date {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		r.refuse(field, "problem.required")
		return rules.Date{}
	}
	d, err := rules.ParseDate(typed)
	if err != nil {
		r.refuse(field, "admin.bad.date")
	}
	return d
}

// checked reads a tick box.
func checked(typed string) bool { return typed != "" }

// settings refuses what the rules don't allow about these fields, unless a field is refused already.
func (r *reading) settings(s rules.Settings, about []string) {
	for _, p := range s.Problems() {
		if slices.Contains(about, p.Field) && !r.refused(p.Field) {
			r.refuse(p.Field, "admin.bad.number", "Least", p.Least, "Most", p.Most)
		}
	}
}
