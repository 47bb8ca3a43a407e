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

// Schedule is when the staff members of a business give appointments.
type Schedule struct {
	Zone     *time.Location
	Hours    []OpenInterval           // of the business, and of all who have none of their own
	Own      map[int64][]OpenInterval // hours of their own, by staff member; within those of the business or beyond; none: never
	Closures []Closure
}

// IsOpen tells whether all of start to end lies within the staff member's hours and in no closure of theirs or of the business.
func (s Schedule) IsOpen(staffID int64, start, end time.Time) bool {
	var spans []Span
	for d := range daysAround(Span{start, end}, s.Zone) {
		spans = append(spans, s.OpenOn(staffID, d)...)
	}
	return start.Before(end) && !reach(spans, start).Before(end)
}

// OpenOn is when the staff member gives appointments on that local day: sorted, intervals that touch joined, closures taken out.
func (s Schedule) OpenOn(staffID int64, d Date) []Span {
	var open, closed []Span
	for _, h := range s.HoursOf(staffID) {
		if h.Weekday == d.ISOWeekday() {
			open = spansOn(open, d, h.From, h.To, s.Zone)
		}
	}
	if len(open) == 0 {
		return nil
	}
	for _, c := range s.Closures {
		if c.concerns(staffID) && c.On(d) {
			closed = c.spansOn(closed, d, s.Zone)
		}
	}
	return without(joinSpans(open), joinSpans(closed))
}

// Closed tells whether a closure takes any of the staff member's time from start to end.
func (s Schedule) Closed(staffID int64, start, end time.Time) bool {
	return slices.ContainsFunc(s.Closures, func(c Closure) bool { return c.Touches(staffID, start, end, s.Zone) })
}

// HoursOf are the weekly hours that hold for a staff member.
func (s Schedule) HoursOf(staffID int64) []OpenInterval {
	if own, has := s.Own[staffID]; has {
		return own
	}
	return s.Hours
}

// Beyond are the weekdays, in their order, on which some of own lies outside of hours.
func Beyond(own, hours []OpenInterval) (days []int) {
	for day := 1; day <= 7; day++ {
		if slices.ContainsFunc(own, func(h OpenInterval) bool { return h.Weekday == day && !covered(h, hours) }) {
			days = append(days, day)
		}
	}
	return days
}

// covered tells whether each minute of one interval lies in one of the others.
func covered(one OpenInterval, hours []OpenInterval) bool {
	minute := one.From
	for moved := true; moved && minute < one.To; {
		moved = false
		for _, h := range hours {
			if h.Weekday == one.Weekday && h.From <= minute && minute < h.To {
				minute, moved = h.To, true
			}
		}
	}
	return minute >= one.To
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
