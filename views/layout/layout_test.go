package layout

import (
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/static"
	"github.com/your-org/waitlist-management/views/ui"
)

func show(t *testing.T, tag string, c templ.Component) *goquery.Document {
	t.Helper()
	var html strings.Builder
	if err := c.Render(templ.WithChildren(i18n.With(t.Context(), i18n.For(tag)), templ.Raw("<h1>Content</h1>")), &html); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(html.String()))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

var page = Page{Title: "Services", Business: "Studio Nord", Nav: "services", User: User{Name: "Mia", Role: "owner"}, Here: "/admin/services?q=1"}

var shells = map[string]func(Page) templ.Component{"admin": Admin, "counter": Counter, "public": Public, "plain": Plain}

func TestEveryShellHasWhatAPageNeeds(t *testing.T) {
	for name, shell := range shells {
		doc := show(t, "de-AT", shell(page))
		if got := doc.Find("html").AttrOr("lang", ""); got != "de-AT" {
			t.Errorf("%s: lang is %q", name, got)
		}
		if got := doc.Find("title").Text(); got != "Services · Studio Nord" {
			t.Errorf("%s: title is %q", name, got)
		}
		if doc.Find("main#main h1").Length() != 1 {
			t.Errorf("%s: the content is not in main", name)
		}
		if doc.Find("body > a.wl-skip").AttrOr("href", "") != "#main" {
			t.Errorf("%s: no way past the navigation", name)
		}
		if doc.Find("#flash").AttrOr("role", "") != "status" {
			t.Errorf("%s: no place for messages", name)
		}
		if doc.Find("script").Length() != 1 || doc.Find("script").AttrOr("src", "") != static.URL("bundle.js") {
			t.Errorf("%s: scripts", name)
		}
	}
}

func TestNoShellNeedsInlineCode(t *testing.T) {
	for name, shell := range shells {
		full := page
		full.Flash = ui.Flash{Text: "Done", Undo: &ui.Undo{Action: "/x"}}
		full.Stream, full.Now, full.MailStays = "/counter/events", time.Date(2026, 11, 26, 14, 0, 0, 0, time.UTC), true
		show(t, "en", shell(full)).Find("*").Each(func(_ int, s *goquery.Selection) {
			if s.Is("style") || s.Is("script") && s.Text() != "" {
				t.Errorf("%s: inline %s", name, goquery.NodeName(s))
			}
			for _, a := range s.Nodes[0].Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.HasPrefix(a.Key, "hx-on") || strings.HasPrefix(a.Val, "js:") {
					t.Errorf("%s: %s has %s", name, goquery.NodeName(s), a.Key)
				}
			}
		})
	}
}

func TestTheOtherLanguageIsThisPageAgain(t *testing.T) {
	for name, shell := range shells {
		doc := show(t, "en-US", shell(page))
		link := doc.Find(`a[href="/admin/services?lang=de&q=1"]`)
		if link.Length() == 0 || !strings.Contains(link.First().Text(), "Deutsch") {
			t.Errorf("%s: no link to the German page", name)
		}
		posted := page
		posted.Here = ""
		if show(t, "en", shell(posted)).Find(`a[href*="lang="]`).Length() != 0 {
			t.Errorf("%s: a page that can't be asked for again is linked to", name)
		}
	}
}

func TestAPageWithATokenInItsAddressStaysPrivate(t *testing.T) {
	private := page
	private.Private = true
	doc := show(t, "en", Public(private))
	if doc.Find(`meta[name=robots][content=noindex]`).Length() != 1 {
		t.Error("it may be indexed")
	}
	// With no-referrer a browser on plain http sends the page's own forms without an origin, and they are refused.
	if doc.Find(`meta[name=referrer]`).Length() != 0 {
		t.Error("it has a referrer policy of its own")
	}
	if show(t, "en", Public(page)).Find(`meta[name=robots]`).Length() != 0 {
		t.Error("a public page can't be found")
	}
}

