package admin_test

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/waitlist"
)

// noted is a business in which a little of everything was done, all of it linked.
func noted(t *testing.T) *site {
	t.Helper()
	s := open(t)
	ctx := s.Context()
	service, staff, booking := s.staffed()
	s.leadsTo(s.press(s.get(paths.Settings), paths.Settings, url.Values{"hold": {"25"}}), paths.Settings)
	s.leadsTo(s.press(s.get(paths.MessagesSending), paths.MessageQuietHours, url.Values{"quiet_from": {"21:00"}, "quiet_to": {"07:30"}, "night_openings": {"ask"}}), paths.MessagesSending)
	s.press(s.get(paths.Hours), paths.Hours, url.Values{"from_7_0": {"10:00"}})
	edit := s.get(paths.Service(service))
	s.press(edit, paths.Service(service), url.Values{"name": {"Haircut with a consultation that takes its time"}, "price": {"62.50"}})
	s.press(s.get(paths.StaffMember(staff)), paths.StaffMember(staff), url.Values{"name": {"Canary Mia"}})
	s.press(s.get(paths.Profile), paths.Profile, url.Values{"street": {"Canary street"}})
	s.press(s.get(paths.NewClosure), paths.Closures, url.Values{"from": {"2027-12-24"}, "to": {"2027-12-31"}, "reason": {"Canary illness"}})
	who := s.WaitAs("Amara Wolkenstein-Hohenfels", "amara@example.org", service, waitlist.Wishes{})
	s.check(s.W.SetPriority(ctx, s.Staff, who.Entry, 2, "Her mother called, and she has waited twice before."))
	s.Open(staff, 3, "14:00", time.Hour)
	s.Send()
	s.check(s.W.Decline(ctx, s.OfferTo(who), true))
	s.check(s.W.PauseEntry(ctx, who.Token))
	s.check(s.W.WishCancelBooking(ctx, s.Staff, booking))
	s.check(s.W.UndoBookingWish(ctx, s.Staff, booking))
	s.link()
	return s
}

func (s *site) link() {
	s.t.Helper()
	_, err := s.trail.Link(s.Context())
	s.check(err)
}

