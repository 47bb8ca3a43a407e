package rules

import (
	"cmp"
	"slices"
	"time"
)

// OpenInterval is one stretch of a week's opening hours, minutes of day on the wall clock, From before To, To up to 1440. Hours past
// midnight are two intervals.
type OpenInterval struct {
	Weekday  int // 1 Monday to 7 Sunday
	From, To int
}

// Closure is a run of local days, both inclusive, on which a staff member, or with StaffID 0 the whole business, is away.
type Closure struct {
	StaffID  int64
	From, To Date
}

// IsOpen tells whether all of start to end lies within the hours and on no closed day of the staff member or the business.
func IsOpen(hours []OpenInterval, closures []Closure, staffID int64, start, end time.Time, zone *time.Location) bool {
	var spans []Span
	for d := range daysAround(Span{start, end}, zone) {
		spans = append(spans, OpenOn(hours, closures, staffID, d, zone)...)
	}
	return start.Before(end) && !reach(spans, start).Before(end)
}

// OpenOn is when the staff member gives appointments on that local day: sorted, intervals that touch joined, nothing on a closed day.
func OpenOn(hours []OpenInterval, closures []Closure, staffID int64, d Date, zone *time.Location) []Span {
	if slices.ContainsFunc(closures, func(c Closure) bool { return c.covers(staffID, d) }) {
		return nil
	}
	var spans []Span
	for _, h := range hours {
		if h.Weekday == d.ISOWeekday() {
			spans = spansOn(spans, d, h.From, h.To, zone)
		}
	}
	return joinSpans(spans)
}

func (c Closure) covers(staffID int64, d Date) bool {
	return (c.StaffID == 0 || c.StaffID == staffID) && !d.Before(c.From) && !d.After(c.To)
}

// Reasons of an [HoursProblem].
const (
	HoursWeekday = "weekday" // not 1 to 7
	HoursBounds  = "bounds"  // a minute outside 0 to 1440
	HoursOrder   = "order"   // From is not before To
	HoursOverlap = "overlap" // shares time with another interval
)

// HoursProblem names an interval that cannot be kept by its place in the list that was asked about.
type HoursProblem struct {
	Index  int
	Reason string
}

// SortedHoursProblems names every interval that cannot be kept, by index; intervals that only touch are fine. Of two that overlap, the
// later in the week is named.
func SortedHoursProblems(hours []OpenInterval) []HoursProblem {
	var problems []HoursProblem
	var sound []int
	for i, h := range hours {
		switch {
		case h.Weekday < 1 || h.Weekday > 7:
			problems = append(problems, HoursProblem{i, HoursWeekday})
		case h.From < 0 || h.From > 24*60 || h.To < 0 || h.To > 24*60:
			problems = append(problems, HoursProblem{i, HoursBounds})
		case h.From >= h.To:
			problems = append(problems, HoursProblem{i, HoursOrder})
		default:
			sound = append(sound, i)
		}
	}
	slices.SortStableFunc(sound, func(a, b int) int {
		return cmp.Or(cmp.Compare(hours[a].Weekday, hours[b].Weekday), cmp.Compare(hours[a].From, hours[b].From))
	})
	weekday, until := 0, 0
	for _, i := range sound {
		h := hours[i]
		if h.Weekday == weekday && h.From < until {
			problems = append(problems, HoursProblem{i, HoursOverlap})
		}
		if h.Weekday != weekday {
			weekday, until = h.Weekday, 0
		}
		until = max(until, h.To)
	}
	slices.SortFunc(problems, func(a, b HoursProblem) int { return cmp.Compare(a.Index, b.Index) })
	return problems
}
