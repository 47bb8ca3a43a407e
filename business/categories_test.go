package business_test

import (
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/problem"
)

// order is the services as pages list them: "Hair: Cut, Colour; : Beard".
func (s shop) order() string {
	s.T.Helper()
	var groups []string
	for _, g := range s.services().Groups {
		var names []string
		for i, row := range g.Services {
			if row.Place != i || row.Last != (i == len(g.Services)-1) {
				s.T.Errorf("%s is at %d, last %v", row.Name, row.Place, row.Last)
			}
			names = append(names, row.Name)
		}
		groups = append(groups, g.Category+": "+strings.Join(names, ", "))
	}
	return strings.Join(groups, "; ")
}

func (s shop) category(name string) string {
	s.T.Helper()
	id, err := s.b.AddCategory(s.Context(), s.Staff, business.CategoryForm{Name: name})
	s.must(err)
	return id
}

func TestServicesAreInCategoriesInTheOwnersOrder(t *testing.T) {
	s := open(t)
	add := func(name, category string) string {
		f := s.serviceForm(name)
		f.Category = category
		id, err := s.b.AddService(t.Context(), s.Staff, f)
		s.must(err)
		return id
	}
	wants := func(want string) {
		t.Helper()
		if got := s.order(); got != want {
			t.Errorf("the order is %s, want %s", got, want)
		}
	}
	beard := add("Beard", "")
	hair, skin := s.category("Hair"), s.category("Skin")
	cut, colour := add("Cut", hair), add("Colour", hair)
	add("Peeling", skin)
	wants("Hair: Cut, Colour; Skin: Peeling; : Beard")

	name, was, err := s.b.PlaceService(t.Context(), s.Staff, colour, 0)
	s.must(err)
	if name != "Colour" || was != 1 {
		t.Errorf("%s was at %d", name, was)
	}
	wants("Hair: Colour, Cut; Skin: Peeling; : Beard")
	for _, place := range []int{0, -7} { // pressed twice, or past the first
		if _, was, err = s.b.PlaceService(t.Context(), s.Staff, colour, place); err != nil || was != -1 {
			t.Errorf("placed again: %d %v", was, err)
		}
	}
	_, was, err = s.b.PlaceCategory(t.Context(), s.Staff, skin, 0)
	s.must(err)
	wants("Skin: Peeling; Hair: Colour, Cut; : Beard")
	_, _, err = s.b.PlaceCategory(t.Context(), s.Staff, skin, was)
	s.must(err)
	_, _, err = s.b.PlaceService(t.Context(), s.Staff, colour, 99)
	s.must(err)
	wants("Hair: Cut, Colour; Skin: Peeling; : Beard")
	if s.noted("service.place") != 2 || s.noted("category.place") != 2 {
		t.Errorf("noted %d and %d times", s.noted("service.place"), s.noted("category.place"))
	}

	f := s.serviceForm("Beard")
	f.Category = hair
	_, err = s.b.ChangeService(t.Context(), s.Staff, beard, f)
	s.must(err)
	wants("Hair: Cut, Colour, Beard; Skin: Peeling")
	mia := s.AddStaffMember("Mia", cut, beard)
	choices, err := s.W.JoinChoices(t.Context(), s.Tenant)
	s.must(err)
	if len(choices) != 2 || choices[0].Name != "Cut" || choices[1].Category != "Hair" || choices[0].Staff[0].ID != mia {
		t.Errorf("the join page has %+v", choices)
	}
	_, err = s.b.RemoveCategory(t.Context(), s.Staff, hair, "7")
	wantKind(t, err, problem.Conflict) // it is at another version
	_, err = s.b.RemoveCategory(t.Context(), s.Staff, hair, "")
	s.must(err)
	wants("Skin: Peeling; : Cut, Colour, Beard")
	_, err = s.b.RemoveCategory(t.Context(), s.Staff, hair, "")
	wantKind(t, err, problem.NotFound)
}

func TestACategorysNameIsItsOwnAndAStaleFormSavesNothing(t *testing.T) {
	s := open(t)
	press := business.CategoryForm{Name: "Hair", Press: "one-press"}
	first, err := s.b.AddCategory(t.Context(), s.Staff, press)
	s.must(err)
	if again, err := s.b.AddCategory(t.Context(), s.Staff, press); err != nil || again != first {
		t.Errorf("pressed twice: %s and %s, %v", first, again, err)
	}
	for what, name := range hostileNames {
		_, err := s.b.AddCategory(t.Context(), s.Staff, business.CategoryForm{Name: name})
		if err == nil {
			t.Errorf("%s is taken", what)
			continue
		}
		wantField(t, err, "name")
	}
	_, err = s.b.AddCategory(t.Context(), s.Staff, business.CategoryForm{Name: "Hair"})
	wantField(t, err, "name")
	f, err := s.b.Category(t.Context(), s.Tenant, first)
	s.must(err)
	f.Name = "Hair and beard"
	s.must(s.b.RenameCategory(t.Context(), s.Staff, first, f))
	f.Name = "Hair only"
	wantKind(t, s.b.RenameCategory(t.Context(), s.Staff, first, f), problem.Conflict)
	list, err := s.b.Categories(t.Context(), s.Tenant)
	s.must(err)
	if len(list) != 1 || list[0].Name != "Hair and beard" {
		t.Errorf("categories: %+v", list)
	}
	there := s.other()
	_, err = s.b.Category(t.Context(), there.Tenant, first)
	wantKind(t, err, problem.NotFound)
	wantKind(t, s.b.RenameCategory(t.Context(), there.Staff, first, f), problem.NotFound)
	_, _, err = s.b.PlaceCategory(t.Context(), there.Staff, first, 0)
	wantKind(t, err, problem.NotFound)
}

