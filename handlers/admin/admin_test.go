package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/paths"
)

func TestTheOverviewLeadsFromNothingToTheJoinLink(t *testing.T) {
	s := open(t)
	empty := s.page(paths.Admin, "Overview").says("0 of 7 steps done").silent("Let customers join", "What's next")
	if empty.Find(`#guide a[href="`+paths.Welcome+`"]`).Length() != 1 || empty.Find("#guide li a").Length() != 7 {
		t.Error("no way to the guide")
	}
	cut := s.AddService("Haircut", 45*time.Minute, 0)
	mia := s.AddStaffMember("Mia")
	s.page(paths.Admin, "Overview").says("Nobody offers: Haircut", "Offers nothing yet: Mia")
	form := s.page(paths.StaffMember(mia), "Mia")
	s.leadsTo(s.press(form, paths.StaffMember(mia), url.Values{"services": {cut}}), paths.StaffMembers)
	done := s.page(paths.Admin, "Overview").says("Let customers join").silent("What's next")
	if code := done.Find(`img[src="` + paths.JoinCode(s.Slug) + `"]`); code.Length() != 1 || code.AttrOr("alt", "") == "" {
		t.Error("no code that leads to the join page")
	}
	if link := s.server.URL + paths.Join(s.Slug); done.Find(`a[href="`+link+`"]`).Length() != 1 {
		t.Errorf("no link to %s", link)
	}
	if got := s.get(paths.JoinCode(s.Slug)); got.status != http.StatusOK || !strings.Contains(got.header.Get("Content-Type"), "svg") {
		t.Errorf("the code answers %d", got.status)
	}
	s.page(paths.Poster, "Join poster").says("Studio Nord", s.server.URL+paths.Join(s.Slug))
}

func TestAServiceIsAddedChangedRemovedAndBroughtBack(t *testing.T) {
	s := open(t)
	s.AddStaffMember("Mia")
	s.page(paths.Services, "Services").says("No services yet")
	form := s.page(paths.NewService, "New service")
	added := s.leadsTo(s.press(form, paths.Services, url.Values{"name": {"Haircut"}, "price": {"12.50"}}), paths.Services)
	added.says("Haircut is added.", "Haircut", "30 min", "€12.50", "with Mia")
	s.leadsTo(s.press(form, paths.Services, url.Values{"name": {"Haircut"}, "price": {"12.50"}}), paths.Services)
	rows := s.page(paths.Services, "Services").Find("tbody tr")
	if rows.Length() != 1 {
		t.Fatalf("pressing twice made %d services", rows.Length())
	}
	at := rows.Find("a").AttrOr("href", "")
	s.leadsTo(s.press(s.page(at, "Haircut"), at, url.Values{"duration": {"50"}, "buffer": {"10"}, "price_kind": {"on_request"}}), paths.Services).
		says("50 min + 10 min buffer", "On request")
	removal := s.page(at+"/removal", "Remove Haircut?").silent("look at this first")
	s.leadsTo(s.press(removal, at+"/removal", nil), paths.Services).says("Haircut is no longer offered.", "No services yet", "No longer offered")
	if gone := s.get(at); gone.status != http.StatusNotFound {
		t.Errorf("its page answers %d", gone.status)
	}
	s.leadsTo(s.press(s.get(paths.Services), at+"/restoration", nil), paths.Services).says("offered again", "50 min")
}

func TestARefusedServiceKeepsItsInputOnPageAndPart(t *testing.T) {
	s := open(t)
	form := s.page(paths.NewService, "New service")
	bad := url.Values{"name": {"Haircut <b>& co"}, "duration": {"soon"}, "price_kind": {"free"}}
	page := s.press(form, paths.Services, bad).refuses("duration")
	part := s.pressLive(form, paths.Services, "service-form", bad).refuses("duration").partOnly("service-form")
	for _, a := range []answer{page, part} {
		kept := a.fields(paths.Services, nil)
		if kept.Get("name") != "Haircut <b>& co" || kept.Get("duration") != "soon" || kept.Get("price_kind") != "free" || kept.Get("press") != form.fields(paths.Services, nil).Get("press") {
			t.Errorf("kept %v", kept)
		}
	}
	good := url.Values{"name": {"Haircut"}, "price_kind": {"free"}}
	if a := s.pressLive(form, paths.Services, "service-form", good); a.status != http.StatusNoContent || a.header.Get("HX-Location") != paths.Services {
		t.Errorf("a good one answers %d to %q", a.status, a.header.Get("HX-Location"))
	}
}

