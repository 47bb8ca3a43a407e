package browser

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"
)

// witness is a test whose failures are wanted.
type witness struct {
	testing.TB
	failures []string
	cleanups []func()
}

func (w *witness) Helper()                   {}
func (w *witness) Cleanup(f func())          { w.cleanups = append(w.cleanups, f) }
func (w *witness) Errorf(f string, a ...any) { w.failures = append(w.failures, fmt.Sprintf(f, a...)) }
func (w *witness) Fatalf(f string, a ...any) { w.Errorf(f, a...); runtime.Goexit() }
func (w *witness) Fatal(a ...any)            { w.Errorf("%s", fmt.Sprint(a...)); runtime.Goexit() }

// witnessed runs a test to its end and gives what it complained of.
func witnessed(t *testing.T, test func(testing.TB)) string {
	t.Helper()
	w := &witness{TB: t}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		defer func() {
			for i := len(w.cleanups) - 1; i >= 0; i-- {
				w.cleanups[i]()
			}
		}()
		test(w)
	}()
	<-ended
	return strings.Join(w.failures, "\n")
}

func site(t *testing.T, pages map[string]string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page, ok := pages[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self'")
		_, _ = fmt.Fprintf(w, `<!DOCTYPE html><html lang="en"><head><title>x</title></head><body><main><h1>x</h1>%s</main></body></html>`, page)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func TestTheChecksFindWhatTheyLookFor(t *testing.T) {
	base := site(t, map[string]string{
		"/good":  `<p>Nothing to see.</p>`,
		"/wide":  `<svg width="2000" height="10"></svg>`,
		"/small": `<button type="button">x</button>`,
		"/mute":  `<input type="text">`,
		"/throw": `<script>throw new Error("broken")</script>`,
		"/style": `<p style="color:red">red</p>`,
		"/quiet": `<script>document.body.dataset.seen = "yes"</script>`,
	})
	chromium := Start(t)
	for _, c := range []struct {
		path  string
		check func(*Page)
		want  string // in the complaint; empty: none
	}{
		{"/good", func(p *Page) { p.Fits(); p.Reachable(); p.Accessible() }, ""},
		{"/wide", (*Page).Fits, "wider than the screen"},
		{"/small", (*Page).Reachable, "too small a target"},
		{"/mute", (*Page).Accessible, "label"},
		{"/throw", complains, "broken"},
		{"/throw", func(p *Page) { p.Expect("Error: broken") }, ""},
		{"/style", complains, "Content Security Policy"},
		{"/good", func(p *Page) { p.Go(base + "/missing") }, ""},
		{"/quiet", func(p *Page) { p.Wait(`document.body.dataset.seen === "yes"`) }, ""},
	} {
		got := witnessed(t, func(w testing.TB) { c.check(chromium.Open(w, Phone, base+c.path)) })
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s: complained of %q, want %q", c.path, got, c.want)
		}
	}
}

// complains waits until the console has said something: it may do so after the page has loaded.
func complains(p *Page) {
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for end := time.After(Patience); ; {
		p.mu.Lock()
		said := len(p.problems) > 0
		p.mu.Unlock()
		if said {
			return
		}
		select {
		case <-tick.C:
		case <-end:
			return
		}
	}
}

func TestWithoutScriptNoScriptRuns(t *testing.T) {
	base := site(t, map[string]string{"/": `<p id="p">as sent</p><script>document.getElementById("p").textContent = "changed"</script>`})
	chromium := Start(t)
	if got := chromium.Open(t, Phone.WithoutScript(), base).See("#p"); got != "as sent" {
		t.Errorf("without script: %q", got)
	}
	if got := chromium.Open(t, Phone, base).See("#p"); got != "changed" {
		t.Errorf("with script: %q", got)
	}
}

func TestFillReplacesWhatIsThere(t *testing.T) {
	base := site(t, map[string]string{"/": `<input id="a" value="old"><textarea id="b"></textarea><textarea id="c">old</textarea><input id="d" type="email" value="x@example.org"><input id="e" type="number" value="90">`})
	page := Start(t).Open(t, Desktop, base)
	for field, text := range map[string]string{"#a": "Zoë 李", "#b": "two\nlines", "#c": "", "#d": "y@example.org", "#e": "45"} {
		page.Fill(field, "first")
		page.Fill(field, text)
		if got := page.Value(field); got != text {
			t.Errorf("%s is %q, want %q", field, got, text)
		}
	}
}

func TestInvalidHTMLIsFound(t *testing.T) {
	good := `<!DOCTYPE html><html lang="en"><head><title>x</title></head><body><h1>x</h1></body></html>`
	if got := witnessed(t, func(w testing.TB) { Valid(tempDir{w, t}, map[string]string{"/": good}) }); got != "" {
		t.Errorf("a valid page: %s", got)
	}
	bad := strings.Replace(good, "<h1>x</h1>", `<p id="a"></p><p id="a"><button>x</button></p>`, 1)
	if got := witnessed(t, func(w testing.TB) { Valid(tempDir{w, t}, map[string]string{"/b/x": bad}) }); !strings.Contains(got, "no-dup-id") || !strings.Contains(got, "b_x.html") {
		t.Errorf("an invalid page: %q", got)
	}
}

// tempDir gives a witness the folders of the real test.
type tempDir struct {
	testing.TB
	real *testing.T
}

func (d tempDir) TempDir() string { return d.real.TempDir() }

func TestLeavingWaitsForTheNewPageWhateverTheOldOneDidLast(t *testing.T) {
	url := site(t, map[string]string{
		"/old": `<a href="/new" onclick="history.replaceState(null, '', '#left')">go on</a>`,
		"/new": `<p id="arrived">here</p>`,
	})
	page := Start(t).Open(t, Desktop, url+"/old")
	if status := page.Follow(`a`); status != 200 {
		t.Errorf("the new page answers %d", status)
	}
	if !page.Has(`#arrived`) {
		t.Error("the old page is still there")
	}
}
