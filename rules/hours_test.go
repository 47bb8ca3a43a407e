package rules

import (
	"slices"
	"testing"
)

func spans(t testing.TB, bounds ...string) []Span {
	t.Helper()
	var out []Span
	for i := 0; i < len(bounds); i += 2 {
		out = append(out, Span{moment(t, bounds[i]), moment(t, bounds[i+1])})
	}
	return out
}

func TestADaysOpeningHoursFollowTheWallClock(t *testing.T) {
	const thursday, sunday = 4, 7
	for _, c := range []struct {
		name, zone string
		hours      []OpenInterval
		date       string
		want       []Span
	}{
		{"a day with a break", "Europe/Berlin", []OpenInterval{{thursday, 780, 1080}, {thursday, 540, 720}}, "2026-11-05",
			spans(t, "2026-11-05T08:00:00Z", "2026-11-05T11:00:00Z", "2026-11-05T12:00:00Z", "2026-11-05T17:00:00Z")},
		{"intervals that touch are one", "Europe/Berlin", []OpenInterval{{thursday, 540, 720}, {thursday, 720, 1080}}, "2026-11-05",
			spans(t, "2026-11-05T08:00:00Z", "2026-11-05T17:00:00Z")},
		{"an interval within another adds nothing", "Europe/Berlin", []OpenInterval{{thursday, 540, 1080}, {thursday, 600, 720}}, "2026-11-05",
			spans(t, "2026-11-05T08:00:00Z", "2026-11-05T17:00:00Z")},
		{"another weekday's hours", "Europe/Berlin", []OpenInterval{{5, 540, 720}}, "2026-11-05", nil},
		{"round the clock on Berlin's short day", "Europe/Berlin", []OpenInterval{{sunday, 0, 1440}}, "2026-03-29",
			spans(t, "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z")},
		{"round the clock on Berlin's long day", "Europe/Berlin", []OpenInterval{{sunday, 0, 1440}}, "2026-10-25",
			spans(t, "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z")},
		{"from within Berlin's gap", "Europe/Berlin", []OpenInterval{{sunday, 150, 240}}, "2026-03-29",
			spans(t, "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z")},
		{"until within Berlin's overlap, twice", "Europe/Berlin", []OpenInterval{{sunday, 60, 150}}, "2026-10-25",
			spans(t, "2026-10-24T23:00:00Z", "2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z")},
		{"New York's short day", "America/New_York", []OpenInterval{{sunday, 0, 720}}, "2026-03-08",
			spans(t, "2026-03-08T05:00:00Z", "2026-03-08T16:00:00Z")},
		{"New York's long day", "America/New_York", []OpenInterval{{sunday, 0, 720}}, "2026-11-01",
			spans(t, "2026-11-01T04:00:00Z", "2026-11-01T17:00:00Z")},
		{"the last day of a leap year", "Europe/Berlin", []OpenInterval{{sunday, 540, 1440}}, "2028-12-31",
			spans(t, "2028-12-31T08:00:00Z", "2028-12-31T23:00:00Z")},
		{"far in the west, until midnight", "Pacific/Pago_Pago", []OpenInterval{{thursday, 0, 1440}}, "2026-11-05",
			spans(t, "2026-11-05T11:00:00Z", "2026-11-06T11:00:00Z")},
		{"far in the east, from midnight", "Pacific/Kiritimati", []OpenInterval{{thursday, 0, 1440}}, "2026-11-05",
			spans(t, "2026-11-04T10:00:00Z", "2026-11-05T10:00:00Z")},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := (Schedule{Zone: zone(t, c.zone), Hours: c.hours}).OpenOn(7, date(t, c.date)); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestAClosureTakesWholeDaysFromWhomItConcerns(t *testing.T) {
	berlin := zone(t, "Europe/Berlin")
	hours := []OpenInterval{{4, 540, 720}}
	thursday := date(t, "2026-11-05")
	for _, c := range []struct {
		name     string
		staffID  int64
		from, to string
		open     bool
	}{
		{"the whole business, that day", 0, "2026-11-05", "2026-11-05", false},
		{"the staff member, that day", 7, "2026-11-05", "2026-11-05", false},
		{"a colleague", 8, "2026-11-05", "2026-11-05", true},
		{"that day is the last", 7, "2026-11-01", "2026-11-05", false},
		{"that day is the first", 7, "2026-11-05", "2026-11-09", false},
		{"over the day before", 0, "2026-11-01", "2026-11-04", true},
		{"from the day after", 0, "2026-11-06", "2026-11-09", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := Schedule{Zone: berlin, Hours: hours, Closures: []Closure{{StaffID: c.staffID, From: date(t, c.from), To: date(t, c.to)}}}
			if got := len(s.OpenOn(7, thursday)) > 0; got != c.open {
				t.Errorf("open: %v", got)
			}
			start := thursday.In(600, berlin)
			if got := s.IsOpen(7, start, start.Add(3600e9)); got != c.open {
				t.Errorf("open at ten: %v", got)
			}
		})
	}
}

func TestAnAppointmentIsOpenOnlyIfAllOfItIs(t *testing.T) {
	const friday, saturday, sunday = 5, 6, 7
	bar := []OpenInterval{{friday, 1080, 1440}, {saturday, 0, 120}}
	for _, c := range []struct {
		name, zone string
		hours      []OpenInterval
		closures   []Closure
		start, end string
		want       bool
	}{
		{"within the evening", "Europe/Berlin", bar, nil, "2026-11-06T17:00:00Z", "2026-11-06T18:00:00Z", true},
		{"a second before opening", "Europe/Berlin", bar, nil, "2026-11-06T16:59:59Z", "2026-11-06T18:00:00Z", false},
		{"over midnight", "Europe/Berlin", bar, nil, "2026-11-06T22:30:00Z", "2026-11-06T23:30:00Z", true},
		{"until closing", "Europe/Berlin", bar, nil, "2026-11-06T22:30:00Z", "2026-11-07T01:00:00Z", true},
		{"a second after closing", "Europe/Berlin", bar, nil, "2026-11-06T22:30:00Z", "2026-11-07T01:00:01Z", false},
		{"over midnight into a closed day", "Europe/Berlin", bar, []Closure{{From: date(t, "2026-11-07"), To: date(t, "2026-11-07")}}, "2026-11-06T22:30:00Z", "2026-11-06T23:30:00Z", false},
		{"until midnight before a closed day", "Europe/Berlin", bar, []Closure{{From: date(t, "2026-11-07"), To: date(t, "2026-11-07")}}, "2026-11-06T22:30:00Z", "2026-11-06T23:00:00Z", true},
		{"no length", "Europe/Berlin", bar, nil, "2026-11-06T18:00:00Z", "2026-11-06T18:00:00Z", false},
		{"backwards", "Europe/Berlin", bar, nil, "2026-11-06T19:00:00Z", "2026-11-06T18:00:00Z", false},
		{"no hours", "Europe/Berlin", nil, nil, "2026-11-06T18:00:00Z", "2026-11-06T19:00:00Z", false},
		{"over a break", "UTC", []OpenInterval{{friday, 540, 720}, {friday, 780, 1080}}, nil, "2026-11-06T11:30:00Z", "2026-11-06T13:30:00Z", false},
		{"through Berlin's short night", "Europe/Berlin", []OpenInterval{{sunday, 0, 240}}, nil, "2026-03-28T23:00:00Z", "2026-03-29T02:00:00Z", true},
		{"past Berlin's short night", "Europe/Berlin", []OpenInterval{{sunday, 0, 240}}, nil, "2026-03-28T23:00:00Z", "2026-03-29T02:00:01Z", false},
		{"through Berlin's long night", "Europe/Berlin", []OpenInterval{{sunday, 0, 240}}, nil, "2026-10-24T22:00:00Z", "2026-10-25T03:00:00Z", true},
		{"past Berlin's long night", "Europe/Berlin", []OpenInterval{{sunday, 0, 240}}, nil, "2026-10-24T22:00:00Z", "2026-10-25T03:00:01Z", false},
		{"through New York's long night", "America/New_York", []OpenInterval{{sunday, 0, 240}}, nil, "2026-11-01T04:00:00Z", "2026-11-01T09:00:00Z", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := (Schedule{Zone: zone(t, c.zone), Hours: c.hours, Closures: c.closures}).IsOpen(7, moment(t, c.start), moment(t, c.end)); got != c.want {
				t.Errorf("open: %v", got)
			}
		})
	}
}

