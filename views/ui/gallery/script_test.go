package gallery_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/views/layout"
	"github.com/your-org/waitlist-management/views/ui"
)

func TestACountdownRunsByTheServersClock(t *testing.T) {
	base := serve(t)
	page := chromium.Open(t, browser.Phone, base+"/offer") // sent at 7:42 before the end, years from this device's clock
	page.Wait(`/^7:[34]\d$/.test(document.querySelector("[data-left]").textContent)`)
	if got := page.See("[data-caption]"); got != "left to answer" {
		t.Errorf("the ring says %q", got)
	}
	if !page.Has(`[data-when="running late"]:not([hidden])`) || !page.Has(`[data-when=over][hidden]`) {
		t.Error("the buttons are gone, or the end is shown")
	}
}

func TestAtZeroTheButtonsStayForTheGrace(t *testing.T) {
	base := serve(t)
	page := chromium.Open(t, browser.Phone, base+"/ending")
	page.SeeText("[data-when=late]", "press now")
	page.See(".wl-btn-primary")
	page.SeeText("[data-say]", "The time is up.")
}

func TestAfterTheGraceTheEndIsShown(t *testing.T) {
	base := serve(t)
	page := chromium.Open(t, browser.Phone, base+"/over")
	page.SeeText("[data-when=over]", "This offer has ended")
	page.Gone(".wl-btn-primary")
}

func TestWithoutScriptAnOfferSaysUntilWhenAndCanBeAnswered(t *testing.T) {
	base := serve(t)
	page := chromium.Open(t, browser.Phone.WithoutScript(), base+"/offer")
	if got := page.See("[data-left]"); got != "14:59" {
		t.Errorf("held until %q", got)
	}
	page.See(".wl-btn-primary")
	page.Fits()
	page.Picture("offer-noscript")
}

func TestARefusedFormIsSwappedInPlaceAndItsFirstBadFieldFocused(t *testing.T) {
	base := serve(t)
	page := chromium.Open(t, browser.Desktop, base+"/form")
	page.Fill("#f-name", "Cut")
	browser.Eval[bool](page, `document.body.dataset.same = "yes", true`)
	page.Click(".wl-form .wl-btn-primary")
	page.SeeText(".wl-errors", "There is a service of this name already.")
	page.Wait(`document.activeElement.id === "f-name"`)
	if !page.Has(`body[data-same]`) {
		t.Error("the whole page was loaded")
	}
	page.Wait(`!document.querySelector("[data-pressed], [aria-disabled]")`)
}

func TestWithoutHtmxTheFirstBadFieldIsFocusedToo(t *testing.T) {
	base := serve(t)
	page := chromium.Open(t, browser.Desktop, base+"/refused")
	page.Wait(`document.activeElement.id === "f-name"`)
}

func TestAMenuClosesOnEscapeAndOnAPressElsewhere(t *testing.T) {
	base := serve(t)
	page := chromium.Open(t, browser.Tablet, base+"/board")
	page.Click("#e-1 .wl-menu summary")
	page.See("#e-1 .wl-menu-item")
	page.Press(kb.Tab)
	page.Wait(`document.activeElement.matches("#e-1 .wl-menu-item")`)
	page.Press(kb.Escape)
	page.Gone("#e-1 .wl-menu-item")
	page.Wait(`document.activeElement.matches("#e-1 summary")`)
	page.Click("#e-2 .wl-menu summary")
	page.See("#e-2 .wl-menu-item")
	page.Click("#h-wait")
	page.Gone("#e-2 .wl-menu-item")
	page.Click("#e-3 .wl-menu summary")
	page.Picture("menu-1024")
	page.Click("#e-1 .wl-menu summary")
	page.Gone("#e-3 .wl-menu-item")
}

func TestAMenuStaysOnTheScreen(t *testing.T) {
	base := serve(t)
	for name, screen := range map[string]browser.Screen{"390": browser.Phone, "1024": browser.Tablet} {
		page := chromium.Open(t, screen, base+"/admin")
		page.Click("tbody tr:last-child .wl-menu summary")
		page.See("tbody tr:last-child .wl-menu-item")
		if !browser.Eval[bool](page, `(r => r.left >= 0 && r.top >= 0 && r.right <= innerWidth && r.bottom <= innerHeight)(document.querySelector(".wl-menu[open] .wl-pop").getBoundingClientRect())`) {
			t.Errorf("at %s it is cut off", name)
		}
		page.Accessible()
		page.Picture("menu-admin-" + name)
	}
}