func TestHostileInputToAnyFormIsA422ThatNamesTheField(t *testing.T) {
	s := open(t)
	cut, mia, _ := s.staffed()
	huge := strings.Repeat("x", 20_000)
	forms := map[string]map[string][]string{
		paths.NewService:       {"name": {"", huge, "a\r\nb", "\u202egnat"}, "duration": {"", "-1", "1e3", "<script>alert(1)</script>", "٣٠"}, "buffer": {"481", "😀"}, "price": {"", "free", "-1", "12,345.678"}, "price_kind": {"gift"}, "staff": {"stranger"}},
		paths.Service(cut):     {"name": {"", huge}, "duration": {"4"}, "staff": {huge}},
		paths.NewStaffMember:   {"name": {"", " ", "a\x00b", huge}, "services": {"stranger"}},
		paths.StaffMember(mia): {"name": {"\u200b"}, "services": {"<script>"}},
		paths.NewClosure:       {"from": {"", "2027-02-30", "tomorrow", "0000-00-00", huge}, "to": {"2026-01-01", "30.02.2027"}, "staff_member": {"stranger"}, "reason": {huge, "a\nb"}},
		paths.Settings:         {"hold": {"", "0", "1e9", "99999999999999999999"}, "hold_cap": {"-1"}, "minimum_notice": {"soon"}, "contacts_per_day": {"0"}, "contact_gap": {"2000"}},
		paths.Weights:          {"wait_per_hour": {"", "-1", "10001", huge}, "pass_over_lift": {"ten"}},
		paths.Profile:          {"name": {"", huge, "a\tb"}, "zone": {"Local", "Mars/Olympus", "../etc/passwd"}, "currency": {"", "EURO"}, "locale": {"xx"}, "street": {huge, "a\r\nb"}, "phone": {"12", "drop table"}, "email": {"a@b"}, "website": {"javascript:alert(1)", "a b"}, "country": {"", "XX"}},
		paths.Hours:            {"from_1_0": {"", "24:00", "<script>", "８:００", "09:00+02:00"}, "to_2_0": {"07:00", huge}},
	}
	fine := url.Values{"name": {"Fine"}, "price": {"10"}, "from": {"2027-04-01"}}
	for at, fields := range forms {
		form := s.get(at)
		action := strings.TrimSuffix(at, "/new")
		for field, all := range fields {
			for _, typed := range all {
				changed := url.Values{}
				for name, value := range fine {
					if strings.HasSuffix(at, "/new") {
						changed[name] = value
					}
				}
				changed[field] = []string{typed}
				t.Run(at+" "+field+" "+typed[:min(len(typed), 12)], func(t *testing.T) {
					a := s.press(form, action, changed)
					a.t = t
					a.refuses(field)
				})
			}
		}
		bad := url.Values{"name": {"\xff\xfe"}, "from_1_0": {"\xff"}, "hold": {"\xff"}, "wait_per_hour": {"\xff"}, "from": {"\xff"}}
		if a := s.press(form, action, bad); a.status != http.StatusUnprocessableEntity {
			t.Errorf("%s: invalid UTF-8 answers %d", at, a.status)
		}
	}
	var rows int
	s.check(s.DB.Pool().QueryRow("SELECT (SELECT COUNT(*) FROM services) + (SELECT COUNT(*) FROM staff_members) + (SELECT COUNT(*) FROM closures)").Scan(&rows))
	if rows != 2 {
		t.Errorf("%d rows of services, staff members and closures, want the 2 from before", rows)
	}
}