func TestALastEditDoesNotWinOverOneThatWasNotSeen(t *testing.T) {
	s := open(t)
	cut := s.AddService("Cut", 30*time.Minute, 0)
	mia := s.AddStaffMember("Mia", cut)
	f := s.serviceForm("Long cut")
	f.Staff = []string{mia}
	_, err := s.b.ChangeService(t.Context(), s.Staff, cut, f)
	s.must(err)
	f.Name = "Short cut"
	_, err = s.b.ChangeService(t.Context(), s.Staff, cut, f)
	wantKind(t, err, problem.Conflict)
	m := business.StaffForm{Name: "Mia M.", Services: []string{cut}, Version: "1"}
	_, err = s.b.ChangeStaffMember(t.Context(), s.Staff, mia, m)
	s.must(err)
	m.Name = "Mia N."
	_, err = s.b.ChangeStaffMember(t.Context(), s.Staff, mia, m)
	wantKind(t, err, problem.Conflict)
	hours := s.noHours()
	hours.Days = week(business.HoursRow{From: "09:00", To: "18:00"}).Days
	_, err = s.b.ChangeHours(t.Context(), s.Staff, hours)
	s.must(err)
	hours.Days = week(business.HoursRow{From: "10:00", To: "18:00"}).Days
	_, err = s.b.ChangeHours(t.Context(), s.Staff, hours)
	wantKind(t, err, problem.Conflict)
	list, err := s.b.StaffMembers(t.Context(), s.Tenant)
	s.must(err)
	if s.services().Active[0].Name != "Long cut" || list.Active[0].Name != "Mia M." {
		t.Errorf("saved: %s and %s", s.services().Active[0].Name, list.Active[0].Name)
	}
}

func TestSavingTheSameFormTwiceIsSavingItOnce(t *testing.T) {
	s := open(t)
	cut := s.AddService("Cut", 30*time.Minute, 0)
	mia := s.AddStaffMember("Mia", cut)
	category := s.category("Hair")
	id, _, err := s.b.AddClosure(t.Context(), s.Staff, business.ClosureForm{From: s.day(2).String()})
	s.must(err)
	service := s.serviceForm("Long cut")
	service.Staff = []string{mia}
	hours := s.noHours()
	hours.Days[0] = []business.HoursRow{{From: "13:00", To: "18:00"}, {From: "09:00", To: "12:00"}}
	own := business.StaffHoursForm{HoursForm: hours, Own: true}
	own.Version = "2"
	holidays := s.choose("DE", "BE")
	holidays.Closed = holidays.Closed[1:]
	holidays.OpenOn = []string{"2027-12-25"}
	closure := business.ClosureForm{
		From: s.day(0).String(), Repeat: "weekly", Weeks: "2", Weekdays: []string{"1"}, Until: s.day(90).String(), FromTime: "12:00", ToTime: "13:00",
		Skips: []string{s.day(28).String(), s.day(14).String()}, StaffMember: mia, Reason: "Course", Version: "1",
	}
	nothing := func(touched business.Touched, err error) {
		t.Helper()
		s.must(err)
		if !touched.Empty() {
			t.Fatalf("touched %+v", touched)
		}
	}
	for range 2 {
		nothing(s.b.ChangeService(t.Context(), s.Staff, cut, service))
		nothing(s.b.ChangeStaffMember(t.Context(), s.Staff, mia, business.StaffForm{Name: "Mia M.", Services: []string{cut}, Version: "1"}))
		nothing(s.b.ChangeHours(t.Context(), s.Staff, hours))
		nothing(s.b.ChangeStaffHours(t.Context(), s.Staff, mia, own))
		nothing(s.b.ChangeHolidays(t.Context(), s.Staff, holidays))
		nothing(s.b.ChangeClosure(t.Context(), s.Staff, id, closure))
		s.must(s.b.RenameCategory(t.Context(), s.Staff, category, business.CategoryForm{Name: "Hair and beard", Version: "1"}))
	}
	for _, action := range []string{"service.change", "staff_member.change", "hours.change", "staff_member.hours", "holidays.change", "closure.change", "category.rename"} {
		if n := s.noted(action); n != 1 {
			t.Errorf("%s is noted %d times", action, n)
		}
	}
}
