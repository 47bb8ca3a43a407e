package admin_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/waitlist"
)

// listed is a business with so many people on its list, of whom some have a tag, wishes, a note, a priority, or are paused.
func listed(t *testing.T, n int) (s *site, entries []string) {
	t.Helper()
	s = open(t)
	cut := s.AddService("Balayage with consultation, toning and blow-dry", time.Hour, 0)
	mia := s.AddStaffMember("Maximiliane Wolkenstein-Hohenfels", cut)
	if n == 0 {
		return s, nil
	}
	tag, err := s.W.AddTag(s.Context(), s.Staff, waitlist.TagForm{Name: "Regular", Colour: "blue"})
	s.check(err)
	names := []string{"Amara Okafor", "Bela Bartók", "Cosima von der Wiesenthal-Hohenlohe zu Langenburg", "Dora"}
	for i := range n {
		f := waitlist.AddEntry{Service: cut, Name: names[i%4] + fmt.Sprintf(" %d", i), Phone: "+49 30 901820"}
		switch i % 5 {
		case 1:
			f.Wishes = waitlist.Wishes{OnlyStaff: []string{mia}, Notice: 48 * time.Hour}
		case 2:
			f.Note = "Wheelchair access, please hold the door and ring when the lift is out of order again"
		case 3:
			f.Priority = 2
		}
		id, err := s.W.AddEntry(s.Context(), s.Staff, f)
		s.check(err)
		s.Pass(time.Minute)
		entries = append(entries, id)
		if i%3 == 0 {
			s.check(s.W.TagCustomer(s.Context(), s.Staff, id, []string{tag}, nil))
		}
		if i%7 == 6 {
			s.check(s.W.StaffPauseEntry(s.Context(), s.Staff, id))
		}
	}
	return s, entries
}

// names are the people on a page of the list.
func (a answer) names() []string {
	return a.Find(".wl-row h3").Map(func(_ int, h *goquery.Selection) string { return strings.TrimSpace(h.Text()) })
}

func (a answer) count() string { return strings.TrimSpace(a.Find("#list-count").Text()) }

func TestTheListIsPagedFilteredSortedAndSearchedWithItsAddress(t *testing.T) {
	s, _ := listed(t, 60)
	page := s.page(paths.Waitlist, "Waitlist")
	if got := page.names(); len(got) != 50 || page.count() != "60 people" {
		t.Fatalf("%d rows, %s", len(got), page.count())
	}
	later := s.get(page.Find(`.wl-pages a[rel="next"]`).AttrOr("href", ""))
	if got := later.names(); len(got) != 10 || !strings.Contains(later.Find(".wl-pages").Text(), "51–60") {
		t.Errorf("%d rows on the second page", len(got))
	}
	earlier := s.get(later.Find(`.wl-pages a[rel="prev"]`).AttrOr("href", ""))
	if strings.Join(earlier.names(), ",") != strings.Join(page.names(), ",") {
		t.Error("going back leads elsewhere")
	}
	paused := s.get(paths.Waitlist + "?state=paused&order=new")
	if got := paused.names(); len(got) != 8 || got[0] != "Cosima von der Wiesenthal-Hohenlohe zu Langenburg 62" && !strings.HasSuffix(got[0], " 55") {
		t.Errorf("paused: %v", got)
	}
	if got := paused.Find(".wl-chip").Text(); !strings.Contains(got, "Paused") {
		t.Errorf("chips: %s", got)
	}
	found := s.ask("POST", paths.Waitlist+"?state=all", url.Values{"q": {"bel ba"}})
	way := found.header.Get("Location")
	if found.status != http.StatusSeeOther || strings.Contains(strings.ToLower(way), "bel") || !strings.Contains(way, "state=all") {
		t.Fatalf("status %d to %q", found.status, way)
	}
	result := s.get(way)
	if got := result.names(); len(got) != 15 || !strings.HasPrefix(got[0], "Bela") || result.Find(`input[name="q"]`).AttrOr("value", "") != "bel ba" {
		t.Errorf("found %v", got)
	}
	phone := s.ask("POST", paths.Waitlist, url.Values{"q": {"+49 30 90 18 20"}}).header.Get("Location")
	if got := s.get(phone); got.count() != "60 people" {
		t.Errorf("by phone: %s", got.count())
	}
	s.get(paths.Waitlist+"?service="+strings.Repeat("x", 22)).says("Nobody matches", "Clear all filters")
	if wrong := s.get(paths.Waitlist + "?joined_from=2027-02-30"); wrong.status != http.StatusUnprocessableEntity || wrong.Find("#f-joined-from-error").Length() != 1 {
		t.Errorf("status %d for a day that is none", wrong.status)
	}
	for _, hostile := range []string{"?after=0.zz.x", "?after=7.1.x&at=-3", "?before=0.1." + strings.Repeat("y", 22), "?find=!!", "?find=AAAA", "?order=upwards", "?at=99999999999999999999"} {
		if got := s.get(paths.Waitlist + hostile); got.status != http.StatusOK {
			t.Errorf("%s: %d", hostile, got.status)
		}
	}
}