func TestWhatAChangeTouchesIsShownBeforeItIsSaved(t *testing.T) {
	s := open(t)
	cut, mia, booking := s.staffed()
	other := s.AddStaffMember("Noah", cut)
	for _, c := range []struct {
		what, at, heading, action, part, back string
		changed                               url.Values
	}{
		{"hours", paths.Hours, "Opening hours", paths.Hours, "hours-form", paths.Hours, url.Values{"from_2_0": {"12:00"}}},
		{"days off", paths.NewClosure, "New days off", paths.Closures, "closure-form", paths.Closures, url.Values{"from": {"2027-03-02"}}},
		{"zone", paths.Profile, "Business profile", paths.Profile, "profile-form", paths.Profile, url.Values{"zone": {"Asia/Tokyo"}}},
		{"what somebody offers", paths.StaffMember(mia), "Mia", paths.StaffMember(mia), "staff-form", paths.StaffMembers, url.Values{"services": {}}},
		{"who offers something", paths.Service(cut), "Haircut", paths.Service(cut), "service-form", paths.Services, url.Values{"staff": {other}}},
	} {
		t.Run(c.what, func(t *testing.T) {
			form := s.page(c.at, c.heading)
			part := s.pressLive(form, c.action, c.part, c.changed).partOnly(c.part)
			page := s.press(form, c.action, c.changed)
			for _, a := range []answer{part, page} {
				if a.status != http.StatusConflict || a.Find(`a[href="`+paths.CounterBooking(booking)+`"]`).Length() != 1 {
					t.Fatalf("status %d:\n%s", a.status, a.main())
				}
				a.says("Nothing is saved yet", "1 booking", "Bea Booked", "Save anyway")
				if a.Find(`#touched[role="alert"]`).Length() != 1 {
					t.Error("the list is not announced")
				}
			}
			forged := page.fields(c.action, url.Values{"seen": {"0123456789abcdef0123456789abcdef"}})
			if a := s.ask("POST", c.action, forged); a.status != http.StatusConflict {
				t.Errorf("a forged mark answers %d", a.status)
			}
			if c.what == "what somebody offers" || c.what == "who offers something" {
				return // so that the next one finds the offering
			}
			s.leadsTo(s.press(page, c.action, nil), c.back).says("saved")
		})
	}
	var state string
	s.check(s.DB.Pool().QueryRow("SELECT state FROM bookings").Scan(&state))
	if state != "confirmed" {
		t.Errorf("the booking is %s", state)
	}
}

func TestARemovalShowsWhatGoesWithItAndAsksAgainWhenThatChanged(t *testing.T) {
	s := open(t)
	_, mia, _ := s.staffed()
	at := paths.StaffMemberRemoval(mia)
	page := s.page(at, "Remove Mia from the team?").says("Bea Booked", "10:00–10:45")
	s.Open(mia, 1, "15:00", 45*time.Minute)
	again := s.press(page, at, nil)
	if again.status != http.StatusConflict {
		t.Fatalf("removed with an opening nobody had seen: %d", again.status)
	}
	again.says("1 opening is withdrawn")
	s.leadsTo(s.press(again, at, nil), paths.StaffMembers).says("Mia is no longer on the team.", "Nobody is here yet")
	s.leadsTo(s.press(again, at, nil), paths.StaffMembers)
}

