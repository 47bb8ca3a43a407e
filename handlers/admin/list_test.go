package admin_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/waitlist"
)

// send uploads a file as the form does.
func (s *site) send(path, press, name string, file []byte) answer {
	s.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	s.check(form.WriteField("press", press))
	part, err := form.CreateFormFile("file", name)
	s.check(err)
	_, err = part.Write(file)
	s.check(err)
	s.check(form.Close())
	r, err := http.NewRequestWithContext(s.Context(), "POST", s.server.URL+path, &body)
	s.check(err)
	r.Header.Set("Content-Type", form.FormDataContentType())
	response, err := s.client.Do(r)
	s.check(err)
	defer response.Body.Close()
	document, err := goquery.NewDocumentFromReader(response.Body)
	s.check(err)
	return answer{document, s.t, response.StatusCode, response.Header, ""}
}

// bring uploads a list, has it read as guessed, and gives the path of its import.
func (s *site) bring(file string) (at string, checked answer) {
	s.t.Helper()
	form := s.get(paths.ListImport)
	got := s.send(paths.ListImport, form.Find("input[name=press]").AttrOr("value", ""), "list.csv", []byte(file))
	at = got.header.Get("Location")
	mapping := s.leadsTo(got, at)
	return at, s.leadsTo(s.press(mapping, at+"/mapping", nil), at)
}

func TestAListIsBroughtStepByStep(t *testing.T) {
	s := open(t)
	s.staffed()
	at, checked := s.bring("Full name;E-Mail;Treatment;Colour\nAda Lovelace;ada@example.org;Haircut;red\nBob;bob at home;Massage;\n")
	if tally := strings.Join(strings.Fields(checked.Find(".wl-tally").Text()), " "); !strings.HasPrefix(tally, "can be imported1") && !strings.Contains(tally, "can be imported 1") {
		t.Errorf("the tally: %s", tally)
	}
	checked.says("Line", "3", "Bob", "bob at home", "There is no service of this name.")
	s.press(checked, at+"/start", nil).refuses("consent")
	part := s.pressLive(checked, at+"/start", "start-form", nil)
	part.refuses("consent").partOnly("start-form")
	if got := s.page(at+"/mapping", "Import a list"); got.Find("#f-column-0 option[selected]").AttrOr("value", "") != "name" || got.Find("#f-column-3 option[selected]").AttrOr("value", "?") != "" {
		t.Errorf("what was chosen is forgotten:\n%s", got.main())
	}
	s.leadsTo(s.press(checked, at+"/start", url.Values{"consent": {"yes"}}), at).says("The list is being imported", "0 of 1")
	looks := s.ask("GET", at, nil, "HX-Request", "true", "HX-Request-Type", "partial", "HX-Target", "section#import-state")
	if looks.Find("#import-state progress").Length() != 1 || looks.Find("main").Length() != 0 {
		t.Errorf("looking again: %s", looks.body)
	}
	_, err := s.W.RunImports(s.Context())
	s.check(err)
	done := s.page(at, "Import a list").says("The list is imported", "1 person was put on the list.", "1 row was left out because it must be mended.")
	s.leadsTo(s.press(checked, at+"/start", url.Values{"consent": {"yes"}}), at)   // pressed again
	s.leadsTo(s.press(checked, at+"/cancellation", nil), at).says("taken further") // from a page left open
	s.leadsTo(s.ask("POST", at+"/mapping", url.Values{"version": {"1"}}), at).says("taken further")
	if number := s.one("SELECT COUNT(*) FROM consents WHERE source = 'import' AND wording LIKE 'Studio Nord stated%'"); number != "1" {
		t.Errorf("%s consents", number)
	}
	bad := s.get(at + "/bad.csv")
	records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(bad.body, "\ufeff"))).ReadAll()
	s.check(err)
	if len(records) != 2 || !slices.Equal(records[0], []string{"Full name", "E-Mail", "Treatment", "Colour", "What to do"}) || records[1][1] != "bob at home" || !strings.Contains(records[1][4], "There is no service of this name.") {
		t.Errorf("%q", records)
	}
	s.leadsTo(s.press(done, at+"/undoing", nil), at).says("The import is being undone")
	_, err = s.W.RunImports(s.Context())
	s.check(err)
	s.page(at, "Import a list").says("1 person was taken off the list again.")
	s.page(paths.ListImport, "Import a list").says("list.csv", "Undone")
}

func (s *site) one(query string) (value string) {
	s.t.Helper()
	s.check(s.DB.Pool().QueryRowContext(s.Context(), query).Scan(&value))
	return value
}

