package public_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist"
)

func joining(s *site) url.Values {
	return url.Values{
		"service": {s.cut}, "name": {"Amara Okafor"}, "email": {"amara@example.com"}, "consent": {"on"},
		"who": {"any"}, "when": {"any"}, "notice": {"0"}, "wording": {"en"},
	}
}

// token is of the link that somebody who joined gets by email.
func (s *site) token(name string) string {
	s.t.Helper()
	list, err := s.W.WaitingList(s.t.Context(), s.Tenant, 100)
	s.check(err)
	for _, e := range list {
		if e.Person.Name == name {
			return s.DB.Tokens().Make(seal.TokenEntry, e.ID, 1)
		}
	}
	s.t.Fatalf("%s is not on the list", name)
	return ""
}

func (s *site) names() (names []string) {
	s.t.Helper()
	list, err := s.W.WaitingList(s.t.Context(), s.Tenant, 100)
	s.check(err)
	for _, e := range list {
		names = append(names, e.Person.Name)
	}
	return names
}

func TestJoiningAsksForFourThingsAndPreselectsAService(t *testing.T) {
	s := open(t)
	page := s.get(paths.Join(slug)).says("Join the waiting list")
	var asked []string
	page.Find("form#join [name][required]").Not("details [name]").Each(func(_ int, input *goquery.Selection) {
		if name := input.AttrOr("name", ""); !slices.Contains(asked, name) {
			asked = append(asked, name)
		}
	})
	if strings.Join(asked, " ") != "service name email consent" {
		t.Errorf("asked first: %v", asked)
	}
	if page.has("details[open]") || page.Find("input[name=service][checked]").AttrOr("value", "") != s.cut {
		t.Error("the wishes are unfolded, or no service is chosen")
	}
	if text := page.Find(".wl-choice").First().Text(); !strings.Contains(text, "45 min") || !strings.Contains(text, "€50.00") {
		t.Errorf("the service is shown as %q", text)
	}
	if page.has("input[name=consent][checked]") {
		t.Error("consent is given before it is asked for")
	}
}

func TestJoiningLeadsToTheMailboxAndRecordsTheWordsShown(t *testing.T) {
	for _, c := range []struct{ language, title string }{
		{"en", "Please check your email"},
		{"de", "Bitte sehen Sie in Ihre E-Mails"},
	} {
		t.Run(c.language, func(t *testing.T) {
			s := open(t)
			page := s.get(paths.Join(slug) + "?lang=" + c.language)
			shown := strings.TrimSpace(page.Find("label:has(#f-consent)").Text())
			form := joining(s)
			form.Set("wording", page.Find("input[name=wording]").AttrOr("value", ""))
			sent := s.ask("POST", paths.Join(slug), form)
			if sent.status != 303 || sent.header.Get("Location") != paths.JoinSent(slug) {
				t.Fatalf("status %d: %s", sent.status, sent.main())
			}
			s.get(paths.JoinSent(slug) + "?lang=" + c.language).says(c.title)
			var wording, locale string
			s.check(s.DB.Pool().QueryRow("SELECT wording, locale FROM consents").Scan(&wording, &locale))
			if wording != shown || !strings.HasPrefix(locale, c.language) {
				t.Errorf("recorded %q in %s, shown was %q", wording, locale, shown)
			}
		})
	}
}

func TestAKnownAddressGetsTheSameAnswerAsANewOne(t *testing.T) {
	s := open(t)
	first := s.ask("POST", paths.Join(slug), joining(s))
	form := joining(s)
	again := s.ask("POST", paths.Join(slug), form)
	if first.status != again.status || first.body != again.body || first.header.Get("Location") != again.header.Get("Location") {
		t.Errorf("%d %q, then %d %q", first.status, first.body, again.status, again.body)
	}
	if n := len(s.names()); n != 1 {
		t.Errorf("%d entries", n)
	}
}