func TestTheAuditTrailTellsWhoDidWhatInWords(t *testing.T) {
	s := noted(t)
	page := s.page(paths.Audit, "Audit trail")
	page.says(
		"Ada Lovelace", "A customer", "The program", "Offer settings changed", "An offer stands for10 min → 25 min", "Quiet untilnothing → 07:30",
		"Opening hours changed", "Sun 08:00–20:00 → Sun 10:00–20:00", "Service changed", "Price€50.00 → €62.50", "Closure added", "24 Dec 2027",
		"Priority changed", "0 → 2", "Reason: Her mother called", "Joined the list", "Slot offered", "Offer declined", "Keeps waitingyes", "Pause begun",
		"Cancellation or attendance taken back", "Logged in", "The entries on this page are as they were written.", "entries are linked into the chain",
		"Changed too: Address",
	).silent("Canary illness", "Canary street", "amara@example.org")
	var details string
	s.check(s.DB.Pool().QueryRow("SELECT GROUP_CONCAT(detail) FROM audit_entries").Scan(&details))
	for _, personal := range []string{"Canary", "Amara", "Bea", "Ada", "@", "Nora"} {
		if strings.Contains(details, personal) {
			t.Errorf("the details hold %q: %s", personal, details)
		}
	}
	if page.Find(`a[href^="/counter/entries/"]`).Length() == 0 || page.Find(`a[href^="/admin/services/"]`).Length() == 0 {
		t.Error("nothing leads to the records")
	}
	if german := s.get(paths.Audit + "?lang=de"); !strings.Contains(german.main(), "Vorrang geändert") || !strings.Contains(german.main(), "25 Min.") || !strings.Contains(german.main(), "Wartet weiterja") {
		t.Errorf("in German: %s", german.main())
	}
	s.get(paths.Audit + "?lang=en")
	ada := page.Find(`select[name="who"] option`).FilterFunction(func(_ int, o *selection) bool { return o.Text() == "Ada Lovelace" }).AttrOr("value", "")
	s.get(paths.Audit+"?who="+ada+"&what=set_up&from=2027-03-01&to=2027-03-01").says("Offer settings changed").silent("Logged in", "Pause begun")
	s.get(paths.Audit+"?who="+ada+"&what=all").says("Logged in", "Closure added")
	s.get(paths.Audit+"?who=customers").says("Pause begun").silent("Priority changed", "Slot offered")
	s.get(paths.Audit + "?who=program&what=offers").says("Slot offered").silent("Offer declined")
	s.get(paths.Audit + "?from=2027-03-02").says("Nothing like that")
	s.get(paths.Audit + "?who=nobody").says("Nothing like that")
	s.get(paths.Audit + "?from=soon").refuses("from")
	s.get(paths.Audit + "?from=2027-03-02&to=2027-03-01").refuses("to")
	if got := s.get(paths.Audit + "?about=99999"); got.status != http.StatusNotFound {
		t.Errorf("what happened to nothing: %d", got.status)
	}
	about := page.Find(".wl-trail-line").FilterFunction(func(_ int, o *selection) bool { return strings.Contains(o.Text(), "Priority changed") }).Find(".wl-trail-number a").AttrOr("href", "")
	s.get(about).says("Joined the list", "Pause begun", "Priority changed", "only what happened to one record").silent("Slot offered", "Logged in")
	part := s.ask("GET", paths.Audit+"?who=customers", nil, "HX-Request", "true", "HX-Request-Type", "partial", "HX-Target", "section#trail")
	if part.Find("#trail").Length() != 1 || part.Find("main").Length() != 0 {
		t.Errorf("a script gets more than the part: %s", part.body)
	}
}

func TestALongTrailIsPagedBothWays(t *testing.T) {
	s := noted(t)
	service := s.AddService("Cut", 30*time.Minute, 0)
	for range 60 {
		s.Wait(service, waitlist.Wishes{})
	}
	s.link()
	first := s.get(paths.Audit)
	numbers := func(a answer) (list []string) {
		a.Find(".wl-trail-number a").Each(func(_ int, n *selection) { list = append(list, strings.TrimSpace(n.Contents().Last().Text())) })
		return list
	}
	seen := map[string]bool{}
	pages := []answer{first}
	for page := first; ; {
		for _, n := range numbers(page) {
			if seen[n] {
				t.Errorf("%s is shown twice", n)
			}
			seen[n] = true
		}
		next := page.Find(`a[rel="next"]`).AttrOr("href", "")
		if next == "" {
			break
		}
		page = s.get(next)
		pages = append(pages, page)
	}
	var total int
	s.check(s.DB.Pool().QueryRow("SELECT COUNT(*) FROM audit_entries").Scan(&total))
	if len(seen) != total || len(pages) != 3 {
		t.Errorf("%d entries on %d pages, there are %d", len(seen), len(pages), total)
	}
	back := s.get(pages[2].Find(`a[rel="prev"]`).AttrOr("href", ""))
	if strings.Join(numbers(back), " ") != strings.Join(numbers(pages[1]), " ") {
		t.Errorf("back leads to %v, want %v", numbers(back), numbers(pages[1]))
	}
	if top := s.get(back.Find(`a[rel="prev"]`).AttrOr("href", "")); strings.Join(numbers(top), " ") != strings.Join(numbers(first), " ") || top.Find(`a[rel="prev"]`).Length() != 0 {
		t.Errorf("the top is %v", numbers(top))
	}
}

