// Package email holds the words and the looks of the emails to customers and users: a letter per occasion, and one page that shows
// any letter. Letters are in the language of whoever gets them, their times in the zone of the business.
package email

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"github.com/vanng822/go-premailer/premailer"

	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/templates"
)

// Letter is what an email says, for both its parts. All of it is plain text; empty fields are left out.
type Letter struct {
	Locale      i18n.Locale
	Business    string
	Dress       Dress
	Subject     string
	Preview     string // what an inbox shows behind the subject
	Heading     string
	Body        []templates.Paragraph // says where the following stand
	Highlight   string
	Facts       []Fact
	Button      Link
	Other       Link
	Rating      []Link // one for each mark, in their order
	Signature   []string
	Why         string // why they get this
	Manage      Link
	Unsubscribe Link

	inbox *Inbox // of a preview
}

// Fact is one line of what an appointment is.
type Fact struct{ Label, Value string }

// Link leads to a page of this program.
type Link struct{ Label, URL string }

// HTML is the letter as a page with its styles on the elements, as mail readers want them.
func (l Letter) HTML(ctx context.Context) (string, error) {
	var raw bytes.Buffer
	if err := page(l).Render(i18n.With(ctx, l.Locale), &raw); err != nil {
		return "", fmt.Errorf("rendering a letter: %w", err)
	}
	doc, err := goquery.NewDocumentFromReader(&raw)
	if err != nil {
		return "", fmt.Errorf("reading a letter back: %w", err)
	}
	inlined, err := premailer.NewPremailer(doc, premailer.NewOptions()).Transform()
	if err != nil {
		return "", fmt.Errorf("inlining a letter's styles: %w", err)
	}
	return inlined, nil
}

// Text is the letter for readers without HTML, its lines ending in \n.
func (l Letter) Text() string {
	var blocks []string
	add := func(text string) {
		if text != "" {
			blocks = append(blocks, text)
		}
	}
	for _, p := range l.Body {
		add(l.plain(p))
	}
	add(strings.Join(slices.Concat([]string{"-- "}, l.Signature, []string{l.Business}, l.Dress.Contact), "\n"))
	add(l.Why)
	add(l.Manage.plain())
	add(l.Unsubscribe.plain())
	return strings.Join(blocks, "\n\n") + "\n"
}

// plain is a paragraph as text.
func (l Letter) plain(p templates.Paragraph) string {
	switch p.Block {
	case templates.Highlight:
		return l.Highlight
	case templates.Facts:
		var facts []string
		for _, f := range l.Facts {
			facts = append(facts, f.Label+": "+f.Value)
		}
		return strings.Join(facts, "\n")
	case templates.Button:
		return l.Button.plain()
	case templates.Other:
		return l.Other.plain()
	case templates.Rating:
		var marks []string
		for _, mark := range l.Rating {
			marks = append(marks, mark.plain())
		}
		return strings.Join(marks, "\n")
	}
	return p.Text()
}

func (to Link) plain() string {
	if to.URL == "" {
		return ""
	}
	return to.Label + ":\n" + to.URL
}
