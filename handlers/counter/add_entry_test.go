package counter_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/waitlist"
)

func (s *shop) entryForm(changed url.Values) url.Values {
	form := url.Values{"press": {"entry-form"}, "service": {s.cut}, "name": {"Bela"}, "priority": {"0"}}
	for name, values := range changed {
		form[name] = values
	}
	return form
}

func (s *shop) waiting() []waitlist.WaitingEntry {
	s.T.Helper()
	list, err := s.W.WaitingList(s.Context(), s.Tenant, 100)
	s.check(err)
	return list
}

func TestANameIsEnoughToBeAddedToTheList(t *testing.T) {
	s := open(t)
	form := s.page(paths.NewEntry).fields(paths.Entries, url.Values{"name": {"Bela"}})
	for range 2 {
		if a := s.ask("POST", paths.Entries, form); a.status != http.StatusSeeOther || a.header.Get("Location") != paths.Counter {
			t.Fatalf("status %d: %s", a.status, a.text())
		}
	}
	s.page(paths.Counter).says("Bela is on the list.", "No phone number, no email")
	if n := len(s.waiting()); n != 1 {
		t.Errorf("%d entries", n)
	}
}

func TestAnAddressNeedsConsentWhoseWordsAreKept(t *testing.T) {
	s := open(t)
	s.ask("POST", paths.Entries, s.entryForm(url.Values{"email": {"bela@example.org"}})).refuses("consent").says("Studio Nord may email me")
	if a := s.ask("POST", paths.Entries, s.entryForm(url.Values{"email": {"bela@example.org"}, "consent": {"on"}})); a.status != http.StatusSeeOther {
		t.Fatalf("status %d: %s", a.status, a.text())
	}
	var wording string
	s.check(s.DB.Pool().QueryRowContext(s.Context(), "SELECT wording FROM consents").Scan(&wording))
	if !strings.HasPrefix(wording, "Studio Nord may email me") {
		t.Errorf("kept: %q", wording)
	}
}

func TestWishesNoteAndPriorityGoWithTheEntry(t *testing.T) {
	s := open(t)
	form := s.entryForm(url.Values{
		"who": {"only"}, "only_staff": {s.jonas}, "when": {"only"}, "windows": {"1-morning", "2-evening"}, "earliest_on": {"2027-03-04"}, "notice": {"120"},
		"note": {"Wheelchair access"}, "priority": {"-1"}, "phone": {"+49 30 901820"},
	})
	if a := s.ask("POST", paths.Entries, form); a.status != http.StatusSeeOther {
		t.Fatalf("status %d: %s", a.status, a.text())
	}
	e := s.waiting()[0]
	if len(e.Wishes.OnlyStaff) != 1 || len(e.Wishes.Windows) != 2 || e.Wishes.Notice != 2*time.Hour || e.Note != "Wheelchair access" || e.Priority != -1 || e.Person.Phone != "+4930901820" {
		t.Errorf("kept: %+v", e)
	}
	s.page(paths.Counter).says("only Jonas", "from 4 Mar 2027", "2 h notice", "Wheelchair access", "Later")
}

func TestMoreLinesOfTimesAddNobody(t *testing.T) {
	s := open(t)
	form := s.ask("POST", paths.Entries, s.entryForm(url.Values{"more": {"1"}, "when": {"only"}, "name": {"Bela"}}))
	if form.status != http.StatusOK || form.Find(`select[name^="window_day"]`).Length() != 4 || !form.has(`input[name="name"][value="Bela"]`) {
		t.Errorf("status %d, %d lines", form.status, form.Find(`select[name^="window_day"]`).Length())
	}
	if len(s.waiting()) != 0 {
		t.Error("somebody was added")
	}
}

func TestAnotherServiceAsksForItsOwnStaff(t *testing.T) {
	s := open(t)
	colour := s.AddService("Colour", 90*time.Minute, 0)
	s.AddStaffMember("Noor", colour)
	s.AddStaffMember("Piet", colour)
	part := s.part(paths.NewEntry+"?service="+colour, "div#with-whom", nil).says("Noor", "Piet")
	part.silent("Mia")
}

func TestWhoWaitsAlreadyIsNotAddedTwice(t *testing.T) {
	s := open(t)
	s.WaitAs("Amara", "amara@example.org", s.cut, waitlist.Wishes{})
	a := s.part(paths.Entries, "form#add-entry", s.entryForm(url.Values{"name": {"Amara"}, "email": {"amara@example.org"}, "consent": {"on"}}))
	if a.status != http.StatusConflict {
		t.Errorf("status %d", a.status)
	}
	a.says("already on the list")
}

func TestHostileEntriesAreRefusedAndNameTheField(t *testing.T) {
	s := open(t)
	for _, field := range []string{"service", "email", "phone", "priority", "earliest_on", "latest_on", "notice", "customer"} {
		for _, typed := range hostile {
			s.ask("POST", paths.Entries, s.entryForm(url.Values{field: {typed}, "consent": {"on"}})).refuses(field)
		}
	}
	for name, c := range map[string]struct {
		field string
		form  url.Values
	}{
		"no name":              {"name", url.Values{"name": {""}}},
		"an endless name":      {"name", url.Values{"name": {strings.Repeat("n", 5000)}}},
		"an endless note":      {"note", url.Values{"note": {strings.Repeat("n", 50000)}}},
		"beyond the levels":    {"priority", url.Values{"priority": {"4"}}},
		"30 February":          {"earliest_on", url.Values{"earliest_on": {"2028-02-30"}}},
		"over already":         {"latest_on", url.Values{"latest_on": {s.yesterday.String()}}},
		"ending before it":     {"latest_on", url.Values{"earliest_on": {"2027-04-02"}, "latest_on": {"2027-04-01"}}},
		"only nobody":          {"only_staff", url.Values{"who": {"only"}}},
		"somebody else's":      {"only_staff", url.Values{"who": {"only"}, "only_staff": {"😀"}}},
		"only at no time":      {"windows", url.Values{"when": {"only"}}},
		"a window backwards":   {"windows", url.Values{"when": {"only"}, "window_day_1": {"1"}, "window_from_1": {"12:00"}, "window_to_1": {"11:00"}}},
		"a window on no day":   {"windows", url.Values{"when": {"only"}, "window_day_1": {"8"}, "window_from_1": {"10:00"}, "window_to_1": {"11:00"}}},
		"an answer of no kind": {"when", url.Values{"when": {"sometimes"}}},
	} {
		t.Run(name, func(t *testing.T) { s.ask("POST", paths.Entries, s.entryForm(c.form)).refuses(c.field) })
	}
	if n := len(s.waiting()); n != 0 {
		t.Errorf("%d were added by it", n)
	}
}
