package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/seal"
)

const offerBody = "Hello {{customer}},\n\n{{facts}}\n\n{{button}}"

// typed are words as they are typed over the default ones.
func typed(subject, body string) url.Values {
	return url.Values{"subject": {subject}, "preview": {""}, "heading": {"Hello"}, "body": {body}}
}

func (s *site) saveOffer(subject, body string) answer {
	s.t.Helper()
	return s.press(s.get(paths.TemplateIn("offer", "en")), paths.Template("offer"), typed(subject, body))
}

func TestABusinessWritesItsOwnWordsAndGoesBack(t *testing.T) {
	s := open(t)
	list := s.page(paths.Messages, "Messages").says("Offer", "Default").silent("Your words")
	if href := list.Find(".wl-words").First().AttrOr("href", ""); href != paths.TemplateIn("join", "en") {
		t.Errorf("the first leads to %q", href)
	}
	first := s.page(paths.TemplateIn("offer", "en"), "Offer").says("These are the default words", "{{customer}}", "{{button}}", "needed")
	if got := first.Find("#f-subject").AttrOr("value", ""); got != "{{when}}: {{service}} is held for you until {{until}}" {
		t.Errorf("the default subject is %q", got)
	}
	if got := first.Find("#f-body").Text(); !strings.Contains(got, "Hello {{customer}},\n\n{{business}} has a free appointment") || !strings.Contains(got, "\n\n{{button}}\n\n") {
		t.Errorf("the default body is %q", got)
	}
	saved := s.leadsTo(s.saveOffer("{{service}} for {{customer}}", offerBody), paths.TemplateIn("offer", "en"))
	saved.says("Saved.", "Version 1", "Is sent", "by Ada Lovelace").silent("These are the default words")
	s.leadsTo(s.press(saved, paths.Template("offer"), typed("Another subject", offerBody)), paths.TemplateIn("offer", "en"))
	page := s.get(paths.TemplateIn("offer", "en")).says("Version 2", "Version 1")
	s.leadsTo(s.press(page, paths.Template("offer"), typed("Another subject", offerBody)), paths.TemplateIn("offer", "en")).silent("Version 3")
	s.get(paths.Messages).says("Your words", "Changed Mon 1 Mar, 09:00 by Ada Lovelace")

	restore := page.Find(`form[action="` + paths.TemplateRestoration("offer") + `"]`)
	if restore.Length() != 2 {
		t.Fatalf("%d ways back, want one to version 1 and one to the default", restore.Length())
	}
	choice := func(n int) url.Values {
		return url.Values{
			"language": {"en"}, "id": {restore.Eq(n).Find(`[name="id"]`).AttrOr("value", "")}, "version": {restore.Eq(n).Find(`[name="version"]`).AttrOr("value", "")},
		}
	}
	back := s.leadsTo(s.ask("POST", paths.TemplateRestoration("offer"), choice(0)), paths.TemplateIn("offer", "en")).says("The earlier version is sent again.")
	if got := back.Find("#f-subject").AttrOr("value", ""); got != "{{service}} for {{customer}}" {
		t.Errorf("after bringing version 1 back the subject is %q", got)
	}
	if got := s.ask("POST", paths.TemplateRestoration("offer"), choice(0)).status; got != http.StatusSeeOther {
		t.Errorf("pressed twice: %d", got)
	}
	if got := s.ask("POST", paths.TemplateRestoration("offer"), choice(1)).status; got != http.StatusConflict {
		t.Errorf("an old page sets back to the default: %d", got)
	}
	undo := back.Find(`[data-flash] form`).AttrOr("action", "")
	if again := s.leadsTo(s.ask("POST", undo, url.Values{}), paths.TemplateIn("offer", "en")); again.Find("#f-subject").AttrOr("value", "") != "Another subject" {
		t.Error("undo does not bring version 2 back")
	}
	version := s.get(paths.TemplateIn("offer", "en")).Find(`#template-form [name="version"]`).AttrOr("value", "")
	reset := s.ask("POST", paths.TemplateRestoration("offer"), url.Values{"language": {"en"}, "version": {version}})
	s.leadsTo(reset, paths.TemplateIn("offer", "en")).says("The default words are sent again.", "These are the default words", "Version 2")
}

