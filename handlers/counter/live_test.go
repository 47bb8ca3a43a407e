package counter_test

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

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

func TestFocusAndScrollSurviveWhatHappensMeanwhile(t *testing.T) {
	s := open(t)
	entries := s.crowd(40)
	page := s.board(browser.Start(t))
	middle := "#entry-" + entries[20]
	browser.Eval[bool](page, `(link => { link.focus(); link.scrollIntoView({block: 'center'}); return true })(document.querySelector('`+middle+` h3 a'))`)
	before := browser.Eval[float64](page, `scrollY`)
	s.adds("Zoe")
	page.SeeText("#board ol", "Zoe")
	if after := browser.Eval[float64](page, `scrollY`); after != before || before == 0 {
		t.Errorf("scrolled from %v to %v", before, after)
	}
	if !browser.Eval[bool](page, `document.activeElement === document.querySelector('`+middle+` h3 a')`) {
		t.Error("the focus is lost")
	}
	// Whoever had the focus leaves the list: its heading has it now.
	s.check(s.W.RemoveEntry(s.Context(), s.Staff, entries[20]))
	page.Gone(middle)
	page.Wait(`document.activeElement.id === 'waiting-title'`)
}

func TestTheBoardIsWorkedByKeyboardAlone(t *testing.T) {
	s := open(t)
	amara := s.adds("Amara")
	s.Open(s.mia, 0, "15:00", 45*time.Minute)
	page := s.board(browser.Start(t))
	page.Press(kb.Tab)
	page.Press(kb.Enter) // past the bar
	page.Wait(`document.activeElement.id === 'main'`)
	s.tabTo(page, "#entry-"+amara+" summary")
	page.Press(kb.Enter)
	page.SeeText("#entry-"+amara+" .wl-pop", "Together")
	page.Press(kb.Escape)
	page.Gone("#entry-" + amara + " .wl-pop")
	s.tabTo(page, `[aria-labelledby="offers-title"] form button`)
	page.Press(kb.Enter)
	page.SeeText("#flash", "Booked.")
	page.SeeText(`[aria-labelledby="offers-title"]`, "No offer is out")
	page.Wait(`document.activeElement.id === 'offers-title'`)
}

// tabTo presses Tab until what the selector finds has the focus.
func (s *shop) tabTo(page *browser.Page, selector string) {
	s.T.Helper()
	for range 40 {
		if browser.Eval[bool](page, `document.activeElement === document.querySelector('`+selector+`')`) {
			return
		}
		page.Press(kb.Tab)
	}
	s.T.Fatalf("%s can't be reached with Tab", selector)
}

func TestNothingMovesForWhoeverWantsItStill(t *testing.T) {
	s := open(t)
	s.adds("Amara")
	s.Open(s.mia, 0, "15:00", 45*time.Minute)
	still := browser.Tablet
	still.Still = true
	page := browser.Start(t).Open(t, still, s.server.URL+logIn+"?token="+s.ada)
	page.See(`[data-live][data-state="on"]`)
	page.Wait(`document.getAnimations().every(a => a.playState === 'finished')`)
	s.adds("Bela")
	page.SeeText("#board ol", "Bela")
	page.Wait(`document.getAnimations().every(a => a.playState === 'finished')`)
}