func TestAFileThatIsNoListIsRefusedWithWhatToDo(t *testing.T) {
	s := open(t)
	s.staffed()
	for _, c := range []struct {
		file []byte
		want string
	}{
		{nil, "There is nothing in this file."},
		{[]byte("PK\x03\x04"), "This is no CSV file."},
		{bytes.Repeat([]byte("x,y\n"), 3<<19), "bigger than 5 MB"},
		{bytes.Repeat([]byte("x,y\n"), 10_001), "more than 10000 rows"},
	} {
		if got := s.send(paths.ListImport, "", "list.xlsx", c.file); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.Find("#f-file-error").Text(), c.want) {
			t.Errorf("%d %s, want %q", got.status, got.main(), c.want)
		}
	}
	if got := s.ask("POST", paths.ListImport, url.Values{}); got.status != http.StatusUnprocessableEntity {
		t.Errorf("without a file: %d", got.status)
	}
	if got := s.send(paths.Joining, "", "list.csv", bytes.Repeat([]byte("x"), 2<<20)); got.status != http.StatusRequestEntityTooLarge {
		t.Errorf("two megabytes elsewhere: %d", got.status)
	}
	// Twice pressed, once uploaded.
	for range 2 {
		s.send(paths.ListImport, "the-same-press", "list.csv", []byte("Name,Email\nAda,ada@example.org\n"))
	}
	if n := s.one("SELECT COUNT(*) FROM imports"); n != "1" {
		t.Errorf("%s imports", n)
	}
	at, _ := s.bring("Name,Email\nAda,ada@example.org\n")
	s.leadsTo(s.press(s.get(at), at+"/cancellation", nil), paths.ListImport).says("given up")
	s.press(s.get(paths.ListImport), paths.ListImport, nil)
}

func TestWhatIsExportedCanBeImportedAgain(t *testing.T) {
	for _, language := range []string{"en", "de"} {
		t.Run(language, func(t *testing.T) {
			s := open(t)
			cut, mia, _ := s.staffed()
			for i, name := range []string{"=cmd|' /C calc'!A0", "+Plus", "-Minus", "@At", "'Quote; \"semi\"", "Ordinary Person"} {
				_, err := s.W.AddEntry(s.Context(), s.Staff, waitlist.AddEntry{
					Service: cut, Name: name, Email: fmt.Sprintf("person%d@example.org", i), Phone: "+49 30 123456", Consent: true, Wording: "Yes", Locale: "de", Priority: -2, Note: "=1+1\nand more",
					Wishes: waitlist.Wishes{PreferredStaff: mia},
				})
				s.check(err)
			}
			tag, err := s.W.AddTag(s.Context(), s.user(), waitlist.TagForm{Name: "Regular, nice", Colour: waitlist.TagColours()[0]})
			s.check(err)
			s.check(s.W.TagCustomer(s.Context(), s.user(), s.one("SELECT public_id FROM entries ORDER BY id LIMIT 1"), []string{tag}, nil))
			got := s.ask("POST", paths.ListExport+"?lang="+language, url.Values{})
			name := map[string]string{"en": "studio-nord-waitlist-2027-03-01.csv", "de": "studio-nord-warteliste-2027-03-01.csv"}[language]
			if disposition := got.header.Get("Content-Disposition"); got.status != http.StatusOK || !strings.Contains(disposition, name) || !strings.HasPrefix(got.body, "\ufeff") {
				t.Fatalf("%d %s\n%q", got.status, disposition, got.body)
			}
			r := csv.NewReader(strings.NewReader(strings.TrimPrefix(got.body, "\ufeff")))
			r.Comma = map[string]rune{"en": ',', "de": ';'}[language]
			records, err := r.ReadAll()
			s.check(err)
			for _, record := range records {
				for _, cell := range record {
					if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
						t.Errorf("a spreadsheet would carry out %q", cell)
					}
				}
			}
			if len(records) != 7 || records[1][5] != "2027-03-01T09:00:00+01:00" && !strings.HasSuffix(records[1][5], "+01:00") {
				t.Errorf("%d records, joined %s", len(records), records[1][5])
			}
			if n := s.one(`SELECT detail FROM audit_entries WHERE action = 'list.export'`); n != `{"count":6,"filtered":false}` {
				t.Errorf("noted: %s", n)
			}
			// Everybody is known again, with no column to be told.
			at, checked := s.bring(got.body)
			if listed := checked.Find(".wl-tally-one").Last().Find("dd").Text(); listed != "6" {
				t.Errorf("%s of 6 are recognised:\n%s", listed, checked.main())
			}
			page, err := s.W.ImportPage(s.Context(), s.Tenant, strings.TrimPrefix(at, paths.ListImport+"/"), 0)
			s.check(err)
			if got := fmt.Sprint(page.Mapping.Columns); got != "[name email phone service  joined priority staff language note tags ]" {
				t.Errorf("guessed %s", got)
			}
			// And in a list without them they are as they were.
			_, err = s.DB.Pool().ExecContext(s.Context(), "UPDATE entries SET state = 'removed', live_service_id = NULL, ended_at = created_at")
			s.check(err)
			at, checked = s.bring(got.body)
			s.press(checked, at+"/start", url.Values{"consent": {"yes"}})
			_, err = s.W.RunImports(s.Context())
			s.check(err)
			again := s.ask("POST", paths.ListExport+"?lang="+language, url.Values{})
			if again.body != got.body {
				t.Errorf("it changed on the way:\n%s\n%s", got.body, again.body)
			}
		})
	}
}

