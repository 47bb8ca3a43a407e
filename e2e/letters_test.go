package e2e

import (
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/paths"
)

const brand = "#0f766e"

// shown is an expression for what the preview says.
const shown = `(document.querySelector("iframe:not([hidden])")?.contentDocument?.body?.textContent ?? "")`

// An owner writes the offer in German with a colour and a signature of their own, sees it while they write, sends it to themselves, and a
// customer who reads German gets it so.
func TestAnOwnerWritesTheOfferInTheirOwnWordsAndItArrivesSo(t *testing.T) {
	h := newHouse(t)
	b := browser.Start(t)
	owner := b.Open(t, browser.Desktop, h.url+paths.Home)
	signUp(owner)
	setUp(owner)
	owner.Go(h.url + paths.Look)
	owner.Fill("#f-colour", brand)
	owner.Click("#colour-form button.wl-btn-primary")
	owner.SeeText("#flash", "colour")
	owner.Go(h.url + paths.SignatureIn("de"))
	owner.Fill("#f-signature", "Herzliche Grüße, Ihre Mia")
	owner.Click("#signature-form button.wl-btn-primary")
	owner.SeeText("#flash", "saved")

	owner.Go(h.url + paths.Messages)
	owner.Follow(`a[href="` + paths.TemplateIn("offer", "en") + `"]`)
	owner.Follow(`nav a[lang=de]`)
	owner.Wait(shown + `.includes("Ein Termin ist frei geworden")`)
	owner.Fill("#f-heading", "Guten Tag, ein Platz für Sie")
	owner.Wait(shown + `.includes("Guten Tag, ein Platz für Sie")`)
	owner.Fill("#f-subject", "Frei für ")
	owner.Click(`[data-insert="{{customer}}"]`)
	if got := owner.Value("#f-subject"); got != "Frei für {{customer}}" {
		t.Errorf("the placeholder went elsewhere: %q", got)
	}
	owner.Wait(shown + `.includes("Frei für Alex Beispiel")`)
	owner.Set("#f-body", "Liebe Kundin,")
	owner.Click("#f-body")
	owner.Click(`[data-insert="{{facts}}"]`)
	owner.Click(`[data-insert="{{button}}"]`)
	if got := owner.Value("#f-body"); got != "Liebe Kundin,\n\n{{facts}}\n\n{{button}}" {
		t.Errorf("blocks don't get a line of their own: %q", got)
	}
	owner.Wait(shown + `.includes("Herzliche Grüße, Ihre Mia")`)
	owner.Click(`label:has([value=dark])`)
	owner.Wait(`document.querySelector("iframe:not([hidden])")?.contentDocument?.querySelector('meta[name="color-scheme"]')?.content === "dark"`)
	owner.Click(`label:has([value=desktop])`)
	owner.Picture("flow-letters-preview")
	before := browser.Eval[int](owner, "history.length")
	owner.Fill("#f-preview", "Schnell sein lohnt sich")
	owner.Wait(shown + `.includes("Schnell sein lohnt sich")`)
	if after := browser.Eval[int](owner, "history.length"); after != before {
		t.Errorf("previews fill the browser's history: %d entries, then %d", before, after)
	}

	owner.Follow(`button[formaction="` + paths.TemplateTest("offer") + `"]`)
	owner.SeeText("#flash", "ada@example.org")
	if got := owner.Value("#f-subject"); got != "Frei für {{customer}}" {
		t.Errorf("the test forgot what was typed: %q", got)
	}
	back := owner.URL()
	h.pass(time.Second)
	arrived(t, owner, h, "Test: Frei für Alex Beispiel")
	owner.Picture("flow-letters-test")
	owner.Go(back)
	owner.Follow(`#template-form button.wl-btn-primary`)
	owner.SeeText("#versions", "Version 1")

	phone := b.Open(t, browser.Phone, h.url+paths.Join("studio-nord")+"?lang=de")
	phone.Fill("#f-name", "Amara Okafor")
	phone.Fill("#f-email", "amara@example.org")
	phone.Click("#f-consent")
	phone.Click("form#join > button.wl-btn-primary")
	phone.Wait(`location.pathname == "` + paths.JoinSent("studio-nord") + `"`)
	h.pass(time.Second)
	phone.Go(newestLink(owner, h, "/w/"))
	phone.Follow(`form[action$="/confirmation"] button`)
	owner.Go(h.url + paths.NewSlot)
	owner.Click(`input[name=staff_member]`)
	owner.Set("#f-date", "2027-03-02")
	owner.Set("#f-from", "10:00")
	owner.Click(`form[action="` + paths.Slots + `"] button.wl-btn-primary`)
	owner.Wait(`!location.pathname.endsWith("/new")`)
	h.pass(time.Second)
	arrived(t, owner, h, "Frei für Amara Okafor")
	owner.Picture("flow-letters-offer")
}

// arrived opens the newest email in full width and looks at whether it is the owner's.
func arrived(t *testing.T, p *browser.Page, h *house, subject string) {
	t.Helper()
	p.Go(h.url + paths.Mailbox)
	p.Follow(`main a[href^="` + paths.Mailbox + `/"]`)
	p.SeeText("h1", subject)
	p.SeeText("main", "Herzliche Grüße, Ihre Mia")
	p.Follow(`.wl-actions a[href$="/html"]`)
	text := p.See("body")
	for _, want := range []string{"Guten Tag, ein Platz für Sie", "Liebe Kundin,", "Mia", "Ansehen und zusagen", "Herzliche Grüße, Ihre Mia"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
	if got := browser.Eval[string](p, `getComputedStyle(document.querySelector("td.button")).backgroundColor`); got != "rgb(15, 118, 110)" {
		t.Errorf("the button is %s", got)
	}
}
