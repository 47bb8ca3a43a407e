package counter_test

import (
	"net/url"
	"testing"

	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/waitlist"
)

func TestSomebodyIsBlockedFromTheirEntryAndAddedOnlyAfterAWarning(t *testing.T) {
	s := open(t)
	who := s.WaitAs("Maximiliane Wolkenstein-Hohenfels", "max@example.org", s.cut, waitlist.Wishes{})
	entry := s.page(paths.CounterEntry(who.Entry))
	way := entry.Find(`a[href$="/block"]`).AttrOr("href", "")
	form := s.page(way).says("max@example.org", "1 entry on the list")
	b := browser.Start(t)
	tablet := b.Open(t, browser.Tablet, s.server.URL+logIn+"?token="+s.ada)
	phone := b.Open(t, browser.Phone.InTheDark(), s.server.URL+logIn+"?token="+s.ada)
	documents := map[string]string{}
	look := func(name, path string) {
		t.Helper()
		documents[name] = s.get(path).body
		for screen, p := range map[string]*browser.Page{"tablet": tablet, "phone": phone} {
			p.Go(s.server.URL + path + "?lang=" + map[string]string{"tablet": "en", "phone": "de"}[screen])
			p.Picture("block-" + name + "-" + screen)
			p.Fits()
			p.Reachable()
			p.Accessible()
		}
	}
	look("question", way)
	if got := s.ask("POST", way, url.Values{"email": {"on"}, "entries": {"pause"}}); got.status != 422 {
		t.Errorf("without a reason: %d", got.status)
	}
	s.press(form, way, url.Values{"reason": {"Rude"}, "entries": {"pause"}}).says("Blocked, and 1 entry changed.")
	s.page(paths.CounterEntry(who.Entry)).says("This person is blocked", "Paused")
	look("blocked", paths.CounterEntry(who.Entry))
	browser.Valid(t, documents)
	adding := url.Values{"service": {s.AddService("Perm", 30*60e9, 0)}, "name": {"Max"}, "email": {"max@example.org"}, "consent": {"on"}, "priority": {"0"}}
	warned := s.ask("POST", paths.Entries, adding)
	if warned.status != 422 || warned.Find("#f-despite").Length() != 1 {
		t.Fatalf("no warning: %d\n%s", warned.status, warned.Text())
	}
	adding.Set("despite", "on")
	if got := s.ask("POST", paths.Entries, adding); got.status != 303 {
		t.Errorf("added all the same: %d", got.status)
	}
}