func TestAnEntryThatWasChangedIsShownAsSuchAndTheCheckFindsIt(t *testing.T) {
	s := noted(t)
	s.get(paths.Audit).silent("Was changed afterwards")
	check := func() answer {
		t.Helper()
		for range 2 { // the second press is the first one's
			s.ask("POST", paths.AuditCheck, url.Values{})
		}
		s.get(paths.Audit).says("The whole trail is being checked: 0 of")
		if part := s.ask("GET", paths.AuditCheck, nil, "HX-Request", "true", "HX-Request-Type", "partial", "HX-Target", "div#trail-check"); part.Find("#trail-check progress").Length() != 1 || part.Find("main").Length() != 0 {
			t.Errorf("how far it is: %s", part.body)
		}
		_, err := s.trail.Check(s.Context())
		s.check(err)
		return s.get(paths.Audit)
	}
	check().says("none was changed and none is missing", "Check of the whole audit trail started")
	_, err := s.DB.Pool().Exec("UPDATE audit_entries SET detail = REPLACE(detail, '62', '63') WHERE action = 'service.change'")
	s.check(err)
	if marked := s.get(paths.Audit).Find(".wl-trail-broken"); marked.Length() != 1 || !strings.Contains(marked.Text(), "Service changed") {
		t.Errorf("marked: %s", marked.Text())
	}
	s.link()
	check().says("it is broken in 1 places", "changed or moved after it was linked", "1 of the entries shown here are not what they were")
	_, err = s.DB.Pool().Exec("UPDATE audit_heads SET signature = REPEAT('x', 32)")
	s.check(err)
	s.get(paths.Audit).says("was not written by this program").silent("are as they were written")
	_, err = s.DB.Pool().Exec("DELETE FROM audit_heads") // so that the invariants don't fail on what was broken on purpose
	s.check(err)
	_, err = s.DB.Pool().Exec("UPDATE audit_entries SET chain_sequence = NULL")
	s.check(err)
}

