package counter_test

import (
	"testing"
	"time"

	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/waitlist"
)

// lookAgain has the board look again as the clock does every ten seconds, and gives how many requests that took.
const lookAgain = `new Promise((done) => {
	let asked = 0;
	document.addEventListener('htmx:before:request', () => asked++);
	htmx.trigger(document.getElementById('board'), 'every', {}, false);
	setTimeout(() => done(asked), 200);
})`

// board opens the board on a tablet and waits until it follows the stream.
func (s *shop) board(b *browser.Browser) *browser.Page {
	s.T.Helper()
	page := b.Open(s.T.(*testing.T), browser.Tablet, s.server.URL+logIn+"?token="+s.ada)
	page.See(`[data-live][data-state="on"]`)
	return page
}

func TestAChangeIsSeenAndAnOpenMenuStaysOpenMeanwhile(t *testing.T) {
	s := open(t)
	amara := s.adds("Amara")
	page := s.board(browser.Start(t))
	menu := "#entry-" + amara + " details[open]"
	page.Click("#entry-" + amara + " summary")
	page.See(menu)
	s.adds("Bela")
	page.SeeText("#board ol", "Bela")
	if !page.Has(menu) {
		t.Error("the menu was closed under the finger")
	}
}

func TestTheBoardLooksAgainByTheClockOnlyWhileThereIsNoStreamAndSomebodyCanSeeIt(t *testing.T) {
	s := open(t)
	page := s.board(browser.Start(t))
	if n := browser.Eval[int](page, lookAgain); n != 0 {
		t.Errorf("with a stream it asked %d times", n)
	}
	browser.Eval[bool](page, `window.dispatchEvent(new Event('offline'))`)
	if n := browser.Eval[int](page, lookAgain); n != 1 {
		t.Errorf("without a stream it asked %d times", n)
	}
	browser.Eval[bool](page, `Object.defineProperty(document, 'hidden', { value: true, configurable: true }) === document`)
	if n := browser.Eval[int](page, lookAgain); n != 0 {
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
