package public

import (
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

func TestWishesComeBackFromTheirFormAsTheyWere(t *testing.T) {
	for name, w := range map[string]waitlist.Wishes{
		"none":                          {},
		"people":                        {OnlyStaff: []string{"mia", "jonas"}},
		"one person rather than others": {PreferredStaff: "mia"},
		"parts of days, neighbours as one": {Windows: []rules.Window{
			{Weekday: 1, From: 0, To: 17 * 60}, {Weekday: 2, From: 17 * 60, To: 24 * 60}, {Weekday: 7, From: 0, To: 24 * 60},
		}},
		"parts of a day with a gap": {Windows: []rules.Window{{Weekday: 3, From: 0, To: 12 * 60}, {Weekday: 3, From: 17 * 60, To: 24 * 60}}},
		"exact times":               {Windows: []rules.Window{{Weekday: 5, From: 9*60 + 30, To: 10 * 60}, {Weekday: 0, From: 20 * 60, To: 24 * 60}}},
		"preferred times": {Windows: []rules.Window{
			{Weekday: 4, From: 12 * 60, To: 17 * 60, Preferred: true}, {Weekday: 6, From: 1, To: 2, Preferred: true}, Always,
		}},
		"some possible times better than others": {Windows: []rules.Window{
			{Weekday: 4, From: 12 * 60, To: 17 * 60}, {Weekday: 4, From: 12 * 60, To: 13 * 60, Preferred: true},
		}},
		"dates and notice": {EarliestOn: rules.Date{Year: 2028, Month: 2, Day: 29}, LatestOn: rules.Date{Year: 2028, Month: 3, Day: 26}, Notice: 95 * time.Minute},
	} {
		back, bad := WishesFormOf(w).Wishes()
		if len(bad) > 0 || !reflect.DeepEqual(back, w) {
			t.Errorf("%s: %+v became %+v, refused %v", name, w, back, bad)
		}
	}
}

func TestTheTimeOfTheDayIsReadToItsEnd(t *testing.T) {
	for _, c := range []struct {
		from, to string
		window   rules.Window
		ok       bool
	}{
		{"00:00", "24:00", rules.Window{Weekday: 1, From: 0, To: 1440}, true},
		{"23:59", "00:00", rules.Window{Weekday: 1, From: 1439, To: 1440}, true},
		{"02:30", "02:31", rules.Window{Weekday: 1, From: 150, To: 151}, true}, // no clock shows it in one night of the year, but in the others
		{"10:00", "10:00", rules.Window{}, false},
		{"10:00", "09:59", rules.Window{}, false},
		{"24:00", "00:00", rules.Window{}, false},
		{"9:00", "10:00", rules.Window{}, false},
		{"10:00", "10:60", rules.Window{}, false},
		{"10:00:00", "11:00:00", rules.Window{}, false},
		{"", "10:00", rules.Window{}, false},
		{"10:00", "", rules.Window{}, false},
		{"１０:00", "11:00", rules.Window{}, false},
	} {
		got, ok := WindowRow{Day: "1", From: c.from, To: c.to}.window()
		if ok != c.ok || ok && got != c.window {
			t.Errorf("%s–%s: %+v, %v", c.from, c.to, got, ok)
		}
	}
}

func TestAFormWithoutEndIsReadToItsBounds(t *testing.T) {
	values := url.Values{}
	for range 100_000 {
		values.Add("windows", "1-morning")
		values.Add("only_staff", strings.Repeat("x", 10))
	}
	f := ReadWishes(values)
	if len(f.Parts) > 21 || len(f.Only) > 200 || len(f.Rows) > MostRows {
		t.Errorf("%d parts, %d people, %d lines", len(f.Parts), len(f.Only), len(f.Rows))
	}
}

func TestMoreLinesEndAtTheirMost(t *testing.T) {
	f := WishesForm{}
	for range 10 {
		f = f.WithMoreRows()
	}
	if len(f.Rows) != MostRows {
		t.Errorf("%d lines", len(f.Rows))
	}
}
