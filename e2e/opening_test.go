package e2e

import (
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/paths"
)

// The whole of what the program is for, as people do it: an owner at a desk, staff at a tablet, customers on phones.
func TestACancelledAppointmentBecomesABookingByItself(t *testing.T) {
	h := newHouse(t)
	b := browser.Start(t)
	owner := b.Open(t, browser.Desktop, h.url+paths.Home)
	signUp(owner)
	setUp(owner)

	tablet := owner // the same session, at the counter
	book(tablet, h, "10:00", "Greta Garbo")
	book(tablet, h, "11:00", "Hedy Lamarr")

	var links []string
	for _, name := range []string{"Amara Okafor", "Bela Bartok", "Clara Schumann"} {
		links = append(links, join(t, h, b, owner, name))
	}

	tablet.Go(h.url + paths.Day("2027-03-02"))
	tablet.Picture("flow-day")
	tablet.Follow(`.wl-day a[href^="/counter/bookings/"]:not([href*="new"])`)
	tablet.SeeText("main", "Greta Garbo")
	tablet.Click(`form[action$="/cancellation"] button`)
	tablet.Wait(`document.querySelector("#flash").textContent.trim() != ""`) // the wish has arrived
	h.pass(11 * time.Second)
	h.pass(time.Second)

	offer := newestLink(owner, h, "/o/")
	phone := b.Open(t, browser.Phone.WithoutScript(), offer)
	phone.SeeText("h1", "Amara Okafor")
	phone.Picture("flow-offer-amara")
	h.pass(15 * time.Minute) // nobody answers
	phone.Reload()
	phone.Gone(`form[action$="/acceptance"] button`)
	phone.Picture("flow-offer-too-late")

	next := newestLink(owner, h, "/o/")
	if next == offer {
		t.Fatal("nobody was asked after the silence")
	}
	second := b.Open(t, browser.Phone.WithoutScript(), next)
	second.SeeText("h1", "Bela Bartok")
	second.Follow(`form[action$="/acceptance"] button`)
	second.See(`a[href$="/event.ics"]`)
	second.Picture("flow-offer-accepted")
	h.pass(time.Second)

	tablet.Go(h.url + paths.Counter)
	tablet.Picture("flow-counter")
	tablet.SeeText("main", "Clara Schumann")
	third := b.Open(t, browser.Phone, links[2])
	third.See("h1")
	third.Picture("flow-where-i-stand")
	if confirmed := newestLink(owner, h, "/v/"); !strings.Contains(confirmed, "/v/") {
		t.Fatalf("no confirmation was sent: %q", confirmed)
	}
}

func signUp(p *browser.Page) {
	p.See("h1")
	p.Picture("flow-first-page")
	p.Follow(`a[href="` + paths.Signup + `"]`)
	p.Fill("#f-business", "Studio Nord")
	p.Set("#f-zone", "Europe/Berlin")
	p.Set("#f-currency", "EUR")
	p.Fill("#f-name", "Ada Lovelace")
	p.Fill("#f-email", "ada@example.org")
	p.Fill("#f-password", "a lovely analytical engine")
	p.Click(`form[action="` + paths.Signup + `"] button.wl-btn-primary`)
	p.Wait(`location.pathname == "` + paths.Welcome + `"`)
}

func setUp(p *browser.Page) {
	p.Follow(`.wl-steps a[href$="step=services"]`)
	addService(p)
	addStaff(p)
	p.Follow(`.wl-side-wide a[href="` + paths.Counter + `"]`)
	p.Picture("flow-counter-empty")
}

func addService(p *browser.Page) {
	p.Fill("#f-name", "Cut")
	p.Fill("#f-duration", "45")
	p.Fill("#f-price", "40")
	p.Follow(`form[action="` + paths.WelcomeService + `"] button.wl-btn-primary`)
	p.Follow(`.wl-steps a[href$="step=team"]`)
}

func addStaff(p *browser.Page) {
	p.Fill("#f-name", "Mia")
	p.Follow(`form[action="` + paths.WelcomeStaff + `"] button.wl-btn-primary`)
}

func book(p *browser.Page, h *house, clock, name string) {
	p.Go(h.url + paths.NewBooking)
	p.Click(`input[name=staff_member]`)
	p.Set("#f-date", "2027-03-02")
	p.Set("#f-from", clock)
	p.Fill("#f-name", name)
	p.Click(`form[action="` + paths.Bookings + `"] button.wl-btn-primary`)
	p.Wait(`!location.pathname.endsWith("/new")`)
	p.SeeText("main", name)
}

// join puts somebody on the list on a phone and presses the button behind the emailed link. It gives the link.
func join(t *testing.T, h *house, b *browser.Browser, owner *browser.Page, name string) string {
	t.Helper()
	phone := b.Open(t, browser.Phone, h.url+paths.Join("studio-nord"))
	phone.Fill("#f-name", name)
	phone.Fill("#f-email", strings.ReplaceAll(strings.ToLower(name), " ", ".")+"@example.org")
	phone.Click("#f-consent")
	phone.Picture("flow-join")
	phone.Click("form#join > button.wl-btn-primary")
	phone.Wait(`location.pathname == "` + paths.JoinSent("studio-nord") + `"`)
	h.pass(time.Second)
	link := newestLink(owner, h, "/w/")
	phone.Go(link)
	phone.Follow(`form[action$="/confirmation"] button`)
	phone.Gone(`form[action$="/confirmation"] button`)
	h.pass(time.Minute)
	return link
}

// newestLink opens the emails of the mailbox, newest first, and gives the first link that leads to a kind of page: several emails may have
// gone out since the last look.
func newestLink(p *browser.Page, h *house, kind string) string {
	p.Go(h.url + paths.Mailbox)
	emails := browser.Eval[[]string](p, `[...document.querySelectorAll('main a[href^="`+paths.Mailbox+`/"]')].map(a => a.href)`)
	for _, email := range emails {
		p.Go(email)
		if link := `a[href*="` + kind + `"]`; p.Has(link) {
			return browser.Eval[string](p, `document.querySelector('`+link+`').href`)
		}
	}
	h.t.Fatalf("no email leads to %s", kind)
	return ""
}
