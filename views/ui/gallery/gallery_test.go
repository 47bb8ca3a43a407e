package gallery_test

import (
	"log"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/static"
	"github.com/your-org/waitlist-management/views/layout"
	"github.com/your-org/waitlist-management/views/ui"
	"github.com/your-org/waitlist-management/views/ui/gallery"
)

var chromium *browser.Browser

func TestMain(m *testing.M) {
	started, stop, err := browser.New()
	if err != nil {
		log.Fatal(err)
	}
	chromium = started
	code := m.Run()
	stop()
	os.Exit(code)
}

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; frame-ancestors 'none'"

var refused = ui.Errors{
	{Name: "name", Text: "There is a service of this name already."},
	{Name: "duration", Text: "A service lasts 5 to 480 minutes."},
	{Name: "window", Text: "The end must be after the beginning."},
	{Name: "listed", Text: "Somebody waits for it."},
}

var until = time.Date(2026, 11, 26, 14, 59, 0, 0, time.UTC)

// pages are the gallery's, by path.
var pages = map[string]templ.Component{
	"/board":   gallery.Counter(),
	"/day":     gallery.Day(4),
	"/day-12":  gallery.Day(12),
	"/admin":   gallery.Admin(),
	"/form":    gallery.Form(nil),
	"/refused": gallery.Form(refused),
	"/buttons": gallery.Buttons(),
	"/offer":   gallery.Offer(until, until.Add(-7*time.Minute-42*time.Second)),
	"/ending":  gallery.Offer(until, until.Add(-time.Second)),
	"/over":    gallery.Offer(until, until.Add(time.Minute)),
	"/done":    gallery.Done(),
	"/trouble": layout.Trouble(layout.Page{Title: "Gone", Here: "/o/x"}, "gone", "", "01J-8Q"),
}

// show answers with a page under the content security policy of the program.
func show(t *testing.T, w http.ResponseWriter, r *http.Request, status int, page templ.Component, inside string) {
	w.Header().Set("Content-Security-Policy", policy)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	ctx := i18n.With(r.Context(), i18n.For(r.URL.Query().Get("lang")))
	if inside != "" {
		ctx = templ.WithChildren(ctx, templ.Raw(inside))
	}
	if err := page.Render(ctx, w); err != nil {
		t.Error(err)
	}
}

// addGallery serves the pages. What the form sends is refused.
func addGallery(t *testing.T, mux *http.ServeMux) {
	mux.Handle("/static/", static.Handler())
	for path, page := range pages {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) { show(t, w, r, http.StatusOK, page, "") })
	}
	mux.HandleFunc("POST /form", func(w http.ResponseWriter, r *http.Request) {
		show(t, w, r, http.StatusUnprocessableEntity, gallery.Form(refused), "")
	})
}

func serve(t *testing.T) string {
	t.Helper()
	return serveAlso(t, func(*http.ServeMux) {})
}

func TestEachPartSuitsEachScreen(t *testing.T) {
	base := serve(t)
	narrow := browser.Phone
	narrow.Width = 360
	// Contrast and names change with the colours and the shell's form, not with every width.
	checked := map[string]bool{"390": true, "390-dark": true, "1280": true, "1280-dark": true}
	for name, screen := range map[string]browser.Screen{
		"360": narrow, "390": browser.Phone, "390-dark": browser.Phone.InTheDark(),
		"1024": browser.Tablet, "1024-dark": browser.Tablet.InTheDark(), "1280": browser.Desktop, "1280-dark": browser.Desktop.InTheDark(),
	} {
		t.Run(name, func(t *testing.T) {
			page := chromium.Open(t, screen, base+"/board")
			for path := range pages {
				page.Go(base + path)
				page.Fits()
				page.Reachable()
				if checked[name] {
					page.Accessible()
				}
				page.Picture(strings.TrimPrefix(path, "/") + "-" + name)
			}
		})
	}
}

func TestEachPageIsValidHTML(t *testing.T) {
	documents := map[string]string{}
	for path, page := range pages {
		for _, tag := range []string{"en", "de"} {
			var html strings.Builder
			if err := page.Render(i18n.With(t.Context(), i18n.For(tag)), &html); err != nil {
				t.Fatal(err)
			}
			documents[path+"-"+tag] = html.String()
		}
	}
	browser.Valid(t, documents)
}

func TestGermanFits(t *testing.T) {
	base := serve(t)
	page := chromium.Open(t, browser.Phone, base+"/board?lang=de")
	for path := range pages {
		page.Go(base + path + "?lang=de")
		if lang := browser.Eval[string](page, "document.documentElement.lang"); lang != "de" {
			t.Errorf("%s says it is in %q", path, lang)
		}
		page.Fits()
		page.Picture(strings.TrimPrefix(path, "/") + "-german")
	}
}