func TestAPartOfTheListIsTheListAloneAndSaysItsAddress(t *testing.T) {
	s, _ := listed(t, 4)
	part := s.ask("GET", paths.Waitlist+"?state=&service=&order=new&find=", nil, "HX-Request", "true", "HX-Request-Type", "partial", "HX-Target", "section#waitlist", "HX-Current-URL", s.server.URL+paths.Waitlist)
	if part.Find("h1").Length() != 0 || part.Find("#waitlist").Length() != 1 || len(part.names()) != 4 {
		t.Errorf("not the part alone:\n%s", part.body)
	}
	if got := part.header.Get("HX-Push-Url"); got != paths.Waitlist+"?order=new" {
		t.Errorf("it says %q", got)
	}
	again := s.ask("GET", paths.Waitlist, nil, "HX-Request", "true", "HX-Request-Type", "partial", "HX-Target", "section#waitlist", "HX-Current-URL", s.server.URL+paths.Waitlist)
	if got := again.header.Get("HX-Push-Url"); got != "false" {
		t.Errorf("looking again says %q", got)
	}
}

func TestWhatIsDoneWithManyIsShownFirstAndUndone(t *testing.T) {
	s, entries := listed(t, 8)
	list := s.get(paths.Waitlist)
	ticked := url.Values{"entry": entries[:7], "act": {"pause"}}
	ask := s.press(list, paths.WaitlistActs, ticked)
	if ask.status != http.StatusOK {
		t.Fatalf("status %d", ask.status)
	}
	ask.says("6 people are paused", "1 is paused already")
	if s.get(paths.Waitlist+"?state=paused").count() != "1 person" {
		t.Error("it was done before it was confirmed")
	}
	fields := ask.fields(paths.WaitlistActs, url.Values{"confirmed": {"1"}, "entry": entries[:7]})
	for range 2 {
		s.leadsTo(s.ask("POST", paths.WaitlistActs, fields), paths.Waitlist)
	}
	if got := s.get(paths.Waitlist + "?state=paused").count(); got != "7 people" {
		t.Errorf("paused: %s", got)
	}
	acts := s.page(paths.WaitlistActs, "Done with several")
	way := acts.Find("h2 a").AttrOr("href", "")
	if acts.Find("h2 a").Length() != 1 {
		t.Fatal("pressed twice it was done twice")
	}
	undone := s.leadsTo(s.press(s.get(way), way+"/undoing", nil), way)
	undone.says("6 people were put back")
	if got := s.get(paths.Waitlist + "?state=paused").count(); got != "1 person" {
		t.Errorf("paused after undo: %s", got)
	}
	if none := s.ask("POST", paths.WaitlistActs, url.Values{"act": {"pause"}}); none.status != http.StatusUnprocessableEntity {
		t.Errorf("nobody ticked: %d", none.status)
	}
	if reasonless := s.ask("POST", paths.WaitlistActs, url.Values{"act": {"priority"}, "priority": {"2"}, "entry": entries[:1], "confirmed": {"1"}}); reasonless.status != http.StatusUnprocessableEntity || reasonless.Find("#f-reason-error").Length() != 1 {
		t.Errorf("no reason: %d", reasonless.status)
	}
	if foreign := s.ask("POST", paths.WaitlistActs, url.Values{"act": {"pause"}, "entry": {strings.Repeat("x", 22)}}); foreign.status != http.StatusNotFound {
		t.Errorf("an unknown entry: %d", foreign.status)
	}
	all := s.ask("POST", paths.WaitlistActs, url.Values{"act": {"untag"}, "all": {"1"}, "list": {"state=paused"}}).says("The tag is taken from 1 person")
	if all.status != http.StatusOK {
		t.Errorf("all who match: %d", all.status)
	}
}