func TestAnEmptyListIsExportedWithItsHead(t *testing.T) {
	s := open(t)
	s.page(paths.ListExport, "Export the list").says("0 people are in the file.", "Europe/Berlin")
	filtered := s.page(paths.ListExport+"?source=public&find=x", "Export the list").says("Only those whom the filter of the list lets through.")
	if got := filtered.Find("main form").AttrOr("action", ""); got != paths.ListExport+"?find=x&source=public" {
		t.Errorf("the filter is lost: %s", got)
	}
	if got := s.ask("POST", paths.ListExport, url.Values{}); strings.Count(got.body, "\n") != 1 || !strings.Contains(got.body, "Email address") {
		t.Errorf("%q", got.body)
	}
}

func TestJoiningIsPausedLimitedAndOpenedAgain(t *testing.T) {
	s := open(t)
	cut, _, _ := s.staffed()
	perm := s.AddService("Perm", 30*time.Minute, 0)
	s.AddStaffMember("Jo", perm)
	join := paths.Join(s.Slug)
	s.get(join).says("Haircut")
	form := s.page(paths.Joining, "Joining")
	s.press(form, paths.Joining, url.Values{"state": {"until"}}).refuses("until")
	s.pressLive(form, paths.Joining, "joining-form", url.Values{"state": {"until"}, "until": {"2027-03-01"}}).refuses("until").partOnly("joining-form")
	s.press(form, paths.Joining, url.Values{"cap": {"many"}}).refuses("cap")
	s.press(form, paths.Joining, url.Values{"cap_" + cut: {"-1"}}).refuses("cap_" + cut)
	s.press(form, paths.Joining, url.Values{"expiry": {"8"}}).refuses("expiry")
	paused := s.leadsTo(s.press(form, paths.Joining, url.Values{"state": {"until"}, "until": {"2027-03-05"}, "reason": {"On holiday until Friday."}, "expiry": {"30"}}), paths.Joining)
	paused.says("Saved.")
	if paused.Find("#f-expiry option[selected]").AttrOr("value", "") != "30" {
		t.Error("the expiry is not kept")
	}
	s.get(join).says("Joining is paused at the moment", "On holiday until Friday.", "Friday 5 March 2027")
	if got := s.ask("POST", join, url.Values{"service": {cut}, "name": {"Ada"}, "email": {"ada@example.org"}, "consent": {"on"}}); got.status != http.StatusConflict {
		t.Errorf("joining while it is paused: %d", got.status)
	}
	stale := s.press(form, paths.Joining, url.Values{"state": {"open"}}) // made before
	if stale.status != http.StatusConflict {
		t.Errorf("an old form: %d", stale.status)
	}
	limited := s.leadsTo(s.press(stale, paths.Joining, url.Values{"state": {"open"}, "cap_" + cut: {"1"}}), paths.Joining)
	s.get(join).says("Haircut", "Perm").silent("full at the moment")
	press := func(service, name string) answer {
		return s.ask("POST", join, url.Values{"service": {service}, "name": {name}, "email": {name + "@example.org"}, "consent": {"on"}})
	}
	s.leadsTo(press(cut, "ada"), paths.JoinSent(s.Slug))
	full := s.get(join).says("The list for this is full at the moment")
	if full.Find(`input[name=service][value="`+cut+`"][disabled]`).Length() != 1 || full.Find(`input[name=service][value="`+perm+`"][checked]`).Length() != 1 {
		t.Error("what is full can be chosen")
	}
	press(cut, "bob").refuses("service")
	s.leadsTo(s.press(limited, paths.Joining, url.Values{"cap_" + cut: {""}, "cap": {"1"}}), paths.Joining)
	s.get(join).says("The list is full at the moment")
	if got := press(perm, "bob"); got.status != http.StatusConflict {
		t.Errorf("joining a full list: %d", got.status)
	}
}

func TestSomebodyIsBlockedAndUnblocked(t *testing.T) {
	s := open(t)
	cut, _, _ := s.staffed()
	s.WaitAs("Bert", "bert@example.org", cut, waitlist.Wishes{})
	form := s.page(paths.Blocks, "Blocked people").says("Nobody is blocked")
	s.press(form, paths.Blocks, url.Values{"name": {"Bert"}, "reason": {"Rude"}}).refuses("email")
	s.pressLive(form, paths.Blocks, "block-form", url.Values{"name": {"Bert"}, "email": {"bert@example.org"}}).refuses("reason").partOnly("block-form")
	fields := url.Values{"name": {"Bert"}, "email": {"bert@example.org"}, "reason": {"Rude"}}
	blocked := s.leadsTo(s.press(form, paths.Blocks, fields), paths.Blocks).says("Blocked, and 1 entry changed.", "bert@example.org", "Rude", "by Ada Lovelace")
	s.leadsTo(s.press(form, paths.Blocks, fields), paths.Blocks) // again
	if n := s.one("SELECT COUNT(*) FROM blocks"); n != "1" {
		t.Errorf("%s blocks", n)
	}
	unblock := blocked.Find(`form[action$="/removal"]`).AttrOr("action", "")
	s.leadsTo(s.press(blocked, unblock, nil), paths.Blocks).says("Unblocked.", "Nobody is blocked")
}
