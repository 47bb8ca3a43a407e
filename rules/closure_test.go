package rules

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

func dates(t testing.TB, texts ...string) (list []Date) {
	t.Helper()
	for _, text := range texts {
		list = append(list, date(t, text))
	}
	return list
}

func TestAClosuresDaysFollowItsPattern(t *testing.T) {
	for _, c := range []struct {
		name     string
		closure  Closure
		from, to string // the days looked at
		want     string
	}{
		{"once, over a month's end", Closure{From: date(t, "2027-01-30"), To: date(t, "2027-02-01")}, "2027-01-01", "2027-12-31",
			"2027-01-30 2027-01-31 2027-02-01"},
		{"once, a day in the middle left out", Closure{From: date(t, "2027-01-30"), To: date(t, "2027-02-01"), Except: dates(t, "2027-01-31")},
			"2027-01-01", "2027-12-31", "2027-01-30 2027-02-01"},
		{"weekly, from its first day on and no earlier", Closure{From: date(t, "2027-03-03"), To: date(t, "2027-03-03"), Repeat: RepeatWeekly, Weekdays: WeekdaysOf(1, 3, 7)},
			"2027-02-22", "2027-03-15", "2027-03-03 2027-03-07 2027-03-08 2027-03-10 2027-03-14 2027-03-15"},
		{"every other week, counted from the Monday of its week", Closure{From: date(t, "2027-03-05"), To: date(t, "2027-03-05"), Repeat: RepeatWeekly, Weeks: 2, Weekdays: WeekdaysOf(1, 5)},
			"2027-03-01", "2027-03-31", "2027-03-05 2027-03-15 2027-03-19 2027-03-29"},
		{"every third week, over a year's end with 53 weeks", Closure{From: date(t, "2026-12-20"), To: date(t, "2026-12-20"), Repeat: RepeatWeekly, Weeks: 3, Weekdays: WeekdaysOf(7)},
			"2026-12-01", "2027-02-15", "2026-12-20 2027-01-10 2027-01-31"},
		{"weekly until a day, which it may have", Closure{From: date(t, "2027-03-01"), To: date(t, "2027-03-01"), Repeat: RepeatWeekly, Weekdays: WeekdaysOf(1), Until: date(t, "2027-03-15")},
			"2027-03-01", "2027-12-31", "2027-03-01 2027-03-08 2027-03-15"},
		{"weekly, a day left out", Closure{From: date(t, "2027-03-01"), To: date(t, "2027-03-01"), Repeat: RepeatWeekly, Weekdays: WeekdaysOf(1), Except: dates(t, "2027-03-08")},
			"2027-03-01", "2027-03-20", "2027-03-01 2027-03-15"},
		{"weekly on no day", Closure{From: date(t, "2027-03-01"), To: date(t, "2027-03-01"), Repeat: RepeatWeekly}, "2027-03-01", "2027-03-20", ""},
		{"weekly, though the last day is long past", Closure{From: date(t, "2020-01-01"), To: date(t, "2020-01-01"), Repeat: RepeatWeekly, Weekdays: WeekdaysOf(2)},
			"2027-03-01", "2027-03-07", "2027-03-02"},
		{"yearly on one day", Closure{From: date(t, "2026-05-01"), To: date(t, "2026-05-01"), Repeat: RepeatYearly}, "2025-01-01", "2028-12-31",
			"2026-05-01 2027-05-01 2028-05-01"},
		{"yearly, over the turn of the year", Closure{From: date(t, "2026-12-30"), To: date(t, "2027-01-01"), Repeat: RepeatYearly}, "2026-01-01", "2028-06-30",
			"2026-12-30 2026-12-31 2027-01-01 2027-12-30 2027-12-31 2028-01-01"},
		{"yearly on the leap day: the 28th where there is none", Closure{From: date(t, "2028-02-29"), To: date(t, "2028-02-29"), Repeat: RepeatYearly}, "2028-01-01", "2032-12-31",
			"2028-02-29 2029-02-28 2030-02-28 2031-02-28 2032-02-29"},
		{"yearly until the leap day", Closure{From: date(t, "2028-02-28"), To: date(t, "2028-02-29"), Repeat: RepeatYearly}, "2029-01-01", "2029-12-31", "2029-02-28"},
		{"yearly from before the leap day to after it", Closure{From: date(t, "2027-02-28"), To: date(t, "2027-03-01"), Repeat: RepeatYearly}, "2028-01-01", "2028-12-31",
			"2028-02-28 2028-02-29 2028-03-01"},
		{"yearly until a day within", Closure{From: date(t, "2026-12-30"), To: date(t, "2027-01-01"), Repeat: RepeatYearly, Until: date(t, "2027-12-31")}, "2027-06-01", "2028-12-31",
			"2027-12-30 2027-12-31"},
		{"yearly, a year left out", Closure{From: date(t, "2026-05-01"), To: date(t, "2026-05-01"), Repeat: RepeatYearly, Except: dates(t, "2027-05-01")}, "2026-01-01", "2028-12-31",
			"2026-05-01 2028-05-01"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for d := date(t, c.from); !d.After(date(t, c.to)); d = d.AddDays(1) {
				if c.closure.On(d) {
					got = append(got, d.String())
				}
			}
			if all := strings.Join(got, " "); all != c.want {
				t.Errorf("got  %s\nwant %s", all, c.want)
			}
		})
	}
}

