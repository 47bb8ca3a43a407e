package browser

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/chromedp"
)

// Screenshots is the environment variable that names a folder for pictures; without it none are taken.
const Screenshots = "SCREENSHOTS"

// Picture takes a picture of the whole page as <name>.png, if somebody wants to look.
func (p *Page) Picture(name string) {
	p.t.Helper()
	folder := os.Getenv(Screenshots)
	if folder == "" {
		return
	}
	ctx, cancel := p.step()
	defer cancel()
	image, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		p.t.Fatalf("take a picture: %v", err)
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		p.t.Fatalf("folder for pictures: %v", err)
	}
	if err := os.WriteFile(filepath.Join(folder, name+".png"), image, 0o644); err != nil {
		p.t.Fatalf("keep a picture: %v", err)
	}
}

// Accessible fails the test for everything that axe-core finds against WCAG 2.2 A and AA and its best practices.
func (p *Page) Accessible() {
	p.t.Helper()
	if !Eval[bool](p, `!!globalThis.axe`) {
		source, err := axe()
		if err != nil {
			p.t.Fatal(err)
		}
		Eval[bool](p, source+"; true")
	}
	found := Eval[string](p, `axe.run(document, {resultTypes: ['violations']}).then(r => JSON.stringify(r.violations.map(v => ({
		rule: v.id, impact: v.impact, help: v.help,
		where: v.nodes.map(n => n.target.join(' ') + ' — ' + n.failureSummary.replaceAll('\n', ' ')),
	}))))`)
	var violations []struct {
		Rule, Impact, Help string
		Where              []string
	}
	if err := json.Unmarshal([]byte(found), &violations); err != nil {
		p.t.Fatalf("read axe's findings: %v", err)
	}
	for _, v := range violations {
		p.t.Errorf("%s: axe, %s: %s (%s)\n\t%s", p.URL(), v.Impact, v.Help, v.Rule, strings.Join(v.Where, "\n\t"))
	}
}

func axe() (string, error) {
	file, err := module("axe-core/axe.min.js")
	if err != nil {
		return "", err
	}
	source, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("read axe-core: %w", err)
	}
	return string(source), nil
}

// module finds a file of node_modules in this folder or above it.
func module(path string) (string, error) {
	folder, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("find node_modules: %w", err)
	}
	for {
		file := filepath.Join(folder, "node_modules", path)
		if _, err := os.Stat(file); err == nil {
			return file, nil
		}
		up := filepath.Dir(folder)
		if up == folder {
			return "", fmt.Errorf("no node_modules/%s: run npm ci", path)
		}
		folder = up
	}
}

// Fits fails the test when the page is wider than the screen.
func (p *Page) Fits() {
	p.t.Helper()
	if wide := Eval[int](p, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); wide > 0 {
		culprits := Eval[[]string](p, `[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 5).map(e => e.tagName + '.' + e.className)`)
		p.t.Errorf("%s is %d px wider than the screen: %v", p.URL(), wide, culprits)
	}
}

// Reachable fails the test for each button, field or link styled as one that is smaller than 44 by 44 px. Links
// in running text and what is hidden don't count.
func (p *Page) Reachable() {
	p.t.Helper()
	small := Eval[[]string](p, `[...document.querySelectorAll('button, summary, select, textarea, input:not([type=hidden], [type=checkbox], [type=radio]), .wl-btn, .wl-choice, .wl-check, .wl-menu-item, .wl-side-link')]
		.filter(e => e.checkVisibility() && !e.closest('.wl-menu:not([open]) .wl-pop, .wl-skip'))
		.map(e => [e, e.getBoundingClientRect()])
		.filter(([e, r]) => r.height < 43.5 || r.width < 43.5)
		.map(([e, r]) => e.tagName + ' ' + e.className + ' "' + e.textContent.trim().slice(0, 30) + '" ' + r.width + '×' + r.height)`)
	for _, s := range small {
		p.t.Errorf("%s: too small a target: %s", p.URL(), s)
	}
}
