package business_test

import (
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/waitlist"
)

func (s shop) closures() business.ClosureList {
	s.T.Helper()
	list, err := s.b.Closures(s.Context(), s.Tenant)
	s.must(err)
	return list
}

func TestAClosureOfOneDayIsAddedOnceByOnePress(t *testing.T) {
	s := open(t)
	f := business.ClosureForm{From: s.day(3).String(), Reason: "Holiday", Press: "one-press"}
	for range 2 {
		if _, touched, err := s.b.AddClosure(t.Context(), s.Staff, f); err != nil || !touched.Empty() {
			t.Fatalf("%v %+v", err, touched)
		}
	}
	list := s.closures()
	if len(list.Coming) != 1 || list.Coming[0].From != s.day(3) || list.Coming[0].To != s.day(3) || list.Coming[0].Reason != "Holiday" || list.Coming[0].StaffName != "" {
		t.Errorf("closures: %+v", list)
	}
	if n := s.noted("closure.add"); n != 1 {
		t.Errorf("noted %d times", n)
	}
}

func TestAHostileClosureIsRefusedByItsFieldAndLeavesNothing(t *testing.T) {
	s := open(t) // Monday 1 March 2027
	for what, c := range map[string]struct {
		spoil func(*business.ClosureForm)
		field string
	}{
		"no day":                 {func(f *business.ClosureForm) { f.From = "" }, "from"},
		"30 February":            {func(f *business.ClosureForm) { f.From = "2028-02-30" }, "from"},
		"29 February of no leap": {func(f *business.ClosureForm) { f.To = "2027-02-29" }, "to"},
		"another way of writing": {func(f *business.ClosureForm) { f.From = "3/4/2027" }, "from"},
		"a moment":               {func(f *business.ClosureForm) { f.From = "2027-03-04T00:00:00Z" }, "from"},
		"a year before columns":  {func(f *business.ClosureForm) { f.From = "0001-01-01" }, "from"},
		"a script":               {func(f *business.ClosureForm) { f.To = "<script>" }, "to"},
		"the end before":         {func(f *business.ClosureForm) { f.To = "2027-03-03" }, "to"},
		"all in the past":        {func(f *business.ClosureForm) { f.From, f.To = "2027-02-01", "2027-02-28" }, "to"},
		"longer than a year":     {func(f *business.ClosureForm) { f.To = "2028-03-06" }, "to"},
		"too far ahead":          {func(f *business.ClosureForm) { f.From, f.To = "9998-01-01", "9998-01-02" }, "from"},
		"a stranger":             {func(f *business.ClosureForm) { f.StaffMember = "nobody" }, "staff_member"},
		"a huge reason":          {func(f *business.ClosureForm) { f.Reason = strings.Repeat("x", 121) }, "reason"},
		"a reason of two lines":  {func(f *business.ClosureForm) { f.Reason = "Holiday\r\nand more" }, "reason"},
		"a forged press":         {func(f *business.ClosureForm) { f.Press = strings.Repeat("x", 1000) }, "press"},
	} {
		t.Run(what, func(t *testing.T) {
			f := business.ClosureForm{From: "2027-03-04", To: "2027-03-05"}
			c.spoil(&f)
			_, _, err := s.b.AddClosure(t.Context(), s.Staff, f)
			wantField(t, err, c.field)
		})
	}
	if list := s.closures(); len(list.Coming)+len(list.Past) != 0 {
		t.Errorf("left behind: %+v", list)
	}
}

func TestTheBookingsAndOpeningsOfClosedDaysAreSeenFirstAndStay(t *testing.T) {
	s := open(t)
	cut := s.AddService("Cut", 30*time.Minute, 0)
	mia, noah := s.AddStaffMember("Mia", cut), s.AddStaffMember("Noah", cut)
	before := s.book(mia, cut, "Ada", 1, "23:30") // ends as the closed day begins
	across := s.book(noah, cut, "Bea", 1, "23:45")
	during, late := s.book(mia, cut, "Cleo", 2, "10:00"), s.book(mia, cut, "Dora", 3, "21:00") // outside the hours, yet closed
	after := s.book(mia, cut, "Eva", 4, "00:00")
	slot := s.Open(noah, 3, "12:00", 30*time.Minute)

	f := business.ClosureForm{From: s.day(2).String(), To: s.day(3).String()}
	_, touched, err := s.b.AddClosure(t.Context(), s.Staff, f)
	s.must(err)
	same(t, "bookings", bookingIDs(touched), sorted(across, during, late))
	same(t, "slots", slotIDs(touched), sorted(slot))
	if len(s.closures().Coming) != 0 {
		t.Fatal("saved before it was seen")
	}
	onlyMia := f
	onlyMia.StaffMember = mia
	_, less, err := s.b.AddClosure(t.Context(), s.Staff, onlyMia)
	s.must(err)
	same(t, "Mia's bookings", bookingIDs(less), sorted(during, late))
	same(t, "Mia's slots", slotIDs(less), nil)

	f.Seen = touched.Fingerprint()
	_, touched, err = s.b.AddClosure(t.Context(), s.Staff, f)
	s.must(err)
	s.Tick()
	if !touched.Empty() || len(s.closures().Coming) != 1 || s.withdrawn(slot) {
		t.Errorf("touched %+v, closures %+v, slot %s", touched, s.closures(), s.Slot(slot).State)
	}
	for _, id := range []string{before, across, during, late, after} {
		if state := s.bookingState(id); state != "confirmed" {
			t.Errorf("a booking is %s", state)
		}
	}
	_, err = s.W.Book(t.Context(), s.Staff, waitlist.Book{StaffMember: noah, Service: cut, Name: "Fay", Date: s.day(2), FromMinute: 600})
	wantField(t, err, "outside_hours")
}

