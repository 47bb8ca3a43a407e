package business_test

import (
	"testing"
	"time"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// opens tells whether staff could book a staff member's half hour without being warned.
func (s shop) opens(staff, service string, days int, clock string) bool {
	s.T.Helper()
	at, err := time.Parse("15:04", clock)
	s.must(err)
	id, err := s.W.Book(s.Context(), s.Staff, waitlist.Book{
		StaffMember: staff, Service: service, Name: "Ada", Date: s.day(days), FromMinute: at.Hour()*60 + at.Minute(),
	})
	if problem.KindOf(err) == problem.InvalidInput && err != nil {
		return false
	}
	s.must(err)
	for _, free := range []string{
		"UPDATE bookings SET cancel_due_at = created_at WHERE public_id = ?",
		"UPDATE slots SET withdraw_due_at = created_at WHERE id = (SELECT slot_id FROM bookings WHERE public_id = ?)",
	} {
		_, err = s.DB.Pool().ExecContext(s.Context(), free, id)
		s.must(err)
		s.Tick()
	}
	return true
}

func TestAPartOfTheDayIsClosedWeekAfterWeekButForADayLeftOut(t *testing.T) {
	s := open(t) // Monday 1 March 2027, open from 08:00 to 20:00
	cut := s.AddService("Cut", 30*time.Minute, 0)
	mia, noah := s.AddStaffMember("Mia", cut), s.AddStaffMember("Noah", cut)
	lunch := s.book(mia, cut, "Ada", 14, "12:30")
	s.book(mia, cut, "Bea", 14, "13:00") // as it ends
	s.book(mia, cut, "Cleo", 7, "12:30") // not of every other week
	s.book(noah, cut, "Dora", 14, "12:30")
	f := business.ClosureForm{
		StaffMember: mia, From: s.day(0).String(), Repeat: "weekly", Weeks: "2", Weekdays: []string{"1", "4"}, FromTime: "12:00", ToTime: "13:00",
		SkipAlso: s.day(28).String(), Reason: "Course",
	}
	_, touched, err := s.b.AddClosure(t.Context(), s.Staff, f)
	s.must(err)
	same(t, "bookings", bookingIDs(touched), sorted(lunch))
	f.Seen = touched.Fingerprint()
	id, touched, err := s.b.AddClosure(t.Context(), s.Staff, f)
	s.must(err)
	if !touched.Empty() {
		t.Fatalf("not saved: %+v", touched)
	}
	for _, c := range []struct {
		staff string
		days  int
		clock string
		open  bool
	}{
		{mia, 3, "12:00", false}, {mia, 3, "11:45", false}, {mia, 3, "11:30", true}, {mia, 3, "13:00", true}, {noah, 3, "12:00", true},
		{mia, 7, "12:00", true}, {mia, 10, "12:00", true}, {mia, 17, "12:00", false}, {mia, 28, "12:00", true}, {mia, 31, "12:00", false}, {mia, 14 * 26, "12:00", false},
	} {
		if got := s.opens(c.staff, cut, c.days, c.clock); got != c.open {
			t.Errorf("%s %s: open %v", s.day(c.days), c.clock, got)
		}
	}
	day, err := s.W.Day(t.Context(), s.Tenant, s.day(3))
	s.must(err)
	if len(day.Staff[0].Open) != 2 || len(day.Staff[1].Open) != 1 {
		t.Errorf("the counter's day: Mia %v, Noah %v", day.Staff[0].Open, day.Staff[1].Open)
	}
	page, form, err := s.b.Closure(t.Context(), s.Tenant, id)
	s.must(err)
	if form.Weeks != "2" || len(form.Weekdays) != 2 || form.FromTime != "12:00" || len(form.Skips) != 1 || form.Version != "1" || len(page.Days) != 10 {
		t.Errorf("form %+v, page %+v", form, page)
	}
	row := s.closures().Coming[0]
	if row.Next != s.day(0) || row.StaffName != "Mia" || row.WholeDay() {
		t.Errorf("listed as %+v", row)
	}

	// What was left out is closed again, and what is in it is seen first.
	left := s.book(mia, cut, "Eva", 28, "12:30")
	form.Skips = nil
	touched, err = s.b.ChangeClosure(t.Context(), s.Staff, id, form)
	s.must(err)
	same(t, "bookings", bookingIDs(touched), sorted(left))
	form.Seen = touched.Fingerprint()
	touched, err = s.b.ChangeClosure(t.Context(), s.Staff, id, form)
	s.must(err)
	if !touched.Empty() || s.opens(mia, cut, 28, "12:00") {
		t.Errorf("the day is still left out: %+v", touched)
	}
	form.Reason = "Another"
	_, err = s.b.ChangeClosure(t.Context(), s.Staff, id, form)
	wantKind(t, err, problem.Conflict)
	s.must(s.b.RemoveClosure(t.Context(), s.Staff, id, ""))
	if !s.opens(mia, cut, 31, "12:00") {
		t.Error("still closed after the closure was removed")
	}
}

func TestAYearlyClosureIsKeptAsItsPattern(t *testing.T) {
	s := open(t)
	cut := s.AddService("Cut", 30*time.Minute, 0)
	mia := s.AddStaffMember("Mia", cut)
	_, _, err := s.b.AddClosure(t.Context(), s.Staff, business.ClosureForm{From: "2026-12-30", To: "2027-01-02", Repeat: "yearly"})
	s.must(err)
	var rows int
	s.must(s.DB.Pool().QueryRowContext(t.Context(), "SELECT COUNT(*) FROM closures").Scan(&rows))
	if row := s.closures().Coming[0]; rows != 1 || row.Next != (rules.Date{Year: 2027, Month: time.December, Day: 30}) {
		t.Errorf("%d rows, listed as %+v", rows, row)
	}
	s.StartAt(time.Date(2028, 12, 20, 9, 0, 0, 0, s.Zone))
	if s.opens(mia, cut, 13, "12:00") || !s.opens(mia, cut, 14, "12:00") {
		t.Error("2 January 2029 should be closed, the 3rd open")
	}
}

func TestAPatternThatMeansNothingIsRefusedByItsField(t *testing.T) {
	s := open(t) // Monday 1 March 2027
	weekly := business.ClosureForm{From: "2027-03-04", Repeat: "weekly", Weeks: "1", Weekdays: []string{"4"}}
	for what, c := range map[string]struct {
		spoil func(*business.ClosureForm)
		field string
	}{
		"no weekday":              {func(f *business.ClosureForm) { f.Weekdays = nil }, "weekdays"},
		"weekdays of no week":     {func(f *business.ClosureForm) { f.Weekdays = []string{"0", "8", "x"} }, "weekdays"},
		"every 0 weeks":           {func(f *business.ClosureForm) { f.Weeks = "0" }, "weeks"},
		"every 53 weeks":          {func(f *business.ClosureForm) { f.Weeks = "53" }, "weeks"},
		"every so many weeks":     {func(f *business.ClosureForm) { f.Weeks = "some" }, "weeks"},
		"until before":            {func(f *business.ClosureForm) { f.Until = "2027-03-03" }, "until"},
		"until no day":            {func(f *business.ClosureForm) { f.Until = "2027-02-30" }, "until"},
		"all in the past":         {func(f *business.ClosureForm) { f.From, f.Until = "2026-03-05", "2027-02-28" }, "until"},
		"another repetition":      {func(f *business.ClosureForm) { f.Repeat = "daily" }, "repeat"},
		"a day left out of none":  {func(f *business.ClosureForm) { f.SkipAlso = "2027-03-05" }, "skip_also"},
		"no day left out":         {func(f *business.ClosureForm) { f.SkipAlso = "soon" }, "skip_also"},
		"no end of the part":      {func(f *business.ClosureForm) { f.FromTime = "12:00" }, "to_time"},
		"no beginning":            {func(f *business.ClosureForm) { f.ToTime = "12:00" }, "from_time"},
		"a part that goes back":   {func(f *business.ClosureForm) { f.FromTime, f.ToTime = "13:00", "12:00" }, "to_time"},
		"a part of no length":     {func(f *business.ClosureForm) { f.FromTime, f.ToTime = "13:00", "13:00" }, "to_time"},
		"a part at no time":       {func(f *business.ClosureForm) { f.FromTime, f.ToTime = "25:00", "13:00" }, "from_time"},
		"most of a year, yearly":  {func(f *business.ClosureForm) { f.Repeat, f.To = "yearly", "2028-03-03" }, "to"},
		"a yearly one that ended": {func(f *business.ClosureForm) { f.Repeat, f.From, f.Until = "yearly", "2025-03-05", "2026-12-31" }, "until"},
	} {
		t.Run(what, func(t *testing.T) {
			f := weekly
			c.spoil(&f)
			_, _, err := s.b.AddClosure(t.Context(), s.Staff, f)
			wantField(t, err, c.field)
		})
	}
	if list := s.closures(); len(list.Coming)+len(list.Past) != 0 {
		t.Errorf("left behind: %+v", list)
	}
	weekly.FromTime, weekly.ToTime, weekly.Skips = "20:00", "00:00", []string{"2027-03-11", "2027-03-12", "nonsense"}
	id, _, err := s.b.AddClosure(t.Context(), s.Staff, weekly)
	s.must(err)
	_, form, err := s.b.Closure(t.Context(), s.Tenant, id)
	s.must(err)
	if form.ToTime != "00:00" || len(form.Skips) != 1 || form.Skips[0] != "2027-03-11" {
		t.Errorf("a fine one is kept as %+v", form)
	}
}