func TestTheNavigationMarksWhereOneIs(t *testing.T) {
	for _, group := range adminPlaces {
		for _, to := range group.list {
			p := page
			p.Nav = to.key
			for _, shape := range []string{".wl-side-wide", ".wl-side-menu"} {
				if got := show(t, "de", Admin(p)).Find(shape+" nav [aria-current=page]").AttrOr("href", ""); got != to.href {
					t.Errorf("%s in %s marks %q", to.key, shape, got)
				}
			}
		}
	}
}

func TestTheNavigationShowsOnlyWhereARoleMayGo(t *testing.T) {
	for role, want := range map[string][]string{"owner": {"/admin", "/admin/users"}, "admin": {"/admin/services"}, "staff": {"/counter"}} {
		p := page
		p.User.Role = role
		doc := show(t, "en", Admin(p))
		for _, href := range want {
			if doc.Find(`.wl-side-wide nav a[href="`+href+`"]`).Length() != 1 {
				t.Errorf("%s misses %s", role, href)
			}
		}
		if n := doc.Find(`.wl-side-wide nav a`).Length(); role == "staff" && n != 1 {
			t.Errorf("%q is shown %d links", role, n)
		}
	}
}

func TestOnlyOwnersAndAdminsAreShownTheWayToTheSettings(t *testing.T) {
	for role, want := range map[string]int{"owner": 1, "admin": 1, "staff": 0} {
		p := page
		p.User.Role = role
		if got := show(t, "en", Counter(p)).Find(`.wl-bar a[href="/admin"]`).Length(); got != want {
			t.Errorf("%s: %d links", role, got)
		}
	}
}

func TestMailThatStaysIsSaidOnEveryPage(t *testing.T) {
	for name, shell := range shells {
		stays := page
		stays.MailStays = true
		if got := show(t, "de", shell(stays)).Find(`.wl-banner a[href="/mailbox"]`).Length(); got != 1 {
			t.Errorf("%s: %d banners", name, got)
		}
		if show(t, "de", shell(page)).Find(".wl-banner").Length() != 0 {
			t.Errorf("%s: a banner for nothing", name)
		}
	}
}

func TestTheCounterFollowsItsStreamOnlyWhereThereIsOne(t *testing.T) {
	live := page
	live.Stream = "/counter/events"
	if got := show(t, "en", Counter(live)).Find("#stream").AttrOr("hx-sse:connect", ""); got != "/counter/events" {
		t.Errorf("it connects to %q", got)
	}
	if show(t, "en", Counter(page)).Find("#stream, [data-live]").Length() != 0 {
		t.Error("it claims to be live")
	}
}

func TestTheClockOfTheCounterKnowsItsZoneAndHabit(t *testing.T) {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	p := page
	p.Now = time.Date(2026, 11, 26, 14, 5, 0, 0, zone)
	for tag, want := range map[string][2]string{"en-US": {"2:05 PM", "true"}, "de": {"14:05", "false"}} {
		clock := show(t, tag, Counter(p)).Find("[data-clock]")
		if clock.Text() != want[0] || clock.AttrOr("data-hour12", "") != want[1] || clock.AttrOr("data-clock", "") != "America/New_York" {
			t.Errorf("%s: %s", tag, clock.Text())
		}
	}
}

func TestEveryKindOfTroubleHasItsWords(t *testing.T) {
	for _, kind := range strings.Fields("invalid unauthenticated forbidden not_found conflict gone limited unavailable internal") {
		for _, tag := range i18n.Tags() {
			doc := show(t, tag, Trouble(Page{Title: "x"}, kind, "", ""))
			if doc.Find("h1").Text() == "" || doc.Find(".wl-lead").Text() == "" {
				t.Errorf("%s in %s says nothing", kind, tag)
			}
		}
	}
	if got := show(t, "en", Trouble(Page{Title: "x"}, "internal", "", "id-7")).Find("main").Text(); !strings.Contains(got, "id-7") {
		t.Error("the request's id is not shown")
	}
}