func TestTagsAreMadeChangedRemovedAndRestored(t *testing.T) {
	s := open(t)
	page := s.page(paths.Tags, "Tags")
	page.says("No tags yet")
	list := s.leadsTo(s.press(page, paths.Tags, url.Values{"name": {"Regular"}, "colour": {"green"}}), paths.Tags)
	list.says("Regular")
	if again := s.press(page, paths.Tags, url.Values{"name": {"rEGULAR"}, "press": {"other"}}); again.status != http.StatusUnprocessableEntity || again.Find("#f-name-error").Length() != 1 {
		t.Errorf("a second of the name: %d", again.status)
	}
	way := list.Find("tbody .wl-row-actions a").AttrOr("href", "")
	one := s.get(way)
	s.leadsTo(s.press(one, way, url.Values{"name": {"Often here"}, "colour": {"pink"}}), paths.Tags).says("Often here")
	if late := s.press(one, way, url.Values{"name": {"Seldom here"}}); late.status != http.StatusConflict {
		t.Errorf("over somebody's change: %d", late.status)
	}
	s.leadsTo(s.ask("POST", way+"/removal", url.Values{}), paths.Tags).says("No tags yet", "The tag is removed.")
	if gone := s.get(way); gone.status != http.StatusNotFound {
		t.Errorf("a removed tag: %d", gone.status)
	}
	s.leadsTo(s.ask("POST", way+"/restoration", url.Values{}), paths.Tags).says("Often here")
	for _, hostile := range []string{"", strings.Repeat("n", 31), "\u202Eevil"} {
		if got := s.ask("POST", paths.Tags, url.Values{"name": {hostile}, "colour": {"blue"}}); got.status != http.StatusUnprocessableEntity {
			t.Errorf("%q: %d", hostile, got.status)
		}
	}
}

func TestTheListSuitsEveryScreenAndEverybody(t *testing.T) {
	s, entries := listed(t, 12)
	long, _ := listed(t, 51)
	empty, _ := listed(t, 0)
	one, _ := listed(t, 1)
	tag := s.get(paths.Tags).Find("tbody .wl-row-actions a").AttrOr("href", "")
	small, err := s.W.DoBulk(s.Context(), s.Staff, waitlist.Bulk{Act: waitlist.BulkPriority, Priority: 3, Reason: "They waited through the strike", Entries: entries[:3]})
	s.check(err)
	b := browser.Start(t)
	for name, screen := range map[string]browser.Screen{
		"phone": browser.Phone, "narrow": {Width: 320, Height: 640, Scale: 2, Touch: true}, "tablet": browser.Tablet, "desktop-dark": browser.Desktop.InTheDark(),
	} {
		t.Run(name, func(t *testing.T) {
			look := func(s *site, pictures map[string]string) {
				page := b.Open(t, screen, s.server.URL+logIn+"?token="+s.token)
				for picture, at := range pictures {
					page.Go(s.server.URL + at)
					page.Picture("list-" + picture + "-" + name)
					page.Fits()
					page.Reachable()
					if screen.Width == browser.Phone.Width {
						page.Accessible()
					}
				}
			}
			look(s, map[string]string{
				"filtered": paths.Waitlist + "?state=all&order=changed&passed_over=", "none": paths.Waitlist + "?state=booked&no_address=1",
				"tags": paths.Tags, "tag": tag, "acts": paths.WaitlistActs, "act": paths.WaitlistAct(small), "entry": paths.CounterEntry(entries[0]) + "?list=", "wrong": paths.Waitlist + "?joined_from=never",
			})
			if screen.Width == browser.Tablet.Width {
				return
			}
			look(long, map[string]string{"rows": paths.Waitlist})
			look(one, map[string]string{"one": paths.Waitlist + "?lang=de"})
			look(empty, map[string]string{"empty": paths.Waitlist, "empty-tags": paths.Tags, "empty-acts": paths.WaitlistActs})
		})
	}
	documents := map[string]string{}
	for _, at := range []string{paths.Waitlist, paths.Tags, tag, paths.WaitlistActs, paths.WaitlistAct(small), paths.Waitlist + "?joined_from=never&state=all", paths.CounterEntry(entries[0])} {
		documents[at] = s.get(at).body
	}
	documents["asked"] = s.ask("POST", paths.WaitlistActs, url.Values{"act": {"priority"}, "entry": entries[:3]}).body
	documents["asked-tag"] = s.ask("POST", paths.WaitlistActs, url.Values{"act": {"tag"}, "entry": entries[:3]}).body
	documents["nobody"] = s.ask("POST", paths.WaitlistActs, url.Values{"act": {"tag"}}).body
	browser.Valid(t, documents)
}

