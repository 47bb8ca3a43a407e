package sheet_test

import (
	"testing"
	"time"

	"github.com/your-org/waitlist-management/waitlist/sheet"
)

func TestDatesAreReadAsPeopleAndProgramsWriteThem(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		typed    string
		dayFirst bool
		want     string // RFC 3339 in UTC; empty: none
	}{
		{"2026-11-27", true, "2026-11-26T23:00:00Z"},
		{"2026-11-27 09:30", true, "2026-11-27T08:30:00Z"},
		{"2026-11-27T09:30:15", true, "2026-11-27T08:30:15Z"},
		{"2026-11-27T09:30:15Z", true, "2026-11-27T09:30:15Z"},
		{"2026-11-27T09:30:15+05:00", true, "2026-11-27T04:30:15Z"},
		{"2026-11-27T09:30:15.25+01:00", true, "2026-11-27T08:30:15.25Z"},
		{"27.11.2026", false, "2026-11-26T23:00:00Z"},
		{"1.2.26, 9:05 Uhr", false, "2026-02-01T08:05:00Z"},
		{"1.2.2026 kl. 09.05", false, "2026-02-01T08:05:00Z"},
		{"1/2/2026 9h05", true, "2026-02-01T08:05:00Z"},
		{"3/4/2026", true, "2026-04-02T22:00:00Z"},
		{"3/4/2026", false, "2026-03-03T23:00:00Z"},
		{"3/4/2026 9:05 pm", false, "2026-03-04T20:05:00Z"},
		{"28.3.2027 02:30", true, "2027-03-28T01:00:00Z"}, // the clocks skip it
		{"31.2.2026", true, ""},
		{"13/13/2026", true, ""},
		{"yesterday", true, ""},
		{"0170 1234567", true, ""},
		{"12345678", true, ""},
		{"27.11.2026 25:00", true, ""},
		{"27.11.0026", true, ""},
	} {
		got, ok := sheet.Moment(c.typed, c.dayFirst, berlin)
		if ok != (c.want != "") || ok && got.UTC().Format(time.RFC3339Nano) != c.want {
			t.Errorf("%q: %v, %v, want %s", c.typed, got.UTC(), ok, c.want)
		}
	}
}

func TestAColumnTellsWhetherItsDatesHaveTheDayFirst(t *testing.T) {
	for _, c := range []struct {
		cells             []string
		dayFirst, decided bool
	}{
		{[]string{"1/2/2026", "13/2/2026 10:00"}, true, true},
		{[]string{"1/2/2026", "2/13/2026"}, false, true},
		{[]string{"1/2/2026", "27.11.2026", ""}, false, false},
	} {
		if dayFirst, decided := sheet.DayFirst(c.cells); dayFirst != c.dayFirst || decided != c.decided {
			t.Errorf("%q: %v, %v", c.cells, dayFirst, decided)
		}
	}
}