func TestTheNextDayOfAClosureIsLookedForAsFarAsAsked(t *testing.T) {
	c := Closure{From: date(t, "2027-03-01"), To: date(t, "2027-03-01"), Repeat: RepeatWeekly, Weeks: 4, Weekdays: WeekdaysOf(1)}
	if d, ok := c.Next(date(t, "2027-03-02"), 28); !ok || d != date(t, "2027-03-29") {
		t.Errorf("within 28 days: %s %v", d, ok)
	}
	if d, ok := c.Next(date(t, "2027-03-02"), 27); ok {
		t.Errorf("within 27 days: %s", d)
	}
	if d, ok := c.Next(date(t, "2027-03-01"), 1); !ok || d != date(t, "2027-03-01") {
		t.Errorf("the day itself: %s %v", d, ok)
	}
}

func TestAPartOfADayIsClosedByTheWallClock(t *testing.T) {
	all := []OpenInterval{{7, 0, 1440}}
	part := func(day string, from, to int) []Closure {
		return []Closure{{From: date(t, day), To: date(t, day), FromMinute: from, ToMinute: to}}
	}
	for _, c := range []struct {
		name, zone, date string
		hours            []OpenInterval
		closures         []Closure
		want             []Span
	}{
		{"a lunch in the middle", "Europe/Berlin", "2026-11-08", all, part("2026-11-08", 720, 780),
			spans(t, "2026-11-07T23:00:00Z", "2026-11-08T11:00:00Z", "2026-11-08T12:00:00Z", "2026-11-08T23:00:00Z")},
		{"the beginning", "Europe/Berlin", "2026-11-08", []OpenInterval{{7, 540, 1080}}, part("2026-11-08", 0, 600), spans(t, "2026-11-08T09:00:00Z", "2026-11-08T17:00:00Z")},
		{"the end, to midnight", "Europe/Berlin", "2026-11-08", []OpenInterval{{7, 540, 1440}}, part("2026-11-08", 1020, 1440), spans(t, "2026-11-08T08:00:00Z", "2026-11-08T16:00:00Z")},
		{"over a break", "Europe/Berlin", "2026-11-08", []OpenInterval{{7, 540, 720}, {7, 780, 1080}}, part("2026-11-08", 700, 800),
			spans(t, "2026-11-08T08:00:00Z", "2026-11-08T10:40:00Z", "2026-11-08T12:20:00Z", "2026-11-08T17:00:00Z")},
		{"all of the hours", "Europe/Berlin", "2026-11-08", []OpenInterval{{7, 540, 720}}, part("2026-11-08", 540, 720), nil},
		{"up to where it opens", "Europe/Berlin", "2026-11-08", []OpenInterval{{7, 540, 720}}, part("2026-11-08", 480, 540), spans(t, "2026-11-08T08:00:00Z", "2026-11-08T11:00:00Z")},
		{"another day", "Europe/Berlin", "2026-11-08", []OpenInterval{{7, 540, 720}}, part("2026-11-15", 0, 1440), spans(t, "2026-11-08T08:00:00Z", "2026-11-08T11:00:00Z")},
		{"two that overlap", "Europe/Berlin", "2026-11-08", []OpenInterval{{7, 540, 1080}}, append(part("2026-11-08", 600, 720), part("2026-11-08", 660, 780)...),
			spans(t, "2026-11-08T08:00:00Z", "2026-11-08T09:00:00Z", "2026-11-08T12:00:00Z", "2026-11-08T17:00:00Z")},
		{"the hour that Berlin's clock skips closes nothing", "Europe/Berlin", "2026-03-29", all, part("2026-03-29", 120, 180),
			spans(t, "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z")},
		{"over the gap", "Europe/Berlin", "2026-03-29", all, part("2026-03-29", 60, 240),
			spans(t, "2026-03-28T23:00:00Z", "2026-03-29T00:00:00Z", "2026-03-29T02:00:00Z", "2026-03-29T22:00:00Z")},
		{"the hour that comes twice is closed twice", "Europe/Berlin", "2026-10-25", all, part("2026-10-25", 120, 180),
			spans(t, "2026-10-24T22:00:00Z", "2026-10-25T00:00:00Z", "2026-10-25T02:00:00Z", "2026-10-25T23:00:00Z")},
		{"half of the hour that comes twice", "Europe/Berlin", "2026-10-25", all, part("2026-10-25", 120, 150),
			spans(t, "2026-10-24T22:00:00Z", "2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z", "2026-10-25T23:00:00Z")},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := Schedule{Zone: zone(t, c.zone), Hours: c.hours, Closures: c.closures}
			if got := s.OpenOn(7, date(t, c.date)); !slices.Equal(got, c.want) {
				t.Errorf("got %v\nwant %v", got, c.want)
			}
		})
	}
}

