// Package email holds the words and the looks of the emails to customers and users: a letter per occasion, and one page that shows
// any letter. Letters are in the language of whoever gets them, their times in the zone of the business.
package email

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"github.com/vanng822/go-premailer/premailer"

	"github.com/your-org/waitlist-management/i18n"
)

// Letter is what an email says, for both its parts. All of it is plain text; empty fields are left out.
type Letter struct {
	Locale    i18n.Locale
	Business  string
	Dress     Dress
	Subject   string
	Preview   string // what an inbox shows behind the subject
	Heading   string
	Greeting  string
	Lead      string
	Highlight string // the one line nobody should miss
	Facts     []Fact
	Button    Link
	Other     Link // the lesser way
	Notes     []string
	Why       string // why they get this
	Manage    Link
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
	link := func(to Link) {
		if to.URL != "" {
			add(to.Label + ":\n" + to.URL)
		}
	}
	add(l.Greeting)
	add(l.Lead)
	add(l.Highlight)
	var facts []string
	for _, f := range l.Facts {
		facts = append(facts, f.Label+": "+f.Value)
	}
	add(strings.Join(facts, "\n"))
	link(l.Button)
	link(l.Other)
	for _, note := range l.Notes {
		add(note)
	}
	add(strings.Join(append([]string{"-- ", l.Business}, l.Dress.Contact...), "\n"))
	add(l.Why)
	link(l.Manage)
	return strings.Join(blocks, "\n\n") + "\n"
}
