package e2e

import (
	"testing"
	"time"

	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/paths"
)

// A new owner, from signing up to a list that has filled its first slot: by keyboard alone up to the hours, then by what the pages offer.
func TestANewOwnerComesFromSigningUpToALiveWaitlist(t *testing.T) {
	h := newHouse(t)
	b := browser.Start(t)
	owner := b.Open(t, browser.Desktop, h.url+paths.Signup)
	signUpByKeyboard(owner)
	owner.SeeText("h1", "step by step")
	owner.Picture("first-run-profile")
	owner.Accessible()
	typeAt(owner, "#f-street", "Torstraße 12")
	typeAt(owner, "#f-postcode", "10119")
	typeAt(owner, "#f-town", "Berlin")
	typeAt(owner, "#f-phone", "030 901820")
	pressAt(owner, `form[action="`+paths.WelcomeProfile+`"] button`)
	owner.Wait(`location.search == "?step=hours"`)

	owner.Follow(`form[action="` + paths.WelcomeHours + `"] button`)
	owner.SeeText("h2", "What do you offer?")
	addService(owner)
	addStaff(owner)
	owner.Follow(`a[data-next]`)
	owner.Follow(`form[action="` + paths.WelcomeOffers + `"] button`)
	owner.See("#share")
	owner.Picture("first-run-share")
	owner.Go(h.url + paths.Admin)
	owner.SeeText("#guide", "5 of 7")
	owner.Picture("first-run-overview")

	owner.Go(h.url + paths.Launch)
	owner.See(`[data-check="profile"][data-verdict="ok"]`)
	owner.See(`[data-check="tried"][data-verdict="todo"]`)
	owner.Picture("launch-before")
	owner.Accessible()

	join(t, h, b, owner, "Amara Okafor")
	owner.Go(h.url + paths.Welcome)
	owner.SeeText("h2", "Send yourself a first offer")
	owner.Follow(`#try a[href="` + paths.NewSlot + `"]`)
	owner.Set("#f-date", "2027-03-02")
	owner.Set("#f-from", "10:00")
	owner.Click(`form[action="` + paths.Slots + `"] button.wl-btn-primary`)
	owner.Wait(`location.pathname != "` + paths.NewSlot + `"`)
	h.pass(time.Second)
	phone := b.Open(t, browser.Phone, newestLink(owner, h, "/o/"))
	phone.SeeText(".wl-contact", "+49 30 901820")
	phone.SeeText("main", "Torstraße 12, 10119 Berlin")
	phone.Picture("first-run-offer")
	phone.Follow(`form[action$="/acceptance"] button`)
	phone.See(`a[href$="/event.ics"]`)
	h.pass(time.Second)

	owner.Go(h.url + paths.Welcome)
	owner.SeeText("#ready", "All set")
	owner.Follow(`#ready a[href="` + paths.Launch + `"]`)
	for _, check := range []string{"profile", "hours", "services", "staff", "join", "tried"} {
		owner.See(`[data-check="` + check + `"][data-verdict="ok"]`)
	}
	// What is not so is not claimed: emails stay here, and so does the address.
	for _, check := range []string{"sender", "base"} {
		owner.See(`[data-check="` + check + `"][data-verdict="todo"]`)
	}
	owner.Picture("launch-after")
	owner.Go(h.url + paths.Admin)
	owner.Gone("#guide")
}

func signUpByKeyboard(p *browser.Page) {
	typeAt(p, "#f-business", "Studio Nord")
	p.Set("#f-zone", "Europe/Berlin")
	typeAt(p, "#f-name", "Ada Lovelace")
	typeAt(p, "#f-email", "ada@example.org")
	typeAt(p, "#f-password", "a lovely analytical engine")
	p.Press("\r")
	p.Wait(`location.pathname == "` + paths.Welcome + `"`)
}

// tabTo presses Tab until this element has the focus, as somebody without a mouse does.
func tabTo(p *browser.Page, selector string) {
	for range 80 {
		if browser.Eval[bool](p, `document.activeElement.matches(`+"`"+selector+"`"+`)`) {
			return
		}
		p.Press("\t")
	}
	p.Wait(`document.activeElement.matches(` + "`" + selector + "`" + `)`)
}

func typeAt(p *browser.Page, selector, text string) {
	tabTo(p, selector)
	p.Press(text)
}

func pressAt(p *browser.Page, selector string) {
	tabTo(p, selector)
	p.Press("\r")
}