func TestHostileJoinsAreRefusedByNameAndLeaveNothingBehind(t *testing.T) {
	s := open(t)
	cases := []struct{ name, value, field string }{
		{"service", "", "service"},
		{"service", "AAAAAAAAAAAAAAAAAAAAAA", "service"},
		{"service", "<script>", "service"},
		{"name", "", "name"},
		{"name", " \t ", "name"},
		{"name", strings.Repeat("n", 81), "name"},
		{"name", "Amara\x00Okafor", "name"},
		{"name", "Amara \u202eevil", "name"},
		{"email", "", "email"},
		{"email", "amara", "email"},
		{"email", "amara@localhost", "email"},
		{"email", "a@example.com\r\nBcc: b@example.com", "email"},
		{"email", "Amara <amara@example.com>", "email"},
		{"email", strings.Repeat("a", 300) + "@example.com", "email"},
		{"phone", "call me", "phone"},
		{"phone", "\U0001F4DE", "phone"},
		{"consent", "", "consent"},
		{"consent", "off", "consent"},
	}
	for _, c := range append(cases, hostileWishes(s)...) {
		form := joining(s)
		for name, values := range wishesWith(s, c.name, c.value) {
			form[name] = values
		}
		if c.field == "service" && c.value == "" {
			form.Set("service", "-")
		}
		page := s.ask("POST", paths.Join(slug), form).refuses(c.field)
		if page.has("script:not([src])") || page.has("main [onerror]") {
			t.Errorf("%s: what was typed became markup", c.name)
		}
		if t.Failed() {
			t.Fatalf("the case was %s=%.60q", c.name, c.value)
		}
	}
	var customers int
	s.check(s.DB.Pool().QueryRow("SELECT COUNT(*) FROM customers").Scan(&customers))
	if names := s.names(); len(names) > 0 || customers > 0 {
		t.Errorf("left behind: entries %v, %d customers", names, customers)
	}
}

func TestUnusualNamesAreWelcomeAndShownAsTheyAre(t *testing.T) {
	s := open(t)
	for i, name := range []string{"<b>Bold</b> & Sons", "نورة العتيبي", "Zoë 🌻", "O'Brien \"Pat\"", "{{.Name}}"} {
		form := joining(s)
		form.Set("name", name)
		form.Set("email", string(rune('a'+i))+"@example.com")
		if page := s.ask("POST", paths.Join(slug), form); page.status != 303 {
			t.Errorf("%s: status %d: %s", name, page.status, page.main())
			continue
		}
		s.get(paths.Entry(s.token(name))).says("One more press, " + name)
	}
}

func TestARefusedFormKeepsWhatWasTyped(t *testing.T) {
	s := open(t)
	form := joining(s)
	form.Set("service", s.colour)
	form.Set("email", "not an address")
	form.Set("phone", "0171 1234567")
	form.Set("when", "only")
	form.Add("windows", "6-morning")
	page := s.ask("POST", paths.Join(slug), form).refuses("email")
	for _, selector := range []string{
		"input[name=name][value='Amara Okafor']", "input[name=email][value='not an address'][aria-invalid=true]", "input[name=phone][value='0171 1234567']",
		"input[name=service][value='" + s.colour + "'][checked]", "input[value='6-morning'][checked]", "input[name=consent][checked]",
		"details[open]",
	} {
		if !page.has(selector) {
			t.Errorf("lost: %s", selector)
		}
	}
}

func TestARefusedFormComesAsAPartUnderHTMX(t *testing.T) {
	s := open(t)
	form := joining(s)
	form.Set("email", "")
	page := s.ask("POST", paths.Join(slug), form, "HX-Request", "true", "HX-Request-Type", "partial", "HX-Target", "form#join")
	page.refuses("email")
	if page.has("header") || page.Find("form#join").Length() != 1 {
		t.Errorf("%s", page.body)
	}
	form.Set("email", "amara@example.com")
	sent := s.ask("POST", paths.Join(slug), form, "HX-Request", "true", "HX-Request-Type", "partial", "HX-Target", "form#join")
	if sent.status != 204 || sent.header.Get("HX-Location") != paths.JoinSent(slug) {
		t.Errorf("status %d, HX-Location %q", sent.status, sent.header.Get("HX-Location"))
	}
}

func TestThePeopleToChooseFromFollowTheService(t *testing.T) {
	s := open(t)
	all := s.get(paths.Join(slug))
	if text := all.Find("#with-whom").Text(); !strings.Contains(text, "Haircut, Colour") {
		t.Errorf("without script the form doesn't say who offers what: %s", text)
	}
	one := s.ask("GET", paths.Join(slug)+"?service="+s.colour+"&who=only&only_staff="+s.jonas, nil,
		"HX-Request", "true", "HX-Request-Type", "partial", "HX-Target", "div#with-whom")
	text := one.Find("#with-whom").Text()
	if strings.Contains(text, "Mia") || !strings.Contains(text, "Jonas") || !one.has("input[value='"+s.jonas+"'][checked]") || one.has("form") {
		t.Errorf("%s", one.body)
	}
}

