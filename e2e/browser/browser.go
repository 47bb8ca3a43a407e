// Package browser drives a real Chromium in tests: one browser per test, a page per person, each with cookies of its
// own. Every step waits for what it needs and fails the test when that doesn't come within Patience. When a test ends, a
// page that complained in its console (an exception, a breach of the content security policy) fails it.
package browser

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Patience is how long one step may take.
const Patience = 15 * time.Second

// Browser is a running headless Chromium.
type Browser struct{ ctx context.Context }

// Screen is what a person looks at. The zero value is a desktop of 1280 by 800 in light colours with script.
type Screen struct {
	Width, Height int64
	Scale         float64 // device pixels per CSS pixel, 1 when zero
	Touch         bool    // fingers instead of a mouse
	Dark          bool
	Still         bool // prefers reduced motion
	NoScript      bool // JavaScript is switched off
}

// The screens that every page must suit.
var (
	Phone   = Screen{Width: 390, Height: 844, Scale: 2, Touch: true}
	Tablet  = Screen{Width: 1024, Height: 768, Touch: true}
	Desktop = Screen{Width: 1280, Height: 800}
)

// InTheDark is the screen with dark colours.
func (s Screen) InTheDark() Screen { s.Dark = true; return s }

// WithoutScript is the screen with JavaScript switched off.
func (s Screen) WithoutScript() Screen { s.NoScript = true; return s }

// New starts Chromium, for a TestMain whose tests share it; stop ends it. A test that is alone uses Start.
func New() (b *Browser, stop func(), err error) {
	// As root it runs without its sandbox and it has a profile folder of its own, removed when its last process
	// has ended: both are chromedp's doing.
	ctx, cancel := chromedp.NewContext(context.Background(), chromedp.WithAllocatorOptions(
		chromedp.DisableGPU,
		chromedp.Flag("lang", "en-GB"),
		chromedp.Flag("force-device-scale-factor", "1"),
	))
	if err := chromedp.Do(ctx); err != nil {
		cancel()
		return nil, nil, fmt.Errorf("start Chromium: %w", err)
	}
	return &Browser{ctx: ctx}, cancel, nil
}

// Start starts Chromium and ends it with the test.
func Start(t testing.TB) *Browser {
	t.Helper()
	b, stop, err := New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	return b
}

// Page is a tab with cookies of its own. Its steps fail the test they belong to, so they are called from its goroutine.
type Page struct {
	t        testing.TB
	ctx      context.Context
	mu       sync.Mutex
	problems []string
	expected []string
}

// Open opens a page on a screen, as a person who has never been there, and goes to an address. The page is closed with
// the test.
func (b *Browser) Open(t testing.TB, screen Screen, url string) *Page {
	t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext())
	p := &Page{t: t, ctx: ctx}
	listening := make(chan struct{})
	messages := chromedp.Console(ctx)
	go func() {
		defer close(listening)
		for m, err := range messages {
			if err != nil {
				return
			}
			p.note(m)
		}
	}()
	t.Cleanup(func() {
		cancel()
		<-listening
		for _, problem := range p.problems {
			if !slices.ContainsFunc(p.expected, func(text string) bool { return strings.Contains(problem, text) }) {
				t.Errorf("the page complained: %s", problem)
			}
		}
	})
	p.look(screen)
	p.Go(url)
	return p
}

// Expect lets the page complain of what contains a text, as htmx does of a stream that was cut on purpose.
func (p *Page) Expect(complaint string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.expected = append(p.expected, complaint)
}

// note keeps what nobody should see in a console. The browser's own remark that an answer was a 4xx is none: tests
// ask for those.
func (p *Page) note(m chromedp.ConsoleMessage) {
	bad := m.IsException() || m.Type == chromedp.ConsoleError
	if !bad || strings.HasPrefix(m.Text, "Failed to load resource") {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.problems = append(p.problems, m.Text)
}

func (p *Page) look(s Screen) {
	p.t.Helper()
	if s.Width == 0 {
		s.Width, s.Height = Desktop.Width, Desktop.Height
	}
	if s.Scale == 0 {
		s.Scale = 1
	}
	options := []chromedp.EmulateViewportOption{chromedp.EmulateScale(s.Scale)}
	if s.Touch {
		options = append(options, chromedp.EmulateTouch, chromedp.EmulateMobile)
	}
	p.do("set the screen", chromedp.EmulateViewport(s.Width, s.Height, options...))
	features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "light"}}
	if s.Dark {
		features[0].Value = "dark"
	}
	if s.Still {
		features = append(features, &emulation.MediaFeature{Name: "prefers-reduced-motion", Value: "reduce"})
	}
	ctx, cancel := p.step()
	defer cancel()
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
		p.t.Fatalf("set the colours: %v", err)
	}
	if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: s.NoScript}); err != nil {
		p.t.Fatalf("switch script: %v", err)
	}
}

func (p *Page) step() (context.Context, context.CancelFunc) {
	return context.WithTimeout(p.ctx, Patience)
}

