package rules

import (
	"testing"
	"time"
)

func TestADateIsReadOnlyIfItExists(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       Date
		ok         bool
	}{
		{"an ordinary day", "2026-11-05", Date{2026, time.November, 5}, true},
		{"29 February in a leap year", "2028-02-29", Date{2028, time.February, 29}, true},
		{"the first year a table holds", "1000-01-01", Date{1000, time.January, 1}, true},
		{"the last day a table holds", "9999-12-31", Date{9999, time.December, 31}, true},
		{"29 February in another year", "2026-02-29", Date{}, false},
		{"30 February", "2028-02-30", Date{}, false},
		{"31 April", "2026-04-31", Date{}, false},
		{"month 13", "2026-13-01", Date{}, false},
		{"day 0", "2026-01-00", Date{}, false},
		{"the year before a table's first", "0999-12-31", Date{}, false},
		{"year 0", "0000-01-01", Date{}, false},
		{"five figures of a year", "10000-01-01", Date{}, false},
		{"single figures", "2026-1-2", Date{}, false},
		{"a time behind it", "2026-11-05 00:00:00", Date{}, false},
		{"a space before it", " 2026-11-05", Date{}, false},
		{"nothing", "", Date{}, false},
		{"other figures than ASCII's", "２０２６-11-05", Date{}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ParseDate(c.text)
			if (err == nil) != c.ok || got != c.want {
				t.Errorf("ParseDate(%q) = %v, %v; want %v, ok %v", c.text, got, err, c.want, c.ok)
			}
		})
	}
}

func FuzzAReadDateIsWrittenTheSame(f *testing.F) {
	for _, s := range []string{"2026-11-05", "2028-02-29", "2026-02-30", "0000-00-00", "1000-01-01", "9999-12-31"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDate(s)
		if err != nil {
			if !d.IsZero() {
				t.Errorf("%q failed and yet gave %v", s, d)
			}
			return
		}
		if d.String() != s {
			t.Errorf("%q was written as %q", s, d)
		}
		if back := d.AddDays(1).AddDays(-1); back != d {
			t.Errorf("a day after and a day before %v is %v", d, back)
		}
	})
}

func TestTheDateDependsOnTheZone(t *testing.T) {
	at := moment(t, "2026-11-05T23:30:00Z")
	for name, want := range map[string]string{
		"UTC":              "2026-11-05",
		"Europe/Berlin":    "2026-11-06",
		"America/New_York": "2026-11-05",
		"Pacific/Auckland": "2026-11-06",
	} {
		if got := DateOf(at, zone(t, name)).String(); got != want {
			t.Errorf("in %s it is %s, want %s", name, got, want)
		}
	}
}

func TestDatesAreCountedInTheCalendar(t *testing.T) {
	for _, c := range []struct {
		from string
		days int
		want string
	}{
		{"2026-12-31", 1, "2027-01-01"},
		{"2027-01-01", -1, "2026-12-31"},
		{"2028-02-28", 1, "2028-02-29"},
		{"2026-02-28", 1, "2026-03-01"},
		{"2026-03-28", 1, "2026-03-29"}, // the night the clocks go forward in Berlin
		{"2026-11-05", 0, "2026-11-05"},
		{"2026-11-05", 365, "2027-11-05"},
	} {
		if got := date(t, c.from).AddDays(c.days).String(); got != c.want {
			t.Errorf("%s and %d days is %s, want %s", c.from, c.days, got, c.want)
		}
	}
}

func TestDatesAreComparedByYearThenMonthThenDay(t *testing.T) {
	ascending := []string{"2025-12-31", "2026-01-30", "2026-02-01", "2026-02-02", "2027-01-01"}
	for i, a := range ascending {
		for j, b := range ascending {
			if got := date(t, a).Before(date(t, b)); got != (i < j) {
				t.Errorf("%s before %s: %v", a, b, got)
			}
			if got := date(t, a).After(date(t, b)); got != (i > j) {
				t.Errorf("%s after %s: %v", a, b, got)
			}
		}
	}
}

func TestTheWeekStartsOnMondayAndEndsOnSunday(t *testing.T) {
	monday := date(t, "2026-11-02")
	for n := range 7 {
		d := monday.AddDays(n)
		if got := d.ISOWeekday(); got != n+1 {
			t.Errorf("%v is day %d of the week, want %d", d, got, n+1)
		}
		if got := d.Weekday(); got != time.Weekday((n+1)%7) {
			t.Errorf("%v is a %v", d, got)
		}
	}
}

func TestADateIsScannedFromWhatADriverGives(t *testing.T) {
	for _, c := range []struct {
		name  string
		value any
		want  Date
		ok    bool
	}{
		{"NULL", nil, Date{}, true},
		{"midnight in UTC", moment(t, "2026-11-05T00:00:00Z"), Date{2026, time.November, 5}, true},
		{"midnight elsewhere", time.Date(2026, 11, 5, 0, 0, 0, 0, zone(t, "Europe/Berlin")), Date{2026, time.November, 5}, true},
		{"no time", time.Time{}, Date{}, true},
		{"text", "2026-11-05", Date{2026, time.November, 5}, true},
		{"bytes", []byte("2026-11-05"), Date{2026, time.November, 5}, true},
		{"text that is no date", "2026-02-30", Date{}, false},
		{"a number", int64(20261105), Date{}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Date{1999, time.January, 1}
			if err := got.Scan(c.value); (err == nil) != c.ok || got != c.want {
				t.Errorf("got %v, %v; want %v, ok %v", got, err, c.want, c.ok)
			}
		})
	}
}

func TestADateIsStoredAsTextAndTheZeroDateAsNULL(t *testing.T) {
	if v, err := (Date{2026, time.March, 1}).Value(); v != "2026-03-01" || err != nil {
		t.Errorf("got %v, %v", v, err)
	}
	if v, err := (Date{}).Value(); v != nil || err != nil {
		t.Errorf("the zero Date became %v, %v", v, err)
	}
	if s := (Date{}).String(); s != "" {
		t.Errorf("the zero Date reads %q", s)
	}
}
