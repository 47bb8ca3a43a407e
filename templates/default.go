package templates

import (
	"strings"
	"sync"

	"github.com/your-org/waitlist-management/i18n"
)

// codes stand in for the catalogue's own placeholders: its texts are templates once filled with these.
var codes = map[string]any{
	"Name": "{{customer}}", "Business": "{{business}}", "Service": "{{service}}", "Staff": "{{staff}}",
	"When": "{{when}}", "Until": "{{until}}", "Date": "{{date}}", "Price": "{{price}}",
}

// DefaultWords are what a kind says in a language as long as a business says nothing else.
func DefaultWords(k Kind, l i18n.Locale) Words {
	d, _ := define(k)
	var body []string
	for _, part := range d.body {
		switch {
		case strings.HasPrefix(part, "{{"):
			body = append(body, part)
		case part == "greeting":
			body = append(body, l.Fill("email.greeting", codes))
		default:
			body = append(body, l.Fill(d.key+part, codes))
		}
	}
	return Words{
		Subject: l.Fill(d.key+"subject", codes), Preview: l.Fill(d.key+"preview", codes), Heading: l.Fill(d.key+"heading", codes),
		Body: strings.Join(body, "\n\n"),
	}
}

// Default is the template of DefaultWords. k is one of Kinds.
func Default(k Kind, l i18n.Locale) *Template {
	key := defaultKey{k, l.Tag()}
	if t, known := defaults.Load(key); known {
		return t.(*Template)
	}
	t, faults := Parse(k, DefaultWords(k, l))
	if len(faults) > 0 { // a test reads every kind in every language
		panic("the default words of " + string(k) + " in " + l.Tag() + ": " + faults[0].Code + " " + faults[0].Name)
	}
	defaults.Store(key, t)
	return t
}

var defaults sync.Map

type defaultKey struct {
	kind Kind
	tag  string
}
