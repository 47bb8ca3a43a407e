package business_test

import (
	"slices"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/problem"
)

// holidays is the form as saved.
func (s shop) holidays() (business.HolidayPage, business.HolidayForm) {
	s.T.Helper()
	page, f, err := s.b.Holidays(s.Context(), s.Tenant)
	s.must(err)
	return page, f
}

// choose is the form for a country and region, with all holidays ticked.
func (s shop) choose(country, region string) business.HolidayForm {
	s.T.Helper()
	_, f := s.holidays()
	f.Country, f.Region = country, region
	_, err := s.b.HolidayPage(s.Context(), s.Tenant, &f)
	s.must(err)
	return f
}

func (s shop) chooses(f business.HolidayForm) {
	s.T.Helper()
	touched, err := s.b.ChangeHolidays(s.Context(), s.Staff, f)
	s.must(err)
	if !touched.Empty() {
		s.T.Fatalf("touched %+v", touched)
	}
}

func TestPublicHolidaysCloseTheBusinessInEveryYear(t *testing.T) {
	s := open(t) // Monday 1 March 2027
	cut := s.AddService("Cut", 30*time.Minute, 0)
	mia := s.AddStaffMember("Mia", cut)
	if page, f := s.holidays(); f.Country != "" || len(page.Days) != 0 || f.Version != "0" {
		t.Fatalf("at first: %+v", f)
	}
	booked := s.book(mia, cut, "Ada", 7, "10:00") // Women's Day, in Berlin alone
	s.chooses(s.choose("DE", ""))
	f := s.choose("DE", "BE")
	touched, err := s.b.ChangeHolidays(t.Context(), s.Staff, f)
	s.must(err)
	same(t, "bookings", bookingIDs(touched), sorted(booked))
	f.Seen = touched.Fingerprint()
	s.chooses(f)
	page, saved := s.holidays()
	if saved.Region != "BE" || saved.Version != "2" || len(saved.Closed) != len(page.Names) || len(page.Days) < 12 || page.Language != "de" {
		t.Errorf("saved as %+v", saved)
	}
	for _, c := range []struct {
		day  string
		open bool
	}{{"2027-03-08", false}, {"2027-03-26", false}, {"2027-03-27", true}, {"2027-05-06", false}, {"2028-03-08", false}, {"2028-12-26", false}} {
		if got := s.openOn(mia, c.day); got != c.open {
			t.Errorf("%s: open %v", c.day, got)
		}
	}
	s.StartAt(time.Date(2033, 4, 1, 9, 0, 0, 0, s.Zone))
	if s.openOn(mia, "2033-04-15") || !s.openOn(mia, "2033-04-16") {
		t.Error("Good Friday 2033 should be closed, the Saturday open")
	}
}

// openOn tells whether the counter's day view shows any open time of a staff member.
func (s shop) openOn(staff, day string) bool {
	s.T.Helper()
	d, err := s.W.Day(s.Context(), s.Tenant, mustDate(s, day))
	s.must(err)
	for _, column := range d.Staff {
		if column.Staff.ID == staff {
			return len(column.Open) > 0
		}
	}
	s.T.Fatalf("no column for %s", staff)
	return false
}

func TestAHolidayIsWorkedOnEveryYearOrOpenedOnce(t *testing.T) {
	s := open(t)
	cut := s.AddService("Cut", 30*time.Minute, 0)
	mia := s.AddStaffMember("Mia", cut)
	f := s.choose("DE", "")
	f.Closed = slices.DeleteFunc(f.Closed, func(name string) bool { return name == "Karfreitag" })
	f.OpenOn = []string{"2027-05-06", "2027-05-07", "nonsense"} // Ascension Day, and what is none
	s.chooses(f)
	_, saved := s.holidays()
	if slices.Contains(saved.Closed, "Karfreitag") || !slices.Equal(saved.OpenOn, []string{"2027-05-06"}) {
		t.Errorf("saved as %+v", saved)
	}
	for day, want := range map[string]bool{"2027-03-26": true, "2027-03-29": false, "2027-05-06": true, "2028-04-14": true, "2028-05-25": false} {
		if got := s.openOn(mia, day); got != want {
			t.Errorf("%s: open %v", day, got)
		}
	}
	list := s.closures()
	if b := list.Holidays; b.Country != "DE" || b.Next == nil || b.Next.Name != "Ostermontag" {
		t.Errorf("in brief: %+v", b)
	}

	// Closing again what was opened once touches what was booked meanwhile.
	booked := s.book(mia, cut, "Ada", 66, "10:00")
	saved.OpenOn = nil
	touched, err := s.b.ChangeHolidays(t.Context(), s.Staff, saved)
	s.must(err)
	same(t, "bookings", bookingIDs(touched), sorted(booked))
	f.Closed = nil
	_, err = s.b.ChangeHolidays(t.Context(), s.Staff, f)
	wantKind(t, err, problem.Conflict)
	none := saved
	none.Country, none.Region = "", ""
	s.chooses(none)
	if !s.openOn(mia, "2027-03-29") || s.noted("holidays.change") != 2 {
		t.Errorf("without a country: open %v, noted %d times", s.openOn(mia, "2027-03-29"), s.noted("holidays.change"))
	}
}

func TestACalendarThatIsNoneIsRefused(t *testing.T) {
	s := open(t)
	for _, f := range []business.HolidayForm{
		{Country: "XX", Version: "0"}, {Country: "de", Version: "0"}, {Country: "DE", Region: "XX", Version: "0"}, {Country: "AU", Version: "0"}, {Country: "<b>", Version: "0"},
	} {
		_, err := s.b.ChangeHolidays(t.Context(), s.Staff, f)
		wantField(t, err, "country")
	}
}
