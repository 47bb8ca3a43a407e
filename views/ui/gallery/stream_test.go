package gallery_test

import (
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"

	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/views/layout"
)

func TestAPartFollowsTheStreamAndTheBarSaysWhetherItDoes(t *testing.T) {
	var asked, away atomic.Int32
	change, cut := make(chan struct{}), make(chan struct{})
	base := serveAlso(t, func(mux *http.ServeMux) {
		mux.HandleFunc("GET /live", func(w http.ResponseWriter, r *http.Request) {
			show(t, w, r, http.StatusOK, layout.Counter(layout.Page{Title: "Board", Business: "Studio Nord", Stream: "/events"}),
				`<h1>Board</h1><p id="part" hx-get="/part" hx-swap="outerMorph" hx-trigger="`+layout.OnChange+`">first</p>`)
		})
		mux.HandleFunc("GET /part", func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprintf(w, `<p id="part" hx-get="/part" hx-swap="outerMorph" hx-trigger="%s">asked %d</p>`, layout.OnChange, asked.Add(1))
		})
		mux.HandleFunc("GET /events", func(w http.ResponseWriter, r *http.Request) {
			if away.Load() == 1 {
				http.Error(w, "away", http.StatusServiceUnavailable)
				return
			}
			w.Header().Set("Content-Type", "text/event-stream")
			_ = http.NewResponseController(w).Flush()
			for {
				select {
				case <-change:
					fmt.Fprint(w, "event: board\ndata: {}\n\n")
					_ = http.NewResponseController(w).Flush()
				case <-cut:
					return
				case <-r.Context().Done():
					return
				}
			}
		})
	})
	page := chromium.Open(t, browser.Tablet, base+"/live")
	page.Expect("htmx:sse:error")
	page.SeeText("[data-live]", "Live")
	page.SeeText("#part", "asked 1") // a new connection may have missed something
	change <- struct{}{}
	page.SeeText("#part", "asked 2")
	away.Store(1)
	cut <- struct{}{}
	page.SeeText("[data-live]", "Reconnecting …")
	away.Store(0)
	page.SeeText("[data-live]", "Live")
	page.SeeText("#part", "asked 3")
}

func TestAStreamThatIsNotThereIsNotCalledLive(t *testing.T) {
	base := serveAlso(t, func(mux *http.ServeMux) {
		mux.HandleFunc("GET /live", func(w http.ResponseWriter, r *http.Request) {
			show(t, w, r, http.StatusOK, layout.Counter(layout.Page{Title: "Board", Business: "Studio Nord", Stream: "/events"}), `<h1>Board</h1>`)
		})
	})
	page := chromium.Open(t, browser.Tablet.WithoutScript(), base+"/live")
	page.See("h1")
	page.Gone("[data-live]")
}