func TestHoursAreEditedOnTheFormAndSavedOnlyBySaving(t *testing.T) {
	s := open(t)
	form := s.page(paths.Hours, "Opening hours")
	if rows := form.Find(`input[type="time"]`).Length(); rows != 14 {
		t.Fatalf("%d times", rows)
	}
	more := s.pressLive(form, paths.Hours, "hours-form", url.Values{"act": {"add.1"}, "to_1_0": {"12:00"}}).partOnly("hours-form")
	if more.status != http.StatusOK || more.Find("#f-from-1-1").Length() != 1 || more.fields(paths.Hours, nil).Get("to_1_0") != "12:00" {
		t.Errorf("adding hours: %d\n%s", more.status, more.body)
	}
	less := s.press(more, paths.Hours, url.Values{"act": {"drop.7.0"}})
	if less.Find("#f-from-7-0").Length() != 0 || less.Find("#f-from-1-1").Length() != 1 {
		t.Error("dropping Sunday did not close it")
	}
	less.says("Closed")
	copied := s.press(less, paths.Hours, url.Values{"act": {"copy"}, "copy_from": {"1"}, "copy_to": {"2", "7"}, "from_1_1": {"13:00"}, "to_1_1": {"17:00"}})
	if got := copied.fields(paths.Hours, nil); got.Get("to_2_0") != "12:00" || got.Get("from_7_1") != "13:00" || got.Get("to_3_0") != "20:00" {
		t.Errorf("copied: %v", got)
	}
	for _, act := range []string{"add", "add.", "add.9", "drop.1", "drop.1.99", "drop.-1.-1", "copy", "nothing", "add.999999999999999999999"} {
		if a := s.press(copied, paths.Hours, url.Values{"act": {act}}); a.status != http.StatusOK {
			t.Errorf("%s answers %d", act, a.status)
		}
	}
	if got := s.page(paths.Hours, "Opening hours").fields(paths.Hours, nil); got.Get("to_1_0") != "20:00" {
		t.Fatalf("saved without saving: %v", got)
	}
	s.leadsTo(s.press(copied, paths.Hours, nil), paths.Hours).says("The opening hours are saved.")
	if got := s.page(paths.Hours, "Opening hours").fields(paths.Hours, nil); got.Get("to_1_1") != "17:00" || got.Get("from_7_1") != "13:00" {
		t.Errorf("saved: %v", got)
	}
}

func TestDaysOffAreAddedChangedAndRemoved(t *testing.T) {
	s := open(t)
	mia := s.AddStaffMember("Mia")
	s.page(paths.Closures, "Closures").says("No days off planned")
	form := s.page(paths.NewClosure, "New days off")
	list := s.leadsTo(s.press(form, paths.Closures, url.Values{"from": {"2027-03-08"}, "to": {"2027-03-12"}, "staff_member": {mia}, "reason": {"Holiday"}}), paths.Closures)
	list.says("8 Mar 2027 – 12 Mar 2027", "Mia", "Holiday")
	at := list.Find("tbody a").AttrOr("href", "")
	page := s.page(at, "Days off")
	s.leadsTo(s.press(page, at, url.Values{"to": {""}, "staff_member": {""}}), paths.Closures).says("8 Mar 2027", "The whole business").silent("12 Mar 2027")
	s.leadsTo(s.press(page, at+"/removal", nil), paths.Closures).says("No days off planned")
	if a := s.get(at); a.status != http.StatusNotFound {
		t.Errorf("its page answers %d", a.status)
	}
}

func TestSettingsChangedMeanwhileComeBackWithTheInputKept(t *testing.T) {
	s := open(t)
	for at, changed := range map[string]url.Values{paths.Settings: {"hold": {"15"}}, paths.Profile: {"street": {"Mine 1"}}} {
		form := s.get(at)
		_, err := s.DB.Pool().Exec("UPDATE settings SET version = version + 1")
		s.check(err)
		stale := s.press(form, at, changed)
		if stale.status != http.StatusConflict {
			t.Fatalf("%s: a stale form answers %d", at, stale.status)
		}
		stale.says("Somebody saved these settings")
		s.leadsTo(s.press(stale, at, nil), at).says("The settings are saved.")
		for field, want := range changed {
			if got := s.get(at).fields(at, nil).Get(field); got != want[0] {
				t.Errorf("%s is %q, want %q", field, got, want[0])
			}
		}
	}
}