func TestTheTrailIsExportedAsATableAndAsAChain(t *testing.T) {
	s := noted(t)
	download := func(form url.Values) (string, http.Header) {
		t.Helper()
		response, err := s.client.PostForm(s.server.URL+paths.AuditExport, form)
		s.check(err)
		defer response.Body.Close()
		text, err := io.ReadAll(response.Body)
		s.check(err)
		if response.StatusCode != http.StatusOK {
			t.Fatalf("status %d: %s", response.StatusCode, text)
		}
		return string(text), response.Header
	}
	text, header := download(url.Values{"format": {"csv"}, "who": {"customers"}})
	if !strings.HasPrefix(header.Get("Content-Type"), "text/csv") || header.Get("Content-Disposition") != `attachment; filename=audit-studio-nord-2027-03-01.csv` {
		t.Errorf("the table comes as %v", header)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 5 || rows[0][2] != "Who" || rows[1][2] != "A customer" || rows[1][3] != "Pause begun" || len(rows[1][9]) != 64 {
		t.Errorf("the table is %q (%v)", rows, err)
	}
	if strings.Contains(text, "Amara") {
		t.Error("the table names customers")
	}
	s.link()
	text, header = download(url.Values{"format": {"jsonl"}})
	if !strings.Contains(header.Get("Content-Disposition"), ".jsonl") {
		t.Errorf("the lines come as %v", header)
	}
	lines := strings.Split(strings.TrimSpace(text), "\n")
	previous := strings.Repeat("0", 64)
	for i, line := range lines[:len(lines)-1] {
		var e entryLine
		s.check(json.Unmarshal([]byte(line), &e))
		if previous = e.hash(previous); e.Number != i+1 || previous != e.Hash {
			t.Fatalf("line %d has hash %s, reckoned %s", i+1, e.Hash, previous)
		}
	}
	var last struct{ Head string }
	s.check(json.Unmarshal([]byte(lines[len(lines)-1]), &last))
	if head, ok := audit.ParseHead(last.Head); !ok || head.Hash.String() != previous || int(head.Length) != len(lines)-1 {
		t.Errorf("the head is %s", last.Head)
	}
	s.get(paths.Audit).says("Audit trail exported", "Formatjsonl")
	if got := s.ask("POST", paths.AuditExport, url.Values{"format": {"pdf"}}); got.status != http.StatusUnprocessableEntity {
		t.Errorf("an unknown format: %d", got.status)
	}
}

func TestTheAuditTrailSuitsEveryScreenAndEverybody(t *testing.T) {
	empty := open(t)
	_, err := empty.DB.Pool().Exec("DELETE FROM audit_entries")
	empty.check(err)
	documents := map[string]string{"empty": empty.get(paths.Audit).body}
	s := noted(t)
	s.ask("POST", paths.AuditCheck, url.Values{})
	documents["running"] = s.get(paths.Audit).body
	_, err = s.trail.Check(s.Context())
	s.check(err)
	documents["checked"], documents["filtered"] = s.get(paths.Audit).body, s.get(paths.Audit+"?who=program&from=2027-03-01").body
	documents["refused"] = s.get(paths.Audit + "?from=soon").body
	browser.Valid(t, documents)
	b := browser.Start(t)
	for name, screen := range map[string]browser.Screen{
		"phone": browser.Phone, "phone-dark": browser.Phone.InTheDark(), "narrow": {Width: 320, Height: 640, Scale: 2, Touch: true},
		"tablet": browser.Tablet, "desktop": browser.Desktop, "desktop-dark": browser.Desktop.InTheDark(),
	} {
		t.Run(name, func(t *testing.T) {
			page := b.Open(t, screen, s.server.URL+logIn+"?token="+s.token)
			for picture, at := range map[string]string{"audit": paths.Audit, "audit-german": paths.Audit + "?lang=de", "audit-none": paths.Audit + "?lang=en&from=2027-04-01"} {
				if status := page.Go(s.server.URL + at); status != 200 {
					t.Fatalf("%s answers %d", at, status)
				}
				page.Picture(picture + "-" + name)
				page.Fits()
				page.Reachable()
				if screen.Width == browser.Phone.Width {
					page.Accessible()
				}
			}
		})
	}
	t.Run("chosen in place, and checked while one watches", func(t *testing.T) {
		page := b.Open(t, browser.Phone, s.server.URL+logIn+"?token="+s.token)
		page.Go(s.server.URL + paths.Audit + "?lang=en")
		page.Set("#f-who", "customers")
		page.Click("#trail-filter button")
		page.Wait(`location.search.includes("who=customers")`)
		page.Wait(`!document.querySelector("#trail").textContent.includes("Logged in")`)
		page.Click("#trail-check button")
		page.See("#trail-check progress")
		_, err := s.trail.Check(s.Context())
		s.check(err)
		page.SeeText("#trail-check", "none was changed and none is missing")
	})
}

func TestTheAuditTrailNamesAPIKeysAndCanBeAskedForOne(t *testing.T) {
	s := open(t)
	service, _, _ := s.staffed()
	who := s.WaitAs("Amara Wolke", "amara@example.org", service, waitlist.Wishes{})
	s.check(s.W.SetPriority(s.Context(), s.WithKey("Website <1>"), who.Entry, 2, "Regular"))
	s.check(s.W.SetPriority(s.Context(), s.WithKey("Till"), who.Entry, 1, "Regular after all"))
	page := s.page(paths.Audit, "Audit trail").says("API key “Website <1>”", "API key “Till”")
	till := page.Find(`select[name="who"] option`).FilterFunction(func(_ int, o *selection) bool { return o.Text() == "API key “Till”" }).AttrOr("value", "")
	s.get(paths.Audit+"?who="+till).says("Regular after all").silent("Joined the list", "Logged in", "0 → 2")
	out := s.press(page, paths.AuditExport, url.Values{"format": {"csv"}, "who": {till}})
	if rows := strings.Count(out.body, "API key “Till”"); rows != 1 || strings.Contains(out.body, "Website") {
		t.Errorf("exported: %s", out.body)
	}
}
