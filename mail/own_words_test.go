package mail

import (
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/templates"
)

func (s *shop) says(kind templates.Kind, language, subject, body, version string) {
	s.t.Helper()
	s.must(business.New(s.DB, s.W).SaveTemplate(s.t.Context(), s.Staff, kind, business.TemplateForm{
		Language: language, Subject: subject, Heading: "Etwas ist frei", Body: body, Version: version,
	}))
}

func TestABusinessesOwnWordsReachThoseWhoReadTheirLanguage(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	b := business.New(s.DB, s.W)
	s.says(templates.Offer, "de", "Liebe {{customer}}: {{service}}", "Liebe Kundin {{customer}},\n\n{{facts}}\n\n{{button}}", "0")
	s.must(b.ChangeSender(t.Context(), s.Staff, business.SenderForm{SenderName: "Mia vom Studio", ReplyTo: "mia@example.org", Version: "1"}))
	s.must(b.ChangeSignature(t.Context(), s.Staff, business.SignatureForm{Language: "de", Signature: "Herzliche Grüße\nMia", Version: "0"}))
	d := s.deliverer(p.sender())

	s.waits("Amara", "amara@example.org") // reads German
	s.opens()
	s.delivers(d, 1)
	german := p.letters()[0]
	if german.Subject != "Liebe Amara: Haarschnitt" || german.From.Name != "Mia vom Studio" || german.ReplyTo == nil || german.ReplyTo.Email != "mia@example.org" {
		t.Errorf("subject %q from %q, answers to %+v", german.Subject, german.From.Name, german.ReplyTo)
	}
	if text := german.Content[0].Value; !strings.HasPrefix(text, "Liebe Kundin Amara,\n\nWann: ") || !strings.Contains(text, "\n\n-- \nHerzliche Grüße\nMia\nStudio Nord\n") {
		t.Errorf("the text is\n%s", text)
	}

	s.waits("Ben", "ben@example.org")
	s.exec("UPDATE customers SET locale = 'en-GB' WHERE id = (SELECT MAX(customer_id) FROM entries)")
	s.opens()
	s.delivers(d, 1)
	if english := p.letters()[1]; !strings.HasSuffix(strings.SplitN(english.Subject, " is held", 2)[0], "Haarschnitt") || strings.Contains(english.Content[0].Value, "Herzliche") {
		t.Errorf("who reads English gets %q\n%s", english.Subject, english.Content[0].Value)
	}
}

func TestWordsThatCannotBeReadAnyMoreGiveWayToTheDefault(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	s.says(templates.Offer, "de", "Platz frei", "Liebe Kundin {{customer}},\n\n{{button}}", "0")
	s.exec("UPDATE message_templates SET body = 'Hallo {{gone}}'")
	s.waits("Amara", "amara@example.org")
	s.opens()
	s.delivers(s.deliverer(p.sender()), 1)
	if got := p.letters()[0]; !strings.Contains(got.Subject, "für Sie frei") || len(s.log.mentions("can't be read any more")) != 1 {
		t.Errorf("the subject is %q", got.Subject)
	}
}

func TestWhatACustomerIsCalledDoesNoHarmInAnyPartOfALetter(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	s.says(templates.Offer, "de", "{{customer}}", "{{customer}} https://studio-nord.example/?a=1&b=2\n\n{{button}}", "0")
	const name = `{{button}} {{{x}}} <b>Amara</b> https://evil.example &amp;`
	s.waits(name, "amara@example.org")
	s.opens()
	s.delivers(s.deliverer(p.sender()), 1)
	got := p.letters()[0]
	text, page := got.Content[0].Value, got.Content[1].Value
	if got.Subject != name || !strings.HasPrefix(text, name+" https://studio-nord.example/?a=1&b=2\n\n") {
		t.Errorf("subject %q\n%s", got.Subject, text)
	}
	if strings.Contains(page, "<b>Amara") || strings.Contains(page, `href="https://evil`) || !strings.Contains(page, "&lt;b&gt;Amara") || !strings.Contains(page, `href="https://studio-nord.example/?a=1&amp;b=2"`) {
		t.Errorf("the page is\n%s", page)
	}
}

func TestATestShowsWhoeverSentItWhatCustomersWouldGet(t *testing.T) {
	s, p := newShop(t), newProvider(t)
	b := business.New(s.DB, s.W)
	s.must(b.ChangeSignature(t.Context(), s.Staff, business.SignatureForm{Language: "de", Signature: "Ihre Mia", Version: "0"}))
	f := business.TemplateForm{Language: "de", Subject: "{{service}} für {{customer}}", Heading: "Frei", Body: "Es ist frei.\n\n{{facts}}\n\n{{button}}", Version: "0", Press: "p"}
	to := business.TestTo{Name: "Olga", Email: "olga@example.org"}
	_, err := b.TestTemplate(t.Context(), s.Staff, templates.Offer, f, to)
	s.must(err)
	_, err = b.TestTemplate(t.Context(), s.Staff, templates.Offer, f, to)
	s.must(err)
	d := s.deliverer(p.sender())
	s.delivers(d, 1)
	got := p.letters()[0]
	if got.Subject != "Test: Haarschnitt für Alex Beispiel" || got.From.Name != "Studio Nord" || got.Personalizations[0].To[0].Email != "olga@example.org" {
		t.Errorf("%q from %q to %+v", got.Subject, got.From.Name, got.Personalizations)
	}
	if text := got.Content[0].Value; !strings.Contains(text, "Ihre Mia") || !strings.Contains(text, "https://wait.example/b/"+s.Slug) || strings.Contains(text, "/o/") {
		t.Errorf("the text is\n%s", text)
	}
	if n := len(s.messages(outbox.Offer)); n != 0 {
		t.Errorf("customers are owed %d offers", n)
	}
	// A test whose draft is gone is dropped, and drafts go after a day.
	f.Subject = "Zweiter"
	_, err = b.TestTemplate(t.Context(), s.Staff, templates.Offer, f, to)
	s.must(err)
	s.exec("DELETE FROM template_drafts WHERE subject = 'Zweiter'")
	s.delivers(d, 0)
	s.DB.MoveClock(25 * time.Hour)
	f.Subject = "Dritter"
	_, err = b.TestTemplate(t.Context(), s.Staff, templates.Offer, f, to)
	s.must(err)
	var drafts int
	s.must(s.DB.Pool().QueryRowContext(t.Context(), "SELECT COUNT(*) FROM template_drafts").Scan(&drafts))
	if drafts != 1 {
		t.Errorf("%d drafts are kept, want the newest alone", drafts)
	}
}