func TestOnlyWhatAClosureNewlyCoversIsTouched(t *testing.T) {
	s := open(t)
	cut := s.AddService("Cut", 30*time.Minute, 0)
	mia := s.AddStaffMember("Mia", cut)
	id, _, err := s.b.AddClosure(t.Context(), s.Staff, business.ClosureForm{From: s.day(2).String()})
	s.must(err)
	s.book(mia, cut, "Ada", 2, "10:00")
	next := s.book(mia, cut, "Bea", 3, "10:00")
	f := business.ClosureForm{From: s.day(2).String(), To: s.day(3).String(), StaffMember: mia, Version: "1"}
	touched, err := s.b.ChangeClosure(t.Context(), s.Staff, id, f)
	s.must(err)
	same(t, "bookings", bookingIDs(touched), sorted(next))
	f.Seen = touched.Fingerprint()
	touched, err = s.b.ChangeClosure(t.Context(), s.Staff, id, f)
	s.must(err)
	if row := s.closures().Coming[0]; !touched.Empty() || row.To != s.day(3) || row.StaffName != "Mia" {
		t.Errorf("touched %+v, closure %+v", touched, row)
	}
	_, form, err := s.b.Closure(t.Context(), s.Tenant, id)
	s.must(err)
	if form.StaffMember != mia || form.From != s.day(2).String() || form.To != s.day(3).String() {
		t.Errorf("form: %+v", form)
	}
}

func TestARemovedClosureOpensItsDays(t *testing.T) {
	s := open(t)
	cut := s.AddService("Cut", 30*time.Minute, 0)
	mia := s.AddStaffMember("Mia", cut)
	id, _, err := s.b.AddClosure(t.Context(), s.Staff, business.ClosureForm{From: s.day(2).String()})
	s.must(err)
	booking := waitlist.Book{StaffMember: mia, Service: cut, Name: "Ada", Date: s.day(2), FromMinute: 600}
	_, err = s.W.Book(t.Context(), s.Staff, booking)
	wantField(t, err, "outside_hours")
	wantKind(t, s.b.RemoveClosure(t.Context(), s.Staff, id, "7"), problem.Conflict) // it is at another version
	s.must(s.b.RemoveClosure(t.Context(), s.Staff, id, ""))
	_, err = s.W.Book(t.Context(), s.Staff, booking)
	s.must(err)
	wantKind(t, s.b.RemoveClosure(t.Context(), s.Staff, id, ""), problem.NotFound)
	if n := s.noted("closure.remove"); n != 1 {
		t.Errorf("noted %d times", n)
	}
}

func TestAClosureOfARemovedStaffMemberCanStillBeChanged(t *testing.T) {
	s := open(t)
	mia := s.AddStaffMember("Mia")
	id, _, err := s.b.AddClosure(t.Context(), s.Staff, business.ClosureForm{From: s.day(2).String(), StaffMember: mia})
	s.must(err)
	_, _, err = s.b.RemoveStaffMember(t.Context(), s.Staff, mia, "", "")
	s.must(err)
	page, form, err := s.b.Closure(t.Context(), s.Tenant, id)
	s.must(err)
	if len(page.Staff) != 1 || form.StaffMember != mia {
		t.Fatalf("page %+v, form %+v", page, form)
	}
	form.To = s.day(4).String()
	if _, err := s.b.ChangeClosure(t.Context(), s.Staff, id, form); err != nil {
		t.Errorf("refused: %v", err)
	}
	_, _, err = s.b.AddClosure(t.Context(), s.Staff, business.ClosureForm{From: s.day(2).String(), StaffMember: mia})
	wantField(t, err, "staff_member")
}

func TestClosuresThatAreOverAreListedApart(t *testing.T) {
	s := open(t)
	for _, days := range []int{1, 5} {
		_, _, err := s.b.AddClosure(t.Context(), s.Staff, business.ClosureForm{From: s.day(days).String()})
		s.must(err)
	}
	s.Pass(2 * 24 * time.Hour)
	if list := s.closures(); len(list.Coming) != 1 || len(list.Past) != 1 || list.Today != s.day(0) {
		t.Errorf("closures: %+v", list)
	}
}

func TestAnotherBusinessesClosureIsNotThere(t *testing.T) {
	s := open(t)
	id, _, err := s.b.AddClosure(t.Context(), s.Staff, business.ClosureForm{From: s.day(2).String()})
	s.must(err)
	there := s.other()
	_, _, err = s.b.Closure(t.Context(), there.Tenant, id)
	wantKind(t, err, problem.NotFound)
	_, err = s.b.ChangeClosure(t.Context(), there.Staff, id, business.ClosureForm{From: s.day(9).String()})
	wantKind(t, err, problem.NotFound)
	wantKind(t, s.b.RemoveClosure(t.Context(), there.Staff, id, ""), problem.NotFound)
	if list := s.closures(); len(list.Coming) != 1 || list.Coming[0].From != s.day(2) {
		t.Errorf("closures: %+v", list)
	}
}