func (p *Page) do(what string, actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := p.step()
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		p.t.Fatalf("%s: %v", what, err)
	}
}

// Context is for steps this package doesn't have: chromedp.Run(page.Context(), …).
func (p *Page) Context() context.Context { return p.ctx }

// Go goes to another page, not only to another place on the same one, and waits until it has loaded. It gives the status of the answer.
func (p *Page) Go(url string) int {
	p.t.Helper()
	return p.leave("go to "+url, chromedp.Navigate(url))
}

// Reload loads the page again.
func (p *Page) Reload() int {
	p.t.Helper()
	return p.leave("reload", chromedp.Reload())
}

// Follow clicks what the CSS selector finds and waits for the page it leads to: a link, or the button of a form that
// is sent without htmx. It gives the status of the answer.
func (p *Page) Follow(selector string) int {
	p.t.Helper()
	return p.leave("follow "+selector, chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))
}

func (p *Page) leave(what string, action chromedp.Action[chromedp.Void]) int {
	p.t.Helper()
	before := Eval[float64](p, `performance.timeOrigin`)
	ctx, cancel := p.step()
	defer cancel()
	response, err := chromedp.RunResponse(ctx, action)
	if err != nil {
		p.t.Fatalf("%s: %v", what, err)
	}
	if response != nil {
		return int(response.Status)
	}
	// What the page before was still loading can end the wait before the answer is there: then the new page itself is asked.
	p.Wait(fmt.Sprintf(`performance.timeOrigin !== %v && document.readyState === "complete"`, before))
	return Eval[int](p, `performance.getEntriesByType("navigation")[0].responseStatus`)
}

// Click clicks what the CSS selector finds, once it can be seen.
func (p *Page) Click(selector string) {
	p.t.Helper()
	p.do("click "+selector, chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))
}

// Fill replaces the value of a field by typing over it; an empty text empties it.
func (p *Page) Fill(selector, text string) {
	p.t.Helper()
	if text == "" {
		text = kb.Backspace
	}
	p.do("look for "+selector, chromedp.WaitVisible(chromedp.CSS(selector)))
	Eval[bool](p, fmt.Sprintf(`(field => { field.focus(); field.select(); return true })(document.querySelector(%q))`, selector))
	p.do("fill "+selector, chromedp.KeyEvent(text))
}

// Set puts a value into a field that isn't typed into: a list, a date, a time.
func (p *Page) Set(selector, value string) {
	p.t.Helper()
	field := chromedp.CSS(selector)
	p.do("set "+selector, chromedp.WaitReady(field), chromedp.SetValue(field, value))
}

// Press presses keys where the focus is, as package kb names them.
func (p *Page) Press(keys string) {
	p.t.Helper()
	p.do("press keys", chromedp.KeyEvent(keys))
}

// See waits until the CSS selector finds something that can be seen, and gives its text.
func (p *Page) See(selector string) string {
	p.t.Helper()
	ctx, cancel := p.step()
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Text(chromedp.CSS(selector), chromedp.NodeVisible))
	if err != nil {
		p.t.Fatalf("look for %s: %v", selector, err)
	}
	return strings.TrimSpace(text)
}

// SeeText waits until what the CSS selector finds can be seen and contains a text.
func (p *Page) SeeText(selector, text string) {
	p.t.Helper()
	p.Wait(fmt.Sprintf(`(e => e?.checkVisibility() && e.innerText.includes(%q))(document.querySelector(%q))`, text, selector))
}

// Gone waits until the CSS selector finds nothing that can be seen.
func (p *Page) Gone(selector string) {
	p.t.Helper()
	p.Wait(fmt.Sprintf(`!document.querySelector(%q)?.checkVisibility()`, selector))
}

// Has says whether the CSS selector finds anything now.
func (p *Page) Has(selector string) bool {
	p.t.Helper()
	return Eval[bool](p, fmt.Sprintf(`!!document.querySelector(%q)`, selector))
}

// Value is the value of a field.
func (p *Page) Value(selector string) string {
	p.t.Helper()
	return Eval[string](p, fmt.Sprintf(`document.querySelector(%q).value`, selector))
}

// URL is the address of the page.
func (p *Page) URL() string {
	p.t.Helper()
	return Eval[string](p, `location.href`)
}

// Wait asks until a JavaScript expression is true. It doesn't run in the page's own script, so that neither a
// content security policy nor NoScript stops it.
func (p *Page) Wait(expression string) {
	p.t.Helper()
	ctx, cancel := p.step()
	defer cancel()
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for {
		yes, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("!!("+expression+")"))
		if err == nil && yes {
			return
		}
		select {
		case <-ctx.Done():
			p.t.Fatalf("waited in vain for %s (last answer: %v, %v)", expression, yes, err)
		case <-again.C:
		}
	}
}

// Eval is the value of a JavaScript expression in the page; a promise is waited for.
func Eval[T any](p *Page, expression string) T {
	p.t.Helper()
	ctx, cancel := p.step()
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("evaluate %s: %v", expression, err)
	}
	return value
}
