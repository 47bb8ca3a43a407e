package browser

import (
	"os"
	"path/filepath"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
)

// Choose gives a file to a field that asks for one.
func (p *Page) Choose(selector, file string) {
	p.t.Helper()
	p.do("choose a file for "+selector, chromedp.SetUploadFiles(chromedp.CSS(selector), []string{file}, chromedp.NodeVisible))
}

// Download clicks what the CSS selector finds and gives the file that comes of it.
func (p *Page) Download(selector string) []byte {
	p.t.Helper()
	folder, err := os.MkdirTemp("", "waitlist-download-")
	if err != nil {
		p.t.Fatal(err)
	}
	defer os.RemoveAll(folder)
	ctx, cancel := p.step()
	defer cancel()
	progress := chromedp.Events(ctx, browser.DownloadProgress)
	on := true
	_, err = chromedp.Call(ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
		Behavior: browser.SetDownloadBehaviorBehaviorAllowAndName, BrowserContextID: chromedp.FromContext(p.ctx).BrowserContextID,
		DownloadPath: folder, EventsEnabled: &on,
	})
	if err != nil {
		p.t.Fatalf("keep what is downloaded: %v", err)
	}
	p.Click(selector)
	for event, err := range progress {
		if err != nil {
			p.t.Fatalf("download %s: %v", selector, err)
		}
		if event.State != browser.DownloadProgressStateCompleted {
			continue
		}
		content, err := os.ReadFile(filepath.Join(folder, event.GUID))
		if err != nil {
			p.t.Fatalf("read what was downloaded: %v", err)
		}
		return content
	}
	p.t.Fatalf("nothing came of %s within %v", selector, Patience)
	return nil
}
