package business_test

import (
	"slices"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
)

func mustDate(s shop, text string) rules.Date {
	s.T.Helper()
	d, err := rules.ParseDate(text)
	s.must(err)
	return d
}

func (s shop) staffHours(id string) (business.StaffHoursPage, business.StaffHoursForm) {
	s.T.Helper()
	page, f, err := s.b.StaffHours(s.Context(), s.Tenant, id)
	s.must(err)
	return page, f
}

func TestAStaffMembersOwnHoursHoldForThemAlone(t *testing.T) {
	s := open(t) // open from 08:00 to 20:00 every day
	cut := s.AddService("Cut", 30*time.Minute, 0)
	mia, noah := s.AddStaffMember("Mia", cut), s.AddStaffMember("Noah", cut)
	_, f := s.staffHours(mia)
	if f.Own || len(f.Days[0]) != 1 || f.Days[0][0] != (business.HoursRow{From: "08:00", To: "20:00"}) {
		t.Fatalf("at first: %+v", f)
	}
	late := s.book(mia, cut, "Ada", 1, "18:00")
	s.book(noah, cut, "Bea", 1, "18:00")
	s.book(mia, cut, "Cleo", 1, "10:00")
	slot := s.Open(mia, 1, "19:00", 30*time.Minute)
	f.Own = true
	f.HoursForm.Days = week(business.HoursRow{From: "09:00", To: "12:00"}, business.HoursRow{From: "14:00", To: "18:00"}).Days
	f.HoursForm.Days[6] = []business.HoursRow{{From: "21:00", To: "00:00"}}
	touched, err := s.b.ChangeStaffHours(t.Context(), s.Staff, mia, f)
	s.must(err)
	same(t, "bookings", bookingIDs(touched), sorted(late))
	same(t, "slots", slotIDs(touched), sorted(slot))
	f.Seen, f.Withdraw = touched.Fingerprint(), []string{business.WithdrawOpenings}
	touched, err = s.b.ChangeStaffHours(t.Context(), s.Staff, mia, f)
	s.must(err)
	s.Tick()
	if !touched.Empty() || !s.withdrawn(slot) || s.bookingState(late) != "confirmed" {
		t.Errorf("touched %+v, the opening %s, the booking %s", touched, s.Slot(slot).State, s.bookingState(late))
	}
	page, saved := s.staffHours(mia)
	if !saved.Own || len(saved.Days[0]) != 2 || !slices.Equal(page.Beyond, []int{7}) {
		t.Errorf("saved as %+v, beyond %v", saved, page.Beyond)
	}
	for _, c := range []struct {
		staff string
		days  int
		clock string
		open  bool
	}{{mia, 2, "12:00", false}, {mia, 2, "11:30", true}, {mia, 2, "19:00", false}, {mia, 6, "22:00", true}, {mia, 6, "10:00", false}, {noah, 2, "12:00", true}, {noah, 6, "22:00", false}} {
		if got := s.opens(c.staff, cut, c.days, c.clock); got != c.open {
			t.Errorf("day %d, %s: open %v", c.days, c.clock, got)
		}
	}
	day, err := s.W.Day(t.Context(), s.Tenant, s.day(2))
	s.must(err)
	if len(day.Staff[0].Open) != 2 || len(day.Staff[1].Open) != 1 {
		t.Errorf("the counter's day: Mia %v, Noah %v", day.Staff[0].Open, day.Staff[1].Open)
	}
	list, err := s.b.StaffMembers(t.Context(), s.Tenant)
	s.must(err)
	if !list.Active[0].OwnHours || list.Active[1].OwnHours {
		t.Errorf("listed as %+v", list.Active)
	}

	// Those who have their own are not touched by what the business does, and a stale form saves nothing.
	hours := s.noHours()
	hours.Days = week(business.HoursRow{From: "20:00", To: "21:00"}).Days
	touched, err = s.b.ChangeHours(t.Context(), s.Staff, hours)
	s.must(err)
	if len(touched.Bookings) != 1 || touched.Bookings[0].StaffName != "Noah" {
		t.Errorf("the business's hours touch %+v", touched.Bookings)
	}
	f.Days[0] = nil
	_, err = s.b.ChangeStaffHours(t.Context(), s.Staff, mia, f)
	wantKind(t, err, problem.Conflict)
	saved.Own = false
	touched, err = s.b.ChangeStaffHours(t.Context(), s.Staff, mia, saved)
	s.must(err)
	if !touched.Empty() || !s.opens(mia, cut, 2, "12:00") || s.opens(mia, cut, 6, "22:00") {
		t.Errorf("back to the business's hours: touched %+v", touched)
	}
	if n := s.noted("staff_member.hours"); n != 2 {
		t.Errorf("noted %d times", n)
	}
}

func TestAStaffMemberWithNoHoursOfTheirOwnNeverWorks(t *testing.T) {
	s := open(t)
	cut := s.AddService("Cut", 30*time.Minute, 0)
	mia := s.AddStaffMember("Mia", cut)
	_, f := s.staffHours(mia)
	f.Own, f.Days = true, [7][]business.HoursRow{}
	_, err := s.b.ChangeStaffHours(t.Context(), s.Staff, mia, f)
	s.must(err)
	if s.opens(mia, cut, 2, "12:00") {
		t.Error("open though there are no hours")
	}
	_, saved := s.staffHours(mia)
	if !saved.Own || len(saved.Days[0]) != 0 {
		t.Errorf("saved as %+v", saved)
	}
	saved.Days[0] = []business.HoursRow{{From: "18:00", To: "09:00"}}
	_, err = s.b.ChangeStaffHours(t.Context(), s.Staff, mia, saved)
	wantField(t, err, "to_1_0")
	there := s.other()
	_, _, err = s.b.StaffHours(t.Context(), there.Tenant, mia)
	wantKind(t, err, problem.NotFound)
	_, err = s.b.ChangeStaffHours(t.Context(), there.Staff, mia, saved)
	wantKind(t, err, problem.NotFound)
}

func TestTimeOffStandsOnTheStaffMembersPage(t *testing.T) {
	s := open(t)
	mia, noah := s.AddStaffMember("Mia"), s.AddStaffMember("Noah")
	for _, f := range []business.ClosureForm{{From: s.day(9).String(), StaffMember: mia}, {From: s.day(5).String(), StaffMember: mia}, {From: s.day(3).String(), StaffMember: noah}, {From: s.day(4).String()}} {
		_, _, err := s.b.AddClosure(t.Context(), s.Staff, f)
		s.must(err)
	}
	page, _, err := s.b.StaffMember(t.Context(), s.Tenant, mia)
	s.must(err)
	if len(page.TimeOff) != 2 || page.TimeOff[0].From != s.day(5) || page.TimeOff[1].From != s.day(9) {
		t.Errorf("time off: %+v", page.TimeOff)
	}
}
