package email

import (
	"strings"

	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/templates"
	"github.com/your-org/waitlist-management/waitlist"
)

// Paper is what a letter to a customer is written on: in which language, with whose words, signed by whom.
type Paper struct {
	Locale      i18n.Locale
	Base        paths.Base
	Own         map[templates.Kind]*templates.Template // a business's own words in this language; where it has none the default speaks
	Signature   string                                 // lines; empty: none
	Unsubscribe string                                 // absolute address; empty: no link
}

// write makes every letter to a customer, in one way: words with values in them, and the parts of l, which its blocks show.
func (on Paper) write(k templates.Kind, b waitlist.Business, values templates.Values, l Letter) Letter {
	words := on.Own[k]
	if words == nil {
		words = templates.Default(k, on.Locale)
	}
	values["business"] = b.Name
	filled := words.Fill(values)
	l.Subject, l.Preview, l.Heading, l.Body = filled.Subject, filled.Preview, filled.Heading, filled.Body
	l.Locale, l.Business, l.Dress = on.Locale, b.Name, dress(b, on.Base)
	if on.Signature != "" {
		l.Signature = strings.Split(on.Signature, "\n")
	}
	if on.Unsubscribe != "" {
		l.Unsubscribe = Link{on.Locale.T("email.unsubscribe"), on.Unsubscribe}
	}
	return l
}

// manage leads to where wishes are changed and the list is left.
func (on Paper) manage(entryToken string) Link {
	if entryToken == "" {
		return Link{}
	}
	return Link{on.Locale.T("email.manage"), on.Base.Abs(paths.Entry(entryToken))}
}