func TestTicksAreSaidAndStayWhenTheListLooksAgain(t *testing.T) {
	s, entries := listed(t, 5)
	page := browser.Start(t).Open(t, browser.Phone, s.server.URL+logIn+"?token="+s.token)
	page.Go(s.server.URL + paths.Waitlist)
	page.Wait(`document.querySelector('[data-live], #stream')?._htmx?.sse !== undefined || true`)
	page.Click(`#row-` + entries[1] + ` .wl-tick`)
	page.SeeText("[data-ticked]", "1 person ticked")
	page.Click(`.wl-tick-all`)
	page.SeeText("[data-ticked]", "5 people ticked")
	page.Click(`#row-` + entries[0] + ` .wl-tick`)
	page.SeeText("[data-ticked]", "4 people ticked")
	page.Picture("list-ticked")
	s.check(s.W.StaffPauseEntry(s.Context(), s.Staff, entries[3]))
	page.SeeText("#row-"+entries[3], "Paused")
	page.SeeText("[data-ticked]", "4 people ticked")
	page.Wait(`document.querySelectorAll('[data-tick]:checked').length === 4`)
	page.Accessible()
	page.Click(".wl-many .wl-btn")
	page.SeeText("#many", "3 people are paused")
	page.Picture("list-asked")
	page.Accessible()
	page.Click("#many .wl-btn-primary")
	page.SeeText("#flash", "3 people are paused.")
	page.Click("#flash form .wl-btn")
	page.SeeText("#act", "3 people were put back")
}

func TestAFilterIsInTheAddressAndBackLeadsOutOfIt(t *testing.T) {
	s, _ := listed(t, 8)
	page := browser.Start(t).Open(t, browser.Desktop, s.server.URL+logIn+"?token="+s.token)
	page.Go(s.server.URL + paths.Waitlist)
	page.Click(".wl-filter summary")
	page.Set("#f-state", "paused")
	page.SeeText("#list-count", "1 person")
	page.Wait(`location.search === "?state=paused"`)
	page.Set("#f-order", "new")
	page.Wait(`location.search === "?order=new&state=paused"`)
	goBack(page, paths.Waitlist+"?state=paused")
	page.SeeText("#list-count", "1 person")
	goBack(page, paths.Waitlist)
	page.SeeText("#list-count", "8 people")
}

// goBack presses the browser's button once, and waits for the page that it leads to: the button replaces the document that is asked.
func goBack(page *browser.Page, to string) {
	page.Wait(`(globalThis.leaving ||= setTimeout(() => history.back(), 100), true)`)
	page.Wait(`!globalThis.leaving && location.pathname + location.search === "` + to + `"`)
}
