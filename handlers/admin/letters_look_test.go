package admin_test

import (
	"testing"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/templates"
)

// worded is a business with own words for the offer in German, in two versions, and a signature.
func worded(t *testing.T) *site {
	t.Helper()
	s := open(t)
	s.staffed()
	b := business.New(s.DB, s.W)
	for i, heading := range []string{"Ein Platz für Sie", "Guten Tag, ein Platz für Sie"} {
		s.check(b.SaveTemplate(s.Context(), s.Staff, templates.Offer, business.TemplateForm{
			Language: "de", Subject: "{{when}}: Platz frei bei {{business}}", Preview: "Bis {{until}} für Sie gehalten", Heading: heading,
			Body: "Liebe Frau {{customer}},\n\nes ist etwas frei geworden:\n\n{{facts}}\n\n{{highlight}}\n\n{{button}}\n\n{{other}}\n\nSo finden Sie uns: https://studio-nord.example/anfahrt.", Version: []string{"0", "1"}[i],
		}))
	}
	s.check(b.ChangeSignature(s.Context(), s.Staff, business.SignatureForm{Language: "de", Signature: "Herzliche Grüße\nIhr Team vom Studio Nord", Version: "0"}))
	return s
}

func TestThePagesAboutMessagesSuitEveryScreenAndEverybody(t *testing.T) {
	s := worded(t)
	b := browser.Start(t)
	for name, screen := range map[string]browser.Screen{
		"phone": browser.Phone, "phone-dark": browser.Phone.InTheDark(), "narrow": {Width: 320, Height: 640, Scale: 2, Touch: true},
		"tablet": browser.Tablet, "desktop": browser.Desktop, "desktop-dark": browser.Desktop.InTheDark(),
	} {
		t.Run(name, func(t *testing.T) {
			page := b.Open(t, screen, s.server.URL+logIn+"?token="+s.token)
			for picture, at := range map[string]string{
				"list": paths.Messages, "offer": paths.TemplateIn("offer", "de"), "default": paths.TemplateIn("join", "en"), "sending": paths.SignatureIn("de"),
				"german-list": paths.Messages + "?lang=de", "german-offer": paths.TemplateIn("offer", "de") + "&lang=de",
			} {
				if status := page.Go(s.server.URL + at); status != 200 {
					t.Fatalf("%s answers %d", at, status)
				}
				page.Picture("letters-" + picture + "-" + name)
				page.Fits()
				page.Reachable()
				if screen.Width == browser.Phone.Width {
					page.Accessible()
				}
			}
		})
	}
}

func TestWithoutScriptTheCodesCanBeCopiedAndThePreviewIsPressed(t *testing.T) {
	s := worded(t)
	page := browser.Start(t).Open(t, browser.Phone.WithoutScript(), s.server.URL+logIn+"?token="+s.token)
	page.Go(s.server.URL + paths.TemplateIn("offer", "de"))
	page.SeeText(".wl-picks", "{{customer}}")
	page.Gone("[data-insert]:not([hidden])")
	page.Fill("#f-heading", "Ohne Skript")
	page.Click("#preview-button")
	page.Wait(`document.querySelector("iframe[name=letter]").contentDocument?.body?.textContent.includes("Ohne Skript")`)
	if got := page.URL(); got != s.server.URL+paths.TemplateIn("offer", "de") {
		t.Errorf("the preview led away, to %s", got)
	}
	page.Picture("letters-without-script")
}
