package business_test

import (
	"net/url"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// noHours is the form of a week without any, made from the hours there are.
func (s shop) noHours() business.HoursForm {
	s.T.Helper()
	saved, err := s.b.Hours(s.Context(), s.Tenant)
	s.must(err)
	return business.HoursForm{Version: saved.Version}
}

// week is the same hours on every day, written 09:00-18:00.
func week(rows ...business.HoursRow) business.HoursForm {
	var f business.HoursForm
	for d := range f.Days {
		f.Days[d] = rows
	}
	return f
}

func TestHoursAreReplacedAsAWhole(t *testing.T) {
	s := open(t)
	f := s.noHours()
	f.Days[0] = []business.HoursRow{{From: "13:00", To: "18:30"}, {}, {From: "09:00", To: "12:00"}}
	f.Days[5] = []business.HoursRow{{From: "20:00", To: "00:00"}}
	f.Days[6] = []business.HoursRow{{From: "00:00", To: "02:00"}}
	touched, err := s.b.ChangeHours(t.Context(), s.Staff, f)
	s.must(err)
	got, err := s.b.Hours(t.Context(), s.Tenant)
	s.must(err)
	if !touched.Empty() || s.noted("hours.change") != 1 {
		t.Errorf("touched %+v", touched)
	}
	want := map[int][]business.HoursRow{0: {{From: "09:00", To: "12:00"}, {From: "13:00", To: "18:30"}}, 5: {{From: "20:00", To: "00:00"}}, 6: {{From: "00:00", To: "02:00"}}}
	for d, rows := range got.Days {
		if len(rows) != len(want[d]) {
			t.Errorf("day %d: %v, want %v", d, rows, want[d])
			continue
		}
		for i := range rows {
			if rows[i] != want[d][i] {
				t.Errorf("day %d: %v, want %v", d, rows, want[d])
			}
		}
	}
}

func TestHostileHoursAreRefusedByTheirFieldAndChangeNothing(t *testing.T) {
	s := open(t)
	before, err := s.b.Hours(t.Context(), s.Tenant)
	s.must(err)
	for what, c := range map[string]struct {
		rows  []business.HoursRow
		field string
	}{
		"no end":                 {[]business.HoursRow{{From: "09:00"}}, "to_1_0"},
		"no beginning":           {[]business.HoursRow{{To: "18:00"}}, "from_1_0"},
		"an end before":          {[]business.HoursRow{{From: "18:00", To: "09:00"}}, "to_1_0"},
		"an end at once":         {[]business.HoursRow{{From: "09:00", To: "09:00"}}, "to_1_0"},
		"an hour past midnight":  {[]business.HoursRow{{From: "24:00", To: "00:00"}}, "from_1_0"},
		"words":                  {[]business.HoursRow{{From: "early", To: "18:00"}}, "from_1_0"},
		"a script":               {[]business.HoursRow{{From: "09:00", To: "<script>"}}, "to_1_0"},
		"a zone":                 {[]business.HoursRow{{From: "09:00+02:00", To: "18:00"}}, "from_1_0"},
		"seconds":                {[]business.HoursRow{{From: "09:00:30", To: "18:00"}}, "from_1_0"},
		"invalid UTF-8":          {[]business.HoursRow{{From: "\xff", To: "18:00"}}, "from_1_0"},
		"an overlap":             {[]business.HoursRow{{From: "09:00", To: "12:00"}, {From: "11:59", To: "18:00"}}, "from_1_1"},
		"an overlap to midnight": {[]business.HoursRow{{From: "09:00", To: "00:00"}, {From: "23:00", To: "00:00"}}, "from_1_1"},
	} {
		t.Run(what, func(t *testing.T) {
			var f business.HoursForm
			f.Days[0] = c.rows
			_, err := s.b.ChangeHours(t.Context(), s.Staff, f)
			wantField(t, err, c.field)
		})
	}
	after, err := s.b.Hours(t.Context(), s.Tenant)
	s.must(err)
	for d := range before.Days {
		if len(after.Days[d]) != len(before.Days[d]) {
			t.Errorf("day %d is now %v", d, after.Days[d])
		}
	}
}

func TestOnlyWhatLeavesTheHoursIsTouched(t *testing.T) {
	s := open(t) // open from 08:00 to 20:00 every day
	cut := s.AddService("Cut", 30*time.Minute, 0)
	mia := s.AddStaffMember("Mia", cut)
	within := s.book(mia, cut, "Ada", 1, "09:00")
	leaving := s.book(mia, cut, "Bea", 1, "17:45") // ends past the new end
	s.book(mia, cut, "Cleo", 1, "21:00")           // was outside already
	slotLeaving, slotWithin := s.Open(mia, 2, "18:00", 30*time.Minute), s.Open(mia, 2, "17:30", 30*time.Minute)

	f := week(business.HoursRow{From: "09:00", To: "18:00"})
	f.Version = s.noHours().Version
	touched, err := s.b.ChangeHours(t.Context(), s.Staff, f)
	s.must(err)
	same(t, "bookings", bookingIDs(touched), sorted(leaving))
	same(t, "slots", slotIDs(touched), sorted(slotLeaving))
	if touched.Slots[0].Withdrawn || touched.Zone.String() != "Europe/Berlin" {
		t.Errorf("shown as %+v in %s", touched.Slots[0], touched.Zone)
	}
	f.Seen = touched.Fingerprint()
	touched, err = s.b.ChangeHours(t.Context(), s.Staff, f)
	s.must(err)
	s.Tick()
	if !touched.Empty() || s.bookingState(leaving) != "confirmed" || s.bookingState(within) != "confirmed" {
		t.Errorf("touched %+v, leaving %s, within %s", touched, s.bookingState(leaving), s.bookingState(within))
	}
	for _, id := range []string{slotLeaving, slotWithin} {
		if state := s.Slot(id).State; state != rules.SlotOpen {
			t.Errorf("an opening is %s", state)
		}
	}
	_, err = s.W.Book(t.Context(), s.Staff, waitlist.Book{StaffMember: mia, Service: cut, Name: "Dora", Date: s.day(3), FromMinute: 18 * 60})
	wantField(t, err, "outside_hours")
}

func TestAnAppointmentInTheNightTheClockIsPutBackStaysWithinHours(t *testing.T) {
	s := open(t)
	cut := s.AddService("Cut", 30*time.Minute, 0)
	mia := s.AddStaffMember("Mia", cut)
	f := s.noHours()
	f.Days[6] = []business.HoursRow{{From: "00:00", To: "06:00"}}
	_, err := s.b.ChangeHours(t.Context(), s.Staff, f)
	s.must(err)
	s.StartAt(time.Date(2027, 10, 30, 9, 0, 0, 0, s.Zone)) // the clock goes back at 03:00 the next night
	booking := s.book(mia, cut, "Ada", 1, "02:30")
	f.Version = s.noHours().Version
	f.Days[6] = []business.HoursRow{{From: "02:00", To: "03:00"}}
	touched, err := s.b.ChangeHours(t.Context(), s.Staff, f)
	s.must(err)
	if !touched.Empty() {
		t.Errorf("touched %+v", touched.Bookings)
	}
	f.Version = s.noHours().Version
	f.Days[6] = []business.HoursRow{{From: "03:00", To: "04:00"}}
	touched, err = s.b.ChangeHours(t.Context(), s.Staff, f)
	s.must(err)
	same(t, "bookings", bookingIDs(touched), sorted(booking))
}

func TestTheHoursFormIsReadAndEdited(t *testing.T) {
	f := business.ReadHoursForm(url.Values{
		"from_1_0": {"09:00"}, "to_1_0": {"12:00"}, "from_1_5": {"13:00"}, "to_1_9": {"not a row"}, "from_8_0": {"not a day"}, "seen": {"mark"},
	})
	if len(f.Days[0]) != 2 || f.Days[0][1] != (business.HoursRow{From: "13:00"}) || f.Seen != "mark" {
		t.Fatalf("read %+v", f)
	}
	g := f.Copied(1, []int{2, 7, 9}).WithoutRow(1, 0).WithRow(1).WithRow(0).WithRow(8).WithoutRow(1, 9).WithoutRow(-1, 0).Copied(0, []int{1})
	if len(g.Days[0]) != 2 || g.Days[0][0].From != "13:00" || g.Days[0][1] != (business.HoursRow{}) {
		t.Errorf("Monday is %+v", g.Days[0])
	}
	if len(g.Days[1]) != 2 || len(g.Days[6]) != 2 || g.Days[6][0].From != "09:00" || len(g.Days[2]) != 0 {
		t.Errorf("copied to %+v and %+v", g.Days[1], g.Days[6])
	}
	if len(f.Days[0]) != 2 || f.Days[0][0].From != "09:00" {
		t.Errorf("the form it came from is now %+v", f.Days[0])
	}
	for range 2 * business.MostIntervals {
		g = g.WithRow(1)
	}
	if len(g.Days[0]) != business.MostIntervals {
		t.Errorf("%d rows", len(g.Days[0]))
	}
}