func TestEveryPageIsInTheReadersLanguage(t *testing.T) {
	s := open(t)
	cut, mia, _ := s.staffed()
	closure := s.leadsTo(s.press(s.get(paths.NewClosure), paths.Closures, url.Values{"from": {"2027-05-01"}}), paths.Closures).Find("tbody a").AttrOr("href", "")
	for at, heading := range map[string]string{
		paths.Admin: "Überblick", paths.Poster: "Aushang", paths.Services: "Leistungen", paths.NewService: "Neue Leistung", paths.Service(cut): "Haircut",
		paths.ServiceRemoval(cut): "Haircut entfernen?", paths.StaffMembers: "Team", paths.NewStaffMember: "Neu im Team", paths.StaffMember(mia): "Mia",
		paths.StaffMemberRemoval(mia): "Mia aus dem Team entfernen?", paths.Hours: "Öffnungszeiten", paths.NewClosure: "Neue freie Tage", closure: "Freie Tage",
		paths.Settings: "Angebote", paths.Weights: "Wer zuerst drankommt", paths.Profile: "Ihr Betrieb",
	} {
		page := s.page(at+"?lang=de", heading)
		if lang := page.Find("html").AttrOr("lang", ""); lang != "de" {
			t.Errorf("%s: lang is %q", at, lang)
		}
	}
	s.get(paths.Admin + "?lang=en")
	price := s.press(s.get(paths.Service(cut)+"?lang=de"), paths.Service(cut), url.Values{"price": {"12,50"}})
	s.leadsTo(price, paths.Services).says("12,50 €")
}

func TestAnotherBusinessesPagesAreAsUnknown(t *testing.T) {
	s := open(t)
	cut, mia, _ := s.staffed()
	closure := s.leadsTo(s.press(s.get(paths.NewClosure), paths.Closures, url.Values{"from": {"2027-05-01"}}), paths.Closures).Find("tbody a").AttrOr("href", "")
	fine := url.Values{"name": {"Mine"}, "duration": {"30"}, "buffer": {"0"}, "price_kind": {"free"}, "from": {"2027-05-01"}}
	routes := []struct{ method, at string }{
		{"GET", paths.Service(cut)}, {"POST", paths.Service(cut)}, {"GET", paths.ServiceRemoval(cut)}, {"POST", paths.ServiceRemoval(cut)},
		{"POST", paths.ServiceRestoration(cut)}, {"GET", paths.StaffMember(mia)}, {"POST", paths.StaffMember(mia)},
		{"GET", paths.StaffMemberRemoval(mia)}, {"POST", paths.StaffMemberRemoval(mia)}, {"GET", closure}, {"POST", closure}, {"POST", closure + "/removal"},
	}
	s.comeIn(s.newAdmin(accounts.New(s.DB, accounts.SignupOpen), "Another business", "bo@example.org"))
	for _, r := range routes {
		form := fine
		if r.method == "GET" {
			form = nil
		}
		foreign := s.ask(r.method, r.at, form)
		for _, id := range []string{cut, mia, closure[strings.LastIndex(closure, "/")+1:]} {
			r.at = strings.ReplaceAll(r.at, id, "unknown")
		}
		unknown := s.ask(r.method, r.at, form)
		if foreign.status != http.StatusNotFound || unknown.status != http.StatusNotFound || foreign.main() != unknown.main() {
			t.Errorf("%s %s: foreign %d, unknown %d", r.method, r.at, foreign.status, unknown.status)
		}
	}
}

func TestReadingChangesNothing(t *testing.T) {
	s := open(t)
	cut, mia, _ := s.staffed()
	var before, after string
	sum := func(to *string) {
		s.check(s.DB.Pool().QueryRow(`SELECT CONCAT_WS(' ', (SELECT COUNT(*) FROM audit_entries), (SELECT COUNT(*) FROM form_presses), (SELECT COUNT(*) FROM services),
			(SELECT COUNT(*) FROM closures), (SELECT COUNT(*) FROM opening_hours), (SELECT SUM(version) FROM settings), (SELECT COALESCE(SUM(version), 0) FROM slots))`).Scan(to))
	}
	sum(&before)
	for _, method := range []string{"GET", "HEAD"} {
		for _, at := range []string{
			paths.Admin, paths.Poster, paths.Services, paths.NewService, paths.Service(cut), paths.ServiceRemoval(cut), paths.StaffMembers, paths.NewStaffMember,
			paths.StaffMember(mia), paths.StaffMemberRemoval(mia), paths.Hours, paths.Closures, paths.NewClosure, paths.Settings, paths.Weights, paths.Profile,
		} {
			if a := s.ask(method, at, nil); a.status != http.StatusOK {
				t.Errorf("%s %s: %d", method, at, a.status)
			}
		}
	}
	sum(&after)
	if before != after {
		t.Errorf("%s became %s", before, after)
	}
}