func TestWordsWithAFaultComeBackWithWhereItIs(t *testing.T) {
	s := open(t)
	for _, c := range []struct{ subject, body, field, says string }{
		{"Hello", "Dear {{custommer}}\n\n{{button}}", "body", "Line 1: there is no placeholder called “custommer”. Pick one from the list."},
		{"Hello", "{{customer}}\n\n{{#facts}}\n{{button}}", "body", "Line 3: “facts” is written as a section."},
		{"{{>layout}}", offerBody, "subject", "“layout” is written as something to be read in."},
		{"{{{customer}}}", offerBody, "subject", "“customer” is written as raw HTML."},
		{"Hello", "Call us!", "body", "Without the part “button” customers can’t answer."},
		{"Hello", offerBody + strings.Repeat("x", 100<<10), "body", "At most 5000 characters, please."},
	} {
		got := s.saveOffer(c.subject, c.body).refuses(c.field).says(c.says)
		if kept := got.Find("#f-body").Text(); kept != c.body {
			t.Errorf("%s: what was typed is gone: %.80q", c.says, kept)
		}
	}
	s.get(paths.Messages).silent("Your words")
}

func TestTwoWhoEditOneMessageAreToldOfEachOther(t *testing.T) {
	s := open(t)
	mine := s.get(paths.TemplateIn("offer", "en"))
	s.saveOffer("Theirs", offerBody)
	refused := s.press(mine, paths.Template("offer"), typed("Mine", offerBody))
	if refused.status != http.StatusConflict || refused.Find("#f-subject").AttrOr("value", "") != "Mine" {
		t.Fatalf("status %d, subject %q", refused.status, refused.Find("#f-subject").AttrOr("value", ""))
	}
	refused.says("Somebody else changed this message", "Theirs")
	s.leadsTo(s.press(refused, paths.Template("offer"), typed("Mine", offerBody)), paths.TemplateIn("offer", "en")).says("Version 2")
}

func TestThePreviewShowsWhatIsTypedAndCanDoNothing(t *testing.T) {
	s := open(t)
	s.staffed()
	page := s.get(paths.TemplateIn("offer", "de"))
	if got := page.header.Get("Content-Security-Policy"); !strings.Contains(got, "frame-src 'self'") || strings.Contains(got, "unsafe-inline") {
		t.Errorf("the page's policy is %q", got)
	}
	saved := s.get(page.Find("iframe[name=letter]").AttrOr("src", "")).says("Ein Termin ist frei geworden", "Guten Tag Alex Beispiel", "Haircut")
	if got := saved.header.Get("Content-Security-Policy"); !strings.Contains(got, "default-src 'none'") || !strings.Contains(got, "sandbox") ||
		!strings.Contains(got, "frame-ancestors 'self'") || strings.Contains(got, "script") {
		t.Errorf("the preview's policy is %q", got)
	}
	words := page.fields(paths.Template("offer"), typed("{{service}}?", "<script>alert(1)</script> {{customer}}\n\n{{button}}"))
	words.Set("scheme", "dark")
	shown := s.ask("POST", paths.TemplatePreview("offer"), words).says("Haircut?", "<script>alert(1)</script> Alex Beispiel")
	if shown.Find("script").Length() != 0 || !strings.Contains(shown.body, "@media all") || strings.Contains(shown.body, "prefers-color-scheme") {
		t.Errorf("the preview is\n%s", shown.body)
	}
	shown.Find("a").Each(func(_ int, a *goquery.Selection) {
		if href := a.AttrOr("href", ""); href != s.server.URL+paths.Join(s.Slug) {
			t.Errorf("a link of a made-up letter leads to %q", href)
		}
	})
	words.Set("body", "{{nobody}}")
	s.ask("POST", paths.TemplatePreview("offer"), words).says("something to mend first", "Text: Line 1: there is no placeholder called “nobody”")
	s.get(paths.Messages).silent("Your words")
}

func TestATestIsOwedOnceAndKeepsWhatWasTyped(t *testing.T) {
	s := open(t)
	page := s.get(paths.TemplateIn("offer", "de"))
	words := page.fields(paths.Template("offer"), typed("Nur ein Entwurf", offerBody))
	sent := s.ask("POST", paths.TemplateTest("offer"), words)
	draft := sent.header.Get("Location")
	if again := s.ask("POST", paths.TemplateTest("offer"), words); draft != again.header.Get("Location") || !strings.Contains(draft, "draft=") {
		t.Fatalf("led to %q, then to %q", draft, again.header.Get("Location"))
	}
	kept := s.get(draft).says("The test is on its way to ada@example.org", "This is the draft you sent yourself")
	if got := kept.Find("#f-subject").AttrOr("value", ""); got != "Nur ein Entwurf" {
		t.Errorf("the draft's subject is %q", got)
	}
	var owed int
	s.check(s.DB.Pool().QueryRowContext(s.Context(), "SELECT COUNT(*) FROM user_messages WHERE kind = 'template_test'").Scan(&owed))
	if owed != 1 {
		t.Errorf("%d tests are owed, want 1", owed)
	}
	s.get(paths.TemplateIn("offer", "de")).says("These are the default words")
	s.leadsTo(s.press(kept, paths.Template("offer"), typed("Nur ein Entwurf", offerBody)), paths.TemplateIn("offer", "de")).says("Version 1")
	for n := range 40 {
		words.Set("subject", strings.Repeat("x", n+1))
		if got := s.ask("POST", paths.TemplateTest("offer"), words); got.status != http.StatusSeeOther {
			if got.status != http.StatusTooManyRequests || n != 29 {
				t.Errorf("test %d answers %d", n+2, got.status)
			}
			return
		}
	}
	t.Error("tests have no limit")
}

