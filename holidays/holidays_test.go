package holidays

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/your-org/waitlist-management/rules"
)

func day(t testing.TB, text string) rules.Date {
	t.Helper()
	d, err := rules.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestTheHolidaysOfAYearAreThoseOfTheCountryAndTheRegion(t *testing.T) {
	for _, c := range []struct {
		country, region, from, to string
		want                      string
	}{
		{"DE", "", "2027-03-01", "2027-05-31", "2027-03-26 Karfreitag good_friday|2027-03-29 Ostermontag easter_monday|2027-05-01 Tag der Arbeit labour_day|" +
			"2027-05-06 Christi Himmelfahrt ascension|2027-05-17 Pfingstmontag pentecost_monday"},
		{"DE", "BE", "2027-03-01", "2027-03-27", "2027-03-08 Frauentag womens_day|2027-03-26 Karfreitag good_friday"},
		{"DE", "BY", "2027-05-27", "2027-05-27", "2027-05-27 Fronleichnam corpus_christi"},
		{"AT", "", "2027-10-26", "2027-10-26", "2027-10-26 Nationalfeiertag national_day"},
		{"GB", "", "2027-12-24", "2027-12-31", "2027-12-25 Christmas Day christmas|2027-12-26 Boxing Day second_christmas_day|" +
			"2027-12-27 Christmas Day christmas substitute|2027-12-28 Boxing Day second_christmas_day substitute"},
		{"US", "", "2027-12-30", "2027-12-31", "2027-12-31 New Year's Day new_year substitute"}, // of the Saturday in the year after
		{"AU", "QLD", "2027-01-01", "2027-01-01", "2027-01-01 New Year's Day new_year"},
		{"AU", "", "2027-01-01", "2027-12-31", ""},
		{"DE", "XX", "2027-01-01", "2027-12-31", ""},
		{"XX", "", "2027-01-01", "2027-12-31", ""},
		{"FR", "", "2028-02-01", "2028-02-29", ""},
	} {
		t.Run(c.country+c.region+c.from, func(t *testing.T) {
			var got []string
			for _, h := range Between(c.country, c.region, day(t, c.from), day(t, c.to)) {
				line := fmt.Sprintf("%s %s %s", h.On, h.Name, h.Known)
				if h.Substitute {
					line += " substitute"
				}
				got = append(got, line)
			}
			if all := strings.Join(got, "|"); all != c.want {
				t.Errorf("got\n%s, want\n%s", all, c.want)
			}
		})
	}
}

func TestEveryCalendarHasHolidaysInEveryYear(t *testing.T) {
	for _, c := range Countries() {
		calendars := map[string]bool{"": c.days != nil}
		for _, r := range c.Regions {
			calendars[r.Code] = true
		}
		for region, there := range calendars {
			if Has(c.Code, region) != there {
				t.Errorf("%s %q: has a calendar: %v", c.Code, region, !there)
			}
			for _, year := range []int{2026, 2028, 2036} {
				list := Between(c.Code, region, rules.Date{Year: year, Month: time.January, Day: 1}, rules.Date{Year: year, Month: time.December, Day: 31})
				if there != (len(list) >= 6) || len(list) > 30 {
					t.Errorf("%s %q: %d holidays in %d", c.Code, region, len(list), year)
				}
				if !slices.IsSortedFunc(list, func(a, b Holiday) int { return strings.Compare(a.On.String(), b.On.String()) }) {
					t.Errorf("%s %q: not in the order of days", c.Code, region)
				}
				for _, h := range list {
					if h.Name == "" || utf8.RuneCountInString(h.Name) > 120 || h.On.Year != year {
						t.Errorf("%s %q: %+v", c.Code, region, h)
					}
				}
			}
		}
	}
}

func TestAHolidayIsTheSameInEveryYear(t *testing.T) {
	for _, c := range Countries() {
		region := ""
		if c.days == nil {
			region = c.Regions[0].Code
		}
		is := map[string]string{}
		for _, h := range Between(c.Code, region, day(t, "2020-01-01"), day(t, "2060-12-31")) {
			if before, seen := is[h.Name]; seen && before != h.Known {
				t.Errorf("%s: %s is %q and %q", c.Code, h.Name, before, h.Known)
			}
			is[h.Name] = h.Known
		}
	}
}
