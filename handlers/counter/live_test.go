package counter_test

import (
	"testing"
	"time"

	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/waitlist"
)

// looksAgain makes the board do what it does every ten seconds, and gives how many requests that took.
const looksAgain = `new Promise((done) => {
	let asked = 0;
	document.addEventListener('htmx:before:request', () => asked++);
	htmx.trigger(document.getElementById('board'), 'every', {}, false);
	setTimeout(() => done(asked), 200);
})`

func TestAnOpenMenuStaysOpenWhileTheBoardLooksAgain(t *testing.T) {
	s := open(t)
	amara := s.adds("Amara")
	page := browser.Start(t).Open(t, browser.Tablet, s.server.URL+logIn+"?token="+s.ada)
	menu := "#entry-" + amara + " details[open]"
	page.Click("#entry-" + amara + " summary")
	page.See(menu)
	s.adds("Bela")
	browser.Eval[int](page, looksAgain)
	page.SeeText("#board ol", "Bela")
	if !page.Has(menu) {
		t.Error("the menu was closed under the finger")
	}
}

func TestTheBoardRestsWhileNobodyCanSeeIt(t *testing.T) {
	s := open(t)
	page := browser.Start(t).Open(t, browser.Tablet, s.server.URL+logIn+"?token="+s.ada)
	if n := browser.Eval[int](page, looksAgain); n != 1 {
		t.Errorf("seen, it asked %d times", n)
	}
	browser.Eval[bool](page, `Object.defineProperty(document, 'hidden', { value: true, configurable: true }) === document`)
	if n := browser.Eval[int](page, looksAgain); n != 0 {
		t.Errorf("unseen, it asked %d times", n)
	}
}

func TestACustomerIsAddedByKeyboardAloneAndAKnownOneIsFoundOnTheWay(t *testing.T) {
	s := open(t)
	s.WaitAs("Amara Okafor", "amara@example.org", s.cut, waitlist.Wishes{})
	page := browser.Start(t).Open(t, browser.Tablet, s.server.URL+logIn+"?token="+s.ada)
	page.Go(s.server.URL + paths.NewEntry)
	page.Fill("#f-name", "Oka")
	page.SeeText("#known", "amara@example.org")
	page.Picture("counter-known-tablet")
	page.Click("#known label:last-child")
	page.Gone("#f-email")
	page.Click("#known label:first-child")
	page.Fill("#f-name", "Bela")
	page.Press("\r")
	page.SeeText("#flash", "Bela is on the list.")
	page.SeeText("#board", "Bela")
}

func TestWithdrawingIsUndoneFromTheNote(t *testing.T) {
	s := open(t)
	s.adds("Amara")
	s.Open(s.mia, 0, "15:00", 45*time.Minute)
	offer := s.offer("Amara")
	page := browser.Start(t).Open(t, browser.Tablet, s.server.URL+logIn+"?token="+s.ada)
	page.Click("#offer-" + offer.ID + " summary")
	page.Picture("counter-offer-menu-tablet")
	page.Click(`form[action="` + paths.CounterOfferWithdrawal(offer.ID) + `"] button`)
	page.SeeText("#flash", "taken back in 10 seconds")
	page.Picture("counter-undo-tablet")
	page.Click("#flash form button")
	page.SeeText("#flash", "stands as before")
}
