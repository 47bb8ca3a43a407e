package waitlist

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/text/language"

	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
)

const (
	nameMost   = 80  // letters
	reasonMost = 200 // letters
	noteMost   = 400 // letters
	wordsMost  = 21  // windows
)

// contact is how a customer is called and reached, checked and in normal form.
type contact struct {
	name, email, phone string
}

// readContact checks what was typed. region is where a phone number without a country code is from.
func readContact(name, email, phone, locale string, emailNeeded bool) (contact, []problem.Field) {
	var bad []problem.Field
	c := contact{name: strings.Join(strings.Fields(name), " "), email: strings.TrimSpace(email), phone: strings.TrimSpace(phone)}
	if field := textField("name", c.name, 1, nameMost); field != nil {
		bad = append(bad, *field)
	}
	switch {
	case c.email == "" && emailNeeded:
		bad = append(bad, problem.Bad("email", "problem.required"))
	case c.email != "" && !seal.CheckEmail(c.email):
		bad = append(bad, problem.Bad("email", "problem.email"))
	}
	if c.phone != "" {
		number, ok := readPhone(c.phone, locale)
		if !ok {
			bad = append(bad, problem.Bad("phone", "problem.phone"))
		}
		c.phone = number
	}
	return c, bad
}

// readPhone gives a number in E.164. Without a country code it is read as one of the locale's region.
func readPhone(typed, locale string) (string, bool) {
	region, _ := language.Make(locale).Region()
	number, err := phonenumbers.Parse(typed, region.String())
	if err != nil || !phonenumbers.IsValidNumber(number) {
		return "", false
	}
	return phonenumbers.Format(number, phonenumbers.E164), true
}

// textField tells what is wrong with one line of text; nil when nothing is.
func textField(name, text string, least, most int) *problem.Field {
	length := utf8.RuneCountInString(text)
	var bad problem.Field
	switch {
	case length < least:
		bad = problem.Bad(name, "problem.required")
	case !utf8.ValidString(text) || strings.ContainsFunc(text, unprintable):
		bad = problem.Bad(name, "problem.characters")
	case length > most:
		bad = problem.Bad(name, "problem.too_long", "Most", most)
	default:
		return nil
	}
	return &bad
}

// unprintable refuses control characters, and the marks that turn the direction of the text around them.
func unprintable(r rune) bool {
	return unicode.IsControl(r) || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == utf8.RuneError
}

func readReason(typed string) (string, *problem.Field) {
	reason := strings.Join(strings.Fields(typed), " ")
	return reason, textField("reason", reason, 1, reasonMost)
}

// readNote checks a note, in which lines may be broken.
func readNote(typed string) (string, *problem.Field) {
	note := strings.TrimSpace(strings.ReplaceAll(typed, "\r\n", "\n"))
	if field := textField("note", strings.ReplaceAll(note, "\n", " "), 0, noteMost); field != nil {
		return "", field
	}
	return note, nil
}

// flexibleDays counts the weekdays on which somebody with these windows can come.
func flexibleDays(windows []rules.Window) int {
	if len(windows) == 0 {
		return 7
	}
	days := map[int]bool{}
	for _, w := range windows {
		if w.Weekday == 0 {
			return 7
		}
		days[w.Weekday] = true
	}
	return len(days)
}

func minutes(d time.Duration) int { return int(d / time.Minute) }