func TestALinkCanChooseAServiceButConsentsForNobody(t *testing.T) {
	s := open(t)
	page := s.get(paths.Join(slug) + "?service=" + s.colour + "&consent=on&name=Mallory&email=m@example.com")
	if !page.has("input[name=service][value='"+s.colour+"'][checked]") || page.has("input[name=consent][checked]") || page.has("input[value=Mallory]") {
		t.Error("the link filled in more than the service")
	}
}

func TestMoreLinesOnTheJoinPageKeepWhatWasTypedAndJoinNobody(t *testing.T) {
	s := open(t)
	form := joining(s)
	form.Set("more", "1")
	form.Set("name", "")
	page := s.ask("POST", paths.Join(slug), form)
	if page.status != 200 || page.Find("input[name^=window_from]").Length() != 4 || !page.has("details[open]") || !page.has("input[value='amara@example.com']") {
		t.Errorf("status %d\n%s", page.status, page.main())
	}
	if names := s.names(); len(names) > 0 {
		t.Errorf("joined: %v", names)
	}
}

func TestABusinessThatOffersNothingSaysThatTheListIsClosed(t *testing.T) {
	s := open(t)
	_, err := s.DB.Pool().Exec("DELETE FROM staff_services")
	s.check(err)
	s.get(paths.Join(slug)).says("The list is closed at the moment")
}

func TestTheCodeLeadsToTheJoinPage(t *testing.T) {
	s := open(t)
	code := s.get(paths.JoinCode(slug))
	if code.status != 200 || code.header.Get("Content-Type") != "image/svg+xml" || !strings.HasPrefix(code.body, "<svg ") {
		t.Fatalf("status %d, %s", code.status, code.header.Get("Content-Type"))
	}
	if !strings.Contains(code.header.Get("Cache-Control"), "max-age") {
		t.Error("the code is fetched anew each time")
	}
}

func TestAnUnknownLinkTellsNothing(t *testing.T) {
	s := open(t)
	entry := s.joins("Amara", waitlist.Wishes{}).Token
	gets := []string{
		paths.Join("nobody"), paths.JoinSent("nobody"), paths.JoinCode("nobody"), paths.Entry("x"), paths.Entry(entry + "x"), paths.EntryWishes("x"),
		paths.EntryLeaving("x"), paths.Offer(entry), paths.OfferEvent("x"), paths.Booking(entry), paths.BookingCancellation("x"), paths.BookingEvent("x"),
		paths.Entry(strings.Repeat("A", 5000)), paths.Entry("\x00"), paths.Entry("' OR '1'='1"), paths.Join("../admin"),
	}
	posts := []string{
		paths.Join("nobody"), paths.EntryConfirmation("x"), paths.EntryPause("x"), paths.EntryReturn("x"), paths.EntryWishes("x"), paths.EntryLeaving("x"),
		paths.OfferAcceptance("x"), paths.OfferDecline("x"), paths.BookingCancellation("x"), paths.BookingWait("x"),
	}
	look := func(method, path string, page answer) {
		t.Helper()
		if page.status != 404 || page.title() != "This link leads nowhere" || strings.Contains(page.body, "Studio") {
			t.Errorf("%s %.60s: status %d, %q", method, path, page.status, page.title())
		}
	}
	for _, path := range gets {
		look("GET", path, s.get(path))
	}
	for _, path := range posts {
		look("POST", path, s.ask("POST", path, url.Values{}))
	}
}

func TestTheJoinPageIsKeptForTheNextOneAndNeverOlderThanTheBusiness(t *testing.T) {
	s := open(t)
	for range 2 { // the second is kept
		if page := s.ask("GET", paths.Join(slug), nil); page.status != 200 || !strings.Contains(page.header.Get("Vary"), "HX-Target") {
			t.Fatalf("status %d, varies on %q", page.status, page.header.Get("Vary"))
		}
	}
	german := s.ask("GET", paths.Join(slug)+"?lang=de", nil).header.Get("Set-Cookie")
	s.ask("GET", paths.Join(slug), nil, "Cookie", strings.Split(german, ";")[0]).says("Auf die Warteliste")
	if chosen := s.ask("GET", paths.Join(slug)+"?service="+s.colour, nil); !chosen.has("input[name=service][value='" + s.colour + "'][checked]") {
		t.Error("a link that chooses gets the page of everybody")
	}
	balayage := s.AddService("Balayage", 30*time.Minute, 0)
	s.AddStaffMember("Noor", balayage)
	s.W.Wake(s.Context(), s.Tenant) // as every change of the business does
	if page := s.ask("GET", paths.Join(slug), nil); !strings.Contains(page.body, "Balayage") {
		t.Error("the page is older than the business")
	}
}
