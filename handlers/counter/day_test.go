package counter_test

import (
	"net/url"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/paths"
)

func TestADayShowsWhatIsPlannedAndLetsFreeTimeBeTapped(t *testing.T) {
	s := open(t)
	booking := s.books("Elena", s.today, 14*60)
	slot := s.Open(s.jonas, 0, "15:00", 45*time.Minute)
	day := s.page(paths.Day("2027-03-01")).says("Monday 1 March 2027", "Elena", "Nobody on the list fits")
	for _, way := range []string{
		paths.CounterBooking(booking), paths.Slot(slot), paths.Day("2027-02-28"), paths.Day("2027-03-02"),
		paths.NewSlot + "?" + url.Values{"date": {"2027-03-01"}, "from": {"13:30"}, "staff_member": {s.mia}}.Encode(),
	} {
		if !day.has(`a[href="` + way + `"]`) {
			t.Errorf("no way to %s", way)
		}
	}
	for name, way := range map[string]url.Values{
		"booked": {"date": {"2027-03-01"}, "from": {"14:00"}, "staff_member": {s.mia}}, "past": {"date": {"2027-03-01"}, "from": {"08:30"}, "staff_member": {s.mia}},
	} {
		if day.has(`a[href="` + paths.NewSlot + "?" + way.Encode() + `"]`) {
			t.Errorf("%s time can be tapped", name)
		}
	}
	s.part(paths.Day("2027-03-01"), "div#day", nil).says("Elena")
}

func TestATapOnFreeTimeFillsEachFormIn(t *testing.T) {
	s := open(t)
	query := "?" + url.Values{"date": {"2027-03-04"}, "from": {"13:30"}, "staff_member": {s.mia}}.Encode()
	form := s.page(paths.NewSlot + query)
	for _, field := range []string{`input[name="date"][value="2027-03-04"]`, `input[name="from"][value="13:30"]`, `input[name="staff_member"][value="` + s.mia + `"][checked]`} {
		if !form.has(field) {
			t.Errorf("not filled in: %s", field)
		}
	}
	busy := form.Find(`.wl-segmented a`).Last().AttrOr("href", "")
	if page := s.page(busy); !page.has(`input[name="busy"]`) || !page.has(`input[name="from"][value="13:30"]`) {
		t.Error("the time is lost on the way to another form")
	}
}

func TestADayThatDoesNotExistIsNotThere(t *testing.T) {
	s := open(t)
	for _, date := range []string{"2027-02-30", "2027-13-01", "today", "20270301", "0000-00-00", "999-01-01", "%F0%9F%98%80", "2027-03-01'--"} {
		if a := s.get("/counter/day/" + date); a.status != 404 {
			t.Errorf("%s answers %d", date, a.status)
		}
	}
}

func TestBothNightsOfTheClockChangeAreDrawn(t *testing.T) {
	s := open(t)
	for _, date := range []string{"2027-03-28", "2027-10-31"} {
		s.page(paths.Day(date)).says("Mia")
	}
}
