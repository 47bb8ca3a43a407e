package admin_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/waitlist"
)

// brought is a business with an import in each state: columns to be looked over, rows checked, at work, done, and undone but for one.
func brought(t *testing.T) (s *site, imports map[string]string) {
	t.Helper()
	s = open(t)
	cut, mia, _ := s.staffed()
	s.AddService("Balayage with consultation, toning and blow-dry", 150*time.Minute, 15*time.Minute)
	imports = map[string]string{}
	bring := func(name, file string) waitlist.ImportPage {
		t.Helper()
		id, err := s.W.UploadImport(s.Context(), s.Staff, waitlist.Upload{FileName: name + " waiting list of the studio, spring.csv", Content: []byte(file)})
		s.check(err)
		imports[name] = id
		p, err := s.W.ImportPage(s.Context(), s.Tenant, id, 0)
		s.check(err)
		p.Mapping.Service = cut
		return p
	}
	check := func(p waitlist.ImportPage) {
		t.Helper()
		s.check(s.W.CheckImport(s.Context(), s.Staff, p.ID, p.Mapping, p.Version))
	}
	start := func(p waitlist.ImportPage) {
		t.Helper()
		check(p)
		s.check(s.W.StartImport(s.Context(), s.Staff, p.ID, waitlist.StartImport{Version: p.Version + 1, Consented: true, Wording: "They agreed.", Locale: "en"}))
	}
	run := func() {
		t.Helper()
		_, err := s.W.RunImports(s.Context())
		s.check(err)
	}
	undone := bring("undone", "Name,Email\nUrsula Undone,ursula@example.org\nKurt Kept,kurt@example.org\n")
	start(undone)
	run()
	s.Open(mia, 4, "10:00", time.Hour) // is offered to the first
	s.check(s.W.UndoImport(s.Context(), s.Staff, undone.ID))
	run()
	const list = "Full name,E-mail address,Mobile,Treatment,Waiting since,Prio,Stylist,Remarks,Favourite colour\n" +
		"Ada Lovelace,ada@example.org,+4930123456,haircut,2027-01-05,2,Mia,Prefers mornings,blue\n" +
		"Maximiliane Wolkenstein-Hohenfels,m.wolkenstein-hohenfels@a-rather-long-domain.example.org,,,,,,,\n"
	start(bring("done", list+",nobody@example.org,,,,,,,\n"))
	run()
	bring("staged", list)
	bad := list
	for i := range 55 {
		bad += fmt.Sprintf("Bertram Bad the %d.,bertram at example,12,Massage of the whole body,tomorrow,7,Jonas,,\n", i)
	}
	check(bring("checked", bad+"Grete Good,grete@example.org,,,,,,,\n"))
	check(bring("hopeless", "Name,Email\nBertram Bad,nowhere\n"))
	start(bring("running", "Name,Email\nRita Running,rita@example.org\n"))
	_, err := s.W.Block(s.Context(), s.user(), waitlist.BlockForm{Name: "Maximiliane Wolkenstein-Hohenfels", Email: "m.wolkenstein-hohenfels@a-rather-long-domain.example.org", Phone: "+4930123456", Reason: "Shouted at Mia, and did not come three times in a row", Entries: waitlist.LeaveEntries})
	s.check(err)
	return s, imports
}

func TestThePagesOfTheListSuitEveryScreenAndEverybody(t *testing.T) {
	s, imports := brought(t)
	b := browser.Start(t)
	for name, seen := range map[string]struct {
		browser.Screen
		language string
	}{
		"phone": {browser.Phone, "de"}, "phone-dark": {browser.Phone.InTheDark(), "en"}, "narrow": {browser.Screen{Width: 320, Height: 640, Scale: 2, Touch: true}, "de"},
		"desktop-dark": {browser.Desktop.InTheDark(), "de"}, "tablet": {browser.Tablet, "en"},
	} {
		t.Run(name, func(t *testing.T) {
			screen, language := seen.Screen, seen.language
			page := b.Open(t, screen, s.server.URL+logIn+"?token="+s.token)
			pictures := map[string]string{"import": paths.ListImport, "export": paths.ListExport, "joining": paths.Joining, "blocks": paths.Blocks}
			for state, id := range imports {
				pictures["import-"+state] = paths.ListImportOf(id)
			}
			for picture, at := range pictures {
				if status := page.Go(s.server.URL + at + "?lang=" + language); status != 200 {
					t.Fatalf("%s answers %d", at, status)
				}
				page.Picture("list-" + picture + "-" + name)
				page.Fits()
				page.Reachable()
				if screen.Width == browser.Phone.Width {
					page.Accessible()
				}
			}
		})
	}
}

func TestEveryPageOfTheListIsValid(t *testing.T) {
	s, imports := brought(t)
	documents := map[string]string{
		"refused": s.press(s.get(paths.Joining), paths.Joining, url.Values{"cap": {"many"}, "state": {"until"}, "until": {"2020-01-01"}}).body,
		"blocked": s.press(s.get(paths.Blocks), paths.Blocks, url.Values{"name": {"Nobody"}}).body,
		"mapping": s.press(s.get(paths.ListImportMapping(imports["staged"])), paths.ListImportMapping(imports["staged"]), url.Values{"column_0": {""}}).body,
		"again":   s.get(paths.ListImportMapping(imports["checked"])).body,
		"behind":  s.get(paths.ListImportBehind(imports["checked"], 20)).body,
	}
	for _, at := range []string{paths.ListImport, paths.ListExport, paths.Joining, paths.Blocks} {
		documents[at] = s.get(at).body
	}
	for state, id := range imports {
		documents[state] = s.get(paths.ListImportOf(id)).body
	}
	for name, body := range documents {
		if !strings.Contains(body, "<main") {
			t.Errorf("%s is no page", name)
		}
	}
	browser.Valid(t, documents)
}

// user is the admin at the browser, who has a name that can be read.
func (s *site) user() waitlist.Staff {
	s.t.Helper()
	u, err := accounts.New(s.DB, accounts.SignupClosed).UserOf(s.Context(), s.token)
	s.check(err)
	return u.Staff()
}