func TestAnotherBusinessesWordsAreNotFound(t *testing.T) {
	s := open(t)
	s.saveOffer("Ours", offerBody)
	words := s.get(paths.TemplateIn("offer", "en")).fields(paths.Template("offer"), typed("Draft", offerBody))
	draft := s.ask("POST", paths.TemplateTest("offer"), words).header.Get("Location")
	id := s.get(paths.TemplateIn("offer", "en")).Find(`a[href*="version="]`).AttrOr("href", "")
	s.comeIn(s.newAdmin(accounts.New(s.DB, accounts.SignupClosed), "elsewhere", "eve@example.org"))
	for _, at := range []string{
		draft, id, strings.Replace(draft, "/offer?", "/offer/preview?", 1), paths.TemplateIn("offer", "xx"), paths.TemplateIn("nothing", "en"), paths.TemplateIn("offer", "en-US"),
		paths.TemplateFromVersion("offer", "en", seal.PublicID()), paths.SignatureIn("tlh"),
	} {
		if got := s.get(at); got.status != http.StatusNotFound {
			t.Errorf("%s answers %d", at, got.status)
		}
	}
	version, err := url.Parse(id)
	s.check(err)
	foreign := url.Values{"language": {"en"}, "id": {version.Query().Get("version")}, "version": {"0"}}
	if got := s.ask("POST", paths.TemplateRestoration("offer"), foreign); got.status != http.StatusNotFound {
		t.Errorf("bringing a foreign version back answers %d", got.status)
	}
	s.get(paths.Messages).silent("Your words")
}

func TestTheSenderAndTheSignatureAreSaved(t *testing.T) {
	s := open(t)
	page := s.page(paths.MessagesSending, "Messages").says("Left empty, it is “Studio Nord”.", "reach nobody")
	s.pressLive(page, paths.MessagesSender, "sender-form", url.Values{"reply_to": {"nobody"}}).refuses("reply_to").partOnly("sender-form")
	s.leadsTo(s.press(page, paths.MessagesSender, url.Values{"sender_name": {"Mia vom Studio"}, "reply_to": {"mia@example.org"}}), paths.MessagesSending).says("The sender is saved.")
	if got := s.press(page, paths.MessagesSender, url.Values{"sender_name": {"Too late"}}); got.status != http.StatusConflict {
		t.Errorf("an old form is answered %d", got.status)
	}
	german := s.get(paths.SignatureIn("de"))
	s.pressLive(german, paths.MessagesSignature, "signature-form", url.Values{"signature": {strings.Repeat("x\n", 9)}}).refuses("signature").partOnly("signature-form")
	s.leadsTo(s.press(german, paths.MessagesSignature, url.Values{"signature": {"Grüße\r\nMia \u202e"}}), paths.SignatureIn("de"))
	if got := s.get(paths.SignatureIn("de")).Find("#f-signature").Text(); got != "Grüße\nMia" {
		t.Errorf("the signature is %q", got)
	}
	if got := s.get(paths.SignatureIn("en")).Find("#f-signature").Text(); got != "" {
		t.Errorf("the English signature is %q", got)
	}
	if got := s.press(german, paths.MessagesSignature, url.Values{"signature": {"Too late"}}); got.status != http.StatusConflict {
		t.Errorf("an old form is answered %d", got.status)
	}
}

func TestThePagesAboutMessagesAreValid(t *testing.T) {
	s := worded(t)
	documents := map[string]string{"refused": s.saveOffer("{{nobody}}", "Hello").body}
	for _, at := range []string{paths.Messages, paths.TemplateIn("offer", "de"), paths.TemplateIn("join", "en"), paths.SignatureIn("de")} {
		documents[at] = s.get(at).body
	}
	browser.Valid(t, documents)
}