func TestHoursThatCannotBeKeptAreNamedByTheirPlace(t *testing.T) {
	for _, c := range []struct {
		name  string
		hours []OpenInterval
		want  []HoursProblem
	}{
		{"a sound week", []OpenInterval{{1, 540, 720}, {1, 780, 1080}, {7, 0, 1440}}, nil},
		{"intervals that touch", []OpenInterval{{1, 720, 1080}, {1, 540, 720}}, nil},
		{"the same times on two days", []OpenInterval{{1, 540, 720}, {2, 540, 720}}, nil},
		{"an evening before a morning of the next day", []OpenInterval{{1, 1080, 1440}, {2, 0, 120}}, nil},
		{"no weekday", []OpenInterval{{0, 540, 720}}, []HoursProblem{{0, HoursWeekday}}},
		{"an eighth day", []OpenInterval{{8, 540, 720}}, []HoursProblem{{0, HoursWeekday}}},
		{"before midnight", []OpenInterval{{1, -1, 720}}, []HoursProblem{{0, HoursBounds}}},
		{"after midnight", []OpenInterval{{1, 0, 1441}}, []HoursProblem{{0, HoursBounds}}},
		{"an end before midnight", []OpenInterval{{1, 0, -1}}, []HoursProblem{{0, HoursBounds}}},
		{"a start after midnight", []OpenInterval{{1, 1441, 0}}, []HoursProblem{{0, HoursBounds}}},
		{"no length", []OpenInterval{{1, 540, 540}}, []HoursProblem{{0, HoursOrder}}},
		{"no length at the first midnight", []OpenInterval{{1, 0, 0}}, []HoursProblem{{0, HoursOrder}}},
		{"no length at the last midnight", []OpenInterval{{1, 1440, 1440}}, []HoursProblem{{0, HoursOrder}}},
		{"over midnight in one", []OpenInterval{{1, 1080, 120}}, []HoursProblem{{0, HoursOrder}}},
		{"a minute's overlap", []OpenInterval{{1, 719, 1080}, {1, 540, 720}}, []HoursProblem{{0, HoursOverlap}}},
		{"the same twice", []OpenInterval{{1, 540, 720}, {1, 540, 720}}, []HoursProblem{{1, HoursOverlap}}},
		{"a long one over two short ones", []OpenInterval{{1, 0, 1440}, {1, 60, 120}, {1, 180, 240}}, []HoursProblem{{1, HoursOverlap}, {2, HoursOverlap}}},
		{"several at once, in order", []OpenInterval{{1, 600, 700}, {9, 0, 1}, {1, 540, 720}, {2, 5, 5}}, []HoursProblem{{0, HoursOverlap}, {1, HoursWeekday}, {3, HoursOrder}}},
		{"none at all", nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := SortedHoursProblems(c.hours); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}
