package counter_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

func (s *shop) bookingForm(changed url.Values) url.Values {
	form := url.Values{
		"press": {"booking-form"}, "staff_member": {s.mia}, "service": {s.cut}, "date": {s.today.String()}, "from": {"15:00"}, "name": {"Elena"},
	}
	for name, values := range changed {
		form[name] = values
	}
	return form
}

func (s *shop) plannedToday() []waitlist.DayItem {
	s.T.Helper()
	day, err := s.W.Day(s.Context(), s.Tenant, s.today)
	s.check(err)
	return day.Staff[0].Items
}

func TestAnAppointmentIsBookedOnceHoweverOftenItIsPressed(t *testing.T) {
	s := open(t)
	form := s.page(paths.NewBooking)
	filled := form.fields(paths.Bookings, url.Values{"staff_member": {s.mia}, "from": {"15:00"}, "name": {"Elena Rossi"}, "note": {"Brings a friend"}})
	for range 2 {
		if a := s.ask("POST", paths.Bookings, filled); a.status != http.StatusSeeOther || a.header.Get("Location") != paths.Day("2027-03-01") {
			t.Fatalf("status %d: %s", a.status, a.text())
		}
	}
	s.page(paths.Day("2027-03-01")).says("Booked.", "Elena Rossi")
	items := s.plannedToday()
	if len(items) != 1 || items[0].Note != "Brings a friend" || items[0].Start.In(s.Zone).Hour() != 15 {
		t.Errorf("planned: %+v", items)
	}
}

func TestTimeIsKeptBusyWithoutACustomer(t *testing.T) {
	s := open(t)
	form := s.page(paths.NewBooking + "?busy=on")
	if form.has(`input[name="name"]`) || form.has(`select[name="service"]`) {
		t.Error("asks for a customer")
	}
	s.press(form, paths.Bookings, url.Values{"staff_member": {s.mia}, "from": {"12:00"}, "minutes": {"30"}, "note": {"Lunch"}}).says("kept busy", "Lunch")
	if items := s.plannedToday(); len(items) != 1 || !items[0].Busy {
		t.Errorf("planned: %+v", items)
	}
}

func TestAKnownCustomerIsFoundWhileTheNameIsTypedAndPicked(t *testing.T) {
	s := open(t)
	s.WaitAs("Amara Okafor", "amara@example.org", s.cut, waitlist.Wishes{})
	for _, typed := range []string{"ama", "Okafor", "amara@example.org"} {
		known := s.part(paths.Bookings, "div#known", s.bookingForm(url.Values{"name": {typed}, "look": {"1"}}))
		if known.status != http.StatusOK {
			t.Errorf("status %d", known.status)
		}
		known.says("Amara Okafor", "amara@example.org")
	}
	if len(s.plannedToday()) != 0 {
		t.Fatal("looking up booked something")
	}
	form := s.ask("POST", paths.Bookings, s.bookingForm(url.Values{"name": {"ama"}, "look": {"1"}}))
	if len(form.Find("noscript").Nodes) == 0 {
		t.Error("without script nobody can be looked up")
	}
	amara := form.Find(`input[name="customer"]`).Last().AttrOr("value", "")
	s.press(form, paths.Bookings, url.Values{"customer": {amara}}).says("Booked.", "Amara Okafor")
	counts, err := s.W.Counts(s.Context(), s.Tenant)
	s.check(err)
	if counts.Waiting != 0 {
		t.Error("the entry of the customer who was booked still waits")
	}
}

func TestSomebodyOfTheListIsBookedFromTheBoard(t *testing.T) {
	s := open(t)
	entry := s.adds("Amara")
	board := s.page(paths.Counter)
	way := board.Find(`#entry-`+entry+` a`).FilterFunction(func(_ int, a *goquery.Selection) bool {
		return strings.HasPrefix(a.AttrOr("href", ""), paths.NewBooking)
	}).AttrOr("href", "")
	if strings.Contains(way, "Amara") {
		t.Errorf("a name in an address: %s", way)
	}
	s.press(s.page(way), paths.Bookings, url.Values{"staff_member": {s.mia}, "from": {"15:00"}}).says("Booked.")
	s.page(paths.CounterEntry(entry)).says("Booked")
	if items := s.plannedToday(); len(items) != 1 || items[0].Person.Name != "Amara" {
		t.Errorf("planned: %+v", items)
	}
}

func TestABookingInTheWayOfAnotherIsRefusedWithItsInputKept(t *testing.T) {
	s := open(t)
	s.books("Elena", s.today, 15*60+15)
	a := s.part(paths.Bookings, "form#book", s.bookingForm(url.Values{"name": {"Ravi"}}))
	if a.status != http.StatusConflict || !a.has(`input[name="name"][value="Ravi"]`) {
		t.Errorf("status %d: %s", a.status, a.text())
	}
	a.says("There is an appointment from 15:15 to 16:00")
}

func TestHostileBookingsAreRefusedAndNameTheField(t *testing.T) {
	s := open(t)
	for _, field := range []string{"staff_member", "service", "date", "from", "customer", "email", "phone"} {
		for _, typed := range hostile {
			s.ask("POST", paths.Bookings, s.bookingForm(url.Values{field: {typed}})).refuses(field)
		}
	}
	for name, c := range map[string]struct {
		field string
		form  url.Values
	}{
		"nobody":             {"name", url.Values{"name": {" "}}},
		"a name over lines":  {"name", url.Values{"name": {"a\x00b"}}},
		"an endless name":    {"name", url.Values{"name": {strings.Repeat("n", 5000)}}},
		"an endless note":    {"note", url.Values{"note": {strings.Repeat("n", 50000)}}},
		"yesterday":          {"date", url.Values{"date": {s.yesterday.String()}}},
		"earlier today":      {"from", url.Values{"from": {"08:59"}}},
		"30 February":        {"date", url.Values{"date": {"2028-02-30"}}},
		"a time of no night": {"from", url.Values{"date": {"2027-03-28"}, "from": {"02:30"}}},
		"closed then":        {"outside_hours", url.Values{"from": {"21:00"}}},
		"busy for nothing":   {"minutes", url.Values{"busy": {"on"}, "minutes": {"0"}}},
		"busy for ever":      {"minutes", url.Values{"busy": {"on"}, "minutes": {"1441"}}},
	} {
		t.Run(name, func(t *testing.T) { s.ask("POST", paths.Bookings, s.bookingForm(c.form)).refuses(c.field) })
	}
	for day := range 400 {
		date := rules.Date{Year: 2027, Month: 2, Day: 27}.AddDays(day)
		if date.Day > 2 { // once a month is enough
			continue
		}
		items, err := s.W.Day(s.Context(), s.Tenant, date)
		s.check(err)
		if len(items.Staff[0].Items) > 0 {
			t.Errorf("something was booked on %s", date)
		}
	}
}

func TestTextOfAnyKindIsShownAsItWasTyped(t *testing.T) {
	s := open(t)
	for i, name := range []string{"<script>alert(1)</script>", "😀 Zoë", "عمر الشريف", "O'Brien & Söhne"} {
		form := s.bookingForm(url.Values{"name": {name}, "press": {fmt.Sprint("press-", i)}, "from": {[]string{"10:00", "11:00", "12:00", "13:00"}[i]}})
		if a := s.ask("POST", paths.Bookings, form); a.status != http.StatusSeeOther {
			t.Fatalf("%q: status %d: %s", name, a.status, a.text())
		}
		day := s.page(paths.Day("2027-03-01")).says(name)
		if day.has("main script") {
			t.Errorf("%q runs", name)
		}
	}
}