func TestHoursOfTheirOwnTakeThePlaceOfTheBusinesss(t *testing.T) {
	monday := date(t, "2027-03-01")
	s := Schedule{
		Zone: time.UTC, Hours: []OpenInterval{{1, 540, 1080}},
		Own:      map[int64][]OpenInterval{2: {{1, 600, 720}, {1, 1080, 1200}}, 3: nil},
		Closures: []Closure{{StaffID: 2, From: monday, To: monday, FromMinute: 660, ToMinute: 720}, {From: date(t, "2027-03-08"), To: date(t, "2027-03-08")}},
	}
	for _, c := range []struct {
		name  string
		staff int64
		day   string
		want  []Span
	}{
		{"who has none", 1, "2027-03-01", spans(t, "2027-03-01T09:00:00Z", "2027-03-01T18:00:00Z")},
		{"who has some, with time off", 2, "2027-03-01", spans(t, "2027-03-01T10:00:00Z", "2027-03-01T11:00:00Z", "2027-03-01T18:00:00Z", "2027-03-01T20:00:00Z")},
		{"who never works", 3, "2027-03-01", nil},
		{"the business is closed for all", 2, "2027-03-08", nil},
	} {
		if got := s.OpenOn(c.staff, date(t, c.day)); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

func TestWhoWorksBeyondTheBusinessIsNamedByWeekday(t *testing.T) {
	business := []OpenInterval{{1, 540, 720}, {1, 720, 1080}, {2, 540, 720}, {2, 780, 1080}}
	for _, c := range []struct {
		name string
		own  []OpenInterval
		want []int
	}{
		{"within, over hours that touch", []OpenInterval{{1, 600, 1080}}, nil},
		{"a minute early", []OpenInterval{{1, 539, 600}}, []int{1}},
		{"over the break", []OpenInterval{{2, 600, 1080}}, []int{2}},
		{"on a closed day", []OpenInterval{{7, 600, 660}, {2, 1000, 1081}}, []int{2, 7}},
		{"never", nil, nil},
	} {
		if got := Beyond(c.own, business); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// anySchedule makes a schedule up, with days around one on which a zone's clock is changed.
func anySchedule(random *rand.Rand, zone *time.Location, around Date) Schedule {
	minutes := func() (from, to int) {
		from = random.IntN(96) * 15
		return from, from + 15 + random.IntN((1440-from)/15)*15
	}
	hours := func() (list []OpenInterval) {
		for range random.IntN(9) {
			from, to := minutes()
			list = append(list, OpenInterval{1 + random.IntN(7), from, to})
		}
		return list
	}
	s := Schedule{Zone: zone, Hours: hours(), Own: map[int64][]OpenInterval{1: hours()}}
	for range random.IntN(5) {
		from := around.AddDays(random.IntN(12) - 8)
		c := Closure{
			StaffID: int64(random.IntN(3)), From: from, To: from.AddDays(random.IntN(4)), Repeat: []Repeat{"", RepeatNever, RepeatWeekly, RepeatYearly}[random.IntN(4)],
			Weeks: 1 + random.IntN(2), Weekdays: Weekdays(random.IntN(128)),
		}
		if random.IntN(2) == 0 {
			c.FromMinute, c.ToMinute = minutes()
		}
		if random.IntN(3) == 0 {
			c.Except = []Date{around.AddDays(random.IntN(3) - 1)}
		}
		s.Closures = append(s.Closures, c)
	}
	return s
}

// openAt is what a schedule says about one moment, by the wall clock alone.
func openAt(s Schedule, staffID int64, at time.Time) bool {
	d, minute := DateOf(at, s.Zone), MinuteOf(at, s.Zone)
	for _, c := range s.Closures {
		whole := c.FromMinute == 0 && c.ToMinute == 0
		if (c.StaffID == 0 || c.StaffID == staffID) && c.On(d) && (whole || c.FromMinute <= minute && minute < c.ToMinute) {
			return false
		}
	}
	hours := s.Hours
	if own, has := s.Own[staffID]; has {
		hours = own
	}
	return slices.ContainsFunc(hours, func(h OpenInterval) bool { return h.Weekday == d.ISOWeekday() && h.From <= minute && minute < h.To })
}

func TestAnySchedulesSpansAreItsOpenMinutesInOrder(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 2))
	for _, place := range []struct{ zone, day string }{
		{"Europe/Berlin", "2026-03-29"}, {"Europe/Berlin", "2026-10-25"}, {"America/New_York", "2026-11-01"}, {"Australia/Lord_Howe", "2026-04-05"},
		{"Atlantic/Azores", "2026-10-25"}, {"America/Santiago", "2026-09-06"}, {"Europe/Berlin", "2028-02-29"}, {"UTC", "2026-12-31"},
	} {
		z, around := zone(t, place.zone), date(t, place.day)
		for range 60 {
			s, staff := anySchedule(random, z, around), int64(1+random.IntN(2))
			for d := around.AddDays(-1); !d.After(around.AddDays(1)); d = d.AddDays(1) {
				got := s.OpenOn(staff, d)
				for i, span := range got {
					if !span.Start.Before(span.End) || i > 0 && !got[i-1].End.Before(span.Start) {
						t.Fatalf("%s %s: %v are not apart and in order", place.zone, d, got)
					}
				}
				first, last := DayBounds(d, z)
				for at := first.Add(-2 * time.Hour); at.Before(last.Add(2 * time.Hour)); at = at.Add(5 * time.Minute) {
					held := slices.ContainsFunc(got, func(s Span) bool { return !at.Before(s.Start) && at.Before(s.End) })
					if want := DateOf(at, z) == d && openAt(s, staff, at); held != want {
						t.Fatalf("%s %s: open at %s: %v, want %v\n%+v", place.zone, d, at.In(z), held, want, s)
					}
				}
			}
			start := around.In(0, z).Add(time.Duration(random.IntN(24*12)) * 5 * time.Minute)
			end := start.Add(time.Duration(1+random.IntN(30)) * 5 * time.Minute)
			open, closed := true, false
			for at := start; at.Before(end); at = at.Add(5 * time.Minute) {
				open = open && openAt(s, staff, at)
				closed = closed || slices.ContainsFunc(s.Closures, func(c Closure) bool {
					return !openAt(Schedule{Zone: z, Hours: round, Closures: []Closure{c}}, staff, at)
				})
			}
			if got := s.IsOpen(staff, start, end); got != open {
				t.Fatalf("%s: %s to %s is open: %v, want %v\n%+v", place.zone, start.In(z), end.In(z), got, open, s)
			}
			if got := s.Closed(staff, start, end); got != closed {
				t.Fatalf("%s: %s to %s is closed: %v, want %v\n%+v", place.zone, start.In(z), end.In(z), got, closed, s)
			}
		}
	}
}

// round is open round the clock.
var round = []OpenInterval{{1, 0, 1440}, {2, 0, 1440}, {3, 0, 1440}, {4, 0, 1440}, {5, 0, 1440}, {6, 0, 1440}, {7, 0, 1440}}

func TestWithoutLeavesWhatIsInOneAndNotInTheOther(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	zero := time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC)
	for range 500 {
		make := func() (list []Span) {
			for range random.IntN(6) {
				from := random.IntN(50)
				list = append(list, Span{zero.Add(time.Duration(from) * time.Minute), zero.Add(time.Duration(from+1+random.IntN(12)) * time.Minute)})
			}
			return joinSpans(list)
		}
		in := func(list []Span, at time.Time) bool {
			return slices.ContainsFunc(list, func(s Span) bool { return !at.Before(s.Start) && at.Before(s.End) })
		}
		spans, cuts := make(), make()
		got := without(spans, cuts)
		for at := zero; at.Before(zero.Add(70 * time.Minute)); at = at.Add(time.Minute) {
			if want := in(spans, at) && !in(cuts, at); in(got, at) != want {
				t.Fatalf("%v without %v is %v", spans, cuts, got)
			}
		}
		if !slices.Equal(joinSpans(slices.Clone(got)), got) {
			t.Fatalf("%v is not in order", got)
		}
	}
}