func TestAQuestionCanBeAnsweredWithNo(t *testing.T) {
	base := serve(t)
	page := chromium.Open(t, browser.Tablet, base+"/board")
	page.Click(".wl-menu:has(.wl-confirm) summary")
	page.See(".wl-confirm")
	page.Picture("confirm-1024")
	page.Click(".wl-confirm [data-menu-close]")
	page.Gone(".wl-confirm")
}

func TestAMessageCanBeSentAway(t *testing.T) {
	base := serve(t)
	page := chromium.Open(t, browser.Phone, base+"/board")
	page.SeeText("#flash", "Booking of Elena R. cancelled")
	page.Click("[data-flash-close]")
	page.Gone(".wl-flash")
	if !page.Has("#flash[role=status]") {
		t.Error("the place for messages is gone too")
	}
}

func TestPressingTwiceSendsOnce(t *testing.T) {
	var sent atomic.Int32
	twice := make(chan string, 1)
	base := serveAlso(t, func(mux *http.ServeMux) {
		mux.HandleFunc("GET /press", func(w http.ResponseWriter, r *http.Request) {
			ctx := i18n.With(r.Context(), i18n.For("en"))
			var form strings.Builder
			if err := (ui.Button{Text: "Book"}).Render(ctx, &form); err != nil {
				t.Error(err)
			}
			show(t, w, r, http.StatusOK, layout.Plain(layout.Page{Title: "Press"}), `<h1>x</h1><form method="post" action="/slow" data-press>`+form.String()+`</form>`)
		})
		answer := make(chan struct{})
		mux.HandleFunc("POST /slow", func(w http.ResponseWriter, r *http.Request) {
			sent.Add(1)
			select {
			case <-answer:
				http.Redirect(w, r, "/done", http.StatusSeeOther)
			case <-r.Context().Done():
			}
		})
		mux.HandleFunc("POST /twice", func(w http.ResponseWriter, r *http.Request) {
			twice <- r.URL.Query().Get("disabled")
			close(answer)
		})
	})
	page := chromium.Open(t, browser.Phone, base+"/press")
	// The second press comes while the first is under way, and then the page says so: a page that is about to be left
	// can't be asked.
	browser.Eval[bool](page, `((form, button) => {
		setTimeout(() => form.requestSubmit(button));
		setTimeout(() => {
			const disabled = button.ariaDisabled;
			form.requestSubmit(button);
			fetch("/twice?disabled=" + disabled, { method: "POST", keepalive: true });
		}, 400);
		return true;
	})(document.forms[0], document.querySelector("button"))`)
	if got := <-twice; got != "true" {
		t.Errorf("after the first press the button is disabled: %s", got)
	}
	page.SeeText("h1", "See you")
	if got := sent.Load(); got != 1 {
		t.Errorf("sent %d times", got)
	}
}

func TestAPhoneUnfoldsTheNavigation(t *testing.T) {
	base := serveAlso(t, func(mux *http.ServeMux) {
		mux.HandleFunc("GET /settings", func(w http.ResponseWriter, r *http.Request) {
			page := layout.Page{Title: "Settings", Business: "Studio Nord", Nav: "settings", User: layout.User{Name: "Mia Berg", Role: "owner"}}
			show(t, w, r, http.StatusOK, layout.Admin(page), "<h1>x</h1>")
		})
	})
	page := chromium.Open(t, browser.Phone, base+"/settings")
	page.Wait(`!document.querySelector(".wl-side-menu [aria-current]").checkVisibility()`)
	page.Click(".wl-side-menu > summary")
	page.Wait(`(r => r.width > 0 && r.left >= 0 && r.right <= innerWidth)(document.querySelector(".wl-side-menu [aria-current]").getBoundingClientRect())`)
}

// serveAlso serves the gallery and more.
func serveAlso(t *testing.T, more func(*http.ServeMux)) string {
	t.Helper()
	mux := http.NewServeMux()
	addGallery(t, mux)
	more(mux)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}
