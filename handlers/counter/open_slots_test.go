package counter_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
)

func (s *shop) slotForm(changed url.Values) url.Values {
	form := url.Values{
		"press": {"slot-form"}, "staff_member": {s.mia}, "service": {s.cut}, "date": {s.today.String()}, "from": {"15:00"}, "minutes": {"45"},
		"count": {"1"}, "weeks": {"1"},
	}
	for name, values := range changed {
		form[name] = values
	}
	return form
}

func (s *shop) openCount() int {
	s.T.Helper()
	counts, err := s.W.Counts(s.Context(), s.Tenant)
	s.check(err)
	return counts.Open
}

func TestASlotIsOpenedAndTheNextIsAskedAtOnce(t *testing.T) {
	s := open(t)
	s.adds("Amara")
	form := s.page(paths.NewSlot)
	s.press(form, paths.Slots, url.Values{"staff_member": {s.mia}, "from": {"15:00"}}).says("The slot is open.", "Said yes", "Amara")
	offer := s.offer("Amara")
	if want := s.today.In(15*60, s.Zone); !offer.Start.Equal(want) {
		t.Errorf("offered for %v, want %v", offer.Start, want)
	}
}

func TestSlotsInARowAndEveryWeekAreOpenedOnceHoweverOftenItIsPressed(t *testing.T) {
	s := open(t)
	form := s.slotForm(url.Values{"count": {"2"}, "weeks": {"3"}})
	for range 2 {
		if a := s.ask("POST", paths.Slots, form); a.status != http.StatusSeeOther {
			t.Fatalf("status %d: %s", a.status, a.text())
		}
	}
	if n := s.openCount(); n != 6 {
		t.Errorf("%d slots", n)
	}
	day, err := s.W.Day(s.Context(), s.Tenant, s.today.AddDays(14))
	s.check(err)
	if items := day.Staff[0].Items; len(items) != 2 || items[1].End.Sub(items[0].Start) != 90*time.Minute {
		t.Errorf("in two weeks: %+v", items)
	}
}

func TestAnotherServiceBringsItsOwnLength(t *testing.T) {
	s := open(t)
	if !s.page(paths.NewSlot).has(`input[name="minutes"][value="60"]`) {
		t.Error("no usual length")
	}
	if part := s.part(paths.NewSlot+"?service="+s.cut, "div#slot-length", nil); !part.has(`input[name="minutes"][value="45"]`) {
		t.Error("not as long as the haircut")
	}
}

func TestClosedHoursAreWarnedOfAndOpenedWithATick(t *testing.T) {
	s := open(t)
	form := s.slotForm(url.Values{"from": {"21:00"}})
	refused := s.ask("POST", paths.Slots, form).refuses("outside_hours").says("closed then")
	if s.openCount() != 0 {
		t.Error("opened all the same")
	}
	ticked := refused.fields(paths.Slots, url.Values{"outside_hours": {"on"}})
	if a := s.ask("POST", paths.Slots, ticked); a.status != http.StatusSeeOther || s.openCount() != 1 {
		t.Errorf("with the tick: %d", a.status)
	}
}

func TestWhatIsInTheWayIsNamed(t *testing.T) {
	s := open(t)
	s.books("Elena", s.today, 15*60+30)
	a := s.part(paths.Slots, "form#open-slot", s.slotForm(nil))
	if a.status != http.StatusConflict || s.openCount() != 0 {
		t.Errorf("status %d", a.status)
	}
	a.says("There is an appointment from 15:30 to 16:15")
	if !a.has(`input[name="from"][value="15:00"]`) {
		t.Error("the input is lost")
	}
}

// hostile are texts that no field but a free one may take.
var hostile = []string{"<script>alert(1)</script>", "a\r\nBcc: b@example.org", "😀", "\u202eabc", strings.Repeat("9", 10000), "' OR 1=1 --"}

func TestHostileSlotsAreRefusedAndNameTheField(t *testing.T) {
	s := open(t)
	for _, field := range []string{"staff_member", "service", "date", "from", "minutes", "count", "weeks"} {
		for _, typed := range hostile {
			a := s.ask("POST", paths.Slots, s.slotForm(url.Values{field: {typed}})).refuses(field)
			if a.has("script:not([src])") {
				t.Errorf("%s runs a script", field)
			}
		}
		if invalid := s.ask("POST", paths.Slots, s.slotForm(url.Values{field: {"\xff\xfe"}})); invalid.status != http.StatusUnprocessableEntity {
			t.Errorf("%s takes invalid UTF-8: %d", field, invalid.status)
		}
	}
	for name, c := range map[string]struct {
		field string
		form  url.Values
	}{
		"nobody's time":        {"staff_member", url.Values{"staff_member": {""}}},
		"an empty time":        {"from", url.Values{"from": {""}}},
		"yesterday":            {"date", url.Values{"date": {s.yesterday.String()}}},
		"earlier today":        {"from", url.Values{"from": {"08:59"}}},
		"30 February":          {"date", url.Values{"date": {"2028-02-30"}}},
		"far ahead":            {"date", url.Values{"date": {"2031-01-01"}}},
		"a time of no night":   {"from", url.Values{"date": {"2027-03-28"}, "from": {"02:30"}}},
		"too short":            {"minutes", url.Values{"service": {""}, "minutes": {"4"}}},
		"shorter than service": {"minutes", url.Values{"minutes": {"44"}}},
		"longer than a day":    {"minutes", url.Values{"minutes": {"1441"}}},
		"no length at all":     {"minutes", url.Values{"minutes": {""}}},
		"none of them":         {"count", url.Values{"count": {"0"}}},
		"too many":             {"count", url.Values{"count": {"51"}}},
		"too many in all":      {"count", url.Values{"count": {"50"}, "weeks": {"26"}, "minutes": {"5"}, "service": {""}}},
		"too many weeks":       {"weeks", url.Values{"weeks": {"27"}}},
	} {
		t.Run(name, func(t *testing.T) { s.ask("POST", paths.Slots, s.slotForm(c.form)).refuses(c.field) })
	}
	if n := s.openCount(); n != 0 {
		t.Errorf("%d slots were opened by it", n)
	}
}

func TestATimeThatComesTwiceIsTakenTheFirstTime(t *testing.T) {
	s := open(t)
	form := s.slotForm(url.Values{"date": {"2027-10-31"}, "from": {"02:30"}, "outside_hours": {"on"}})
	if a := s.ask("POST", paths.Slots, form); a.status != http.StatusSeeOther {
		t.Fatalf("status %d: %s", a.status, a.text())
	}
	day, err := s.W.Day(s.Context(), s.Tenant, rules.Date{Year: 2027, Month: 10, Day: 31})
	s.check(err)
	if got := day.Staff[0].Items[0].Start.UTC().Format("15:04"); got != "00:30" {
		t.Errorf("begins at %s UTC", got)
	}
}
