package rules

import (
	"slices"
	"time"
)

// Repeat says how a closure comes again.
type Repeat string

const (
	RepeatNever  Repeat = "never"
	RepeatWeekly Repeat = "weekly"
	RepeatYearly Repeat = "yearly"
)

// Weekdays is a set of weekdays, bit 0 Monday to bit 6 Sunday.
type Weekdays int

// WeekdaysOf is the set of these weekdays, 1 Monday to 7 Sunday.
func WeekdaysOf(days ...int) (w Weekdays) {
	for _, day := range days {
		w |= 1 << (day - 1)
	}
	return w
}

// Has tells whether a weekday, 1 Monday to 7 Sunday, is in the set.
func (w Weekdays) Has(day int) bool { return w&(1<<(day-1)) != 0 }

// List are the weekdays in their order.
func (w Weekdays) List() (days []int) {
	for day := 1; day <= 7; day++ {
		if w.Has(day) {
			days = append(days, day)
		}
	}
	return days
}

// Closure is time on which a staff member, or with StaffID 0 the whole business, is away: on each of its days the minutes from FromMinute
// to ToMinute, or all of the day when both are 0. It keeps the pattern, never the days that follow from it.
//
// Its days are those from From to To, both inclusive. A yearly one has them each year, 29 February being the 28th where there is none; a weekly
// one has the Weekdays of every Weeks-th week from the week of From on, none before From, whatever To is. Until, unless zero, is the
// last day a repeating one can have.
type Closure struct {
	StaffID              int64
	From, To             Date
	FromMinute, ToMinute int
	Repeat               Repeat // "": never
	Weeks                int    // of a weekly one; 0 counts as 1
	Weekdays             Weekdays
	Until                Date
	Except               []Date // days of the pattern that stay open
	Reason               string // shown to staff; of a public holiday its name
}

// WholeDay tells whether nothing of its days is left open.
func (c Closure) WholeDay() bool {
	return c.FromMinute == 0 && (c.ToMinute == 0 || c.ToMinute == 24*60)
}

// Repeats tells whether it comes again.
func (c Closure) Repeats() bool { return c.Repeat == RepeatWeekly || c.Repeat == RepeatYearly }

// On tells whether d is one of its days.
func (c Closure) On(d Date) bool {
	if d.Before(c.From) || slices.Contains(c.Except, d) || c.Repeats() && !c.Until.IsZero() && d.After(c.Until) {
		return false
	}
	switch c.Repeat {
	case RepeatWeekly:
		return c.Weekdays.Has(d.ISOWeekday()) && c.From.weeksUntil(d)%max(c.Weeks, 1) == 0
	case RepeatYearly:
		years := c.To.Year - c.From.Year
		for year := max(d.Year-years, c.From.Year); year <= d.Year; year++ {
			if !d.Before(c.From.inYear(year)) && !d.After(c.To.inYear(year+years)) {
				return true
			}
		}
		return false
	}
	return !d.After(c.To)
}

// Next is the first of its days from d on, looked for on so many days; false when there is none.
func (c Closure) Next(d Date, days int) (Date, bool) {
	for range days {
		if c.On(d) {
			return d, true
		}
		d = d.AddDays(1)
	}
	return Date{}, false
}

// Touches tells whether it takes any of the staff member's time from start to end.
func (c Closure) Touches(staffID int64, start, end time.Time, zone *time.Location) bool {
	if !c.concerns(staffID) {
		return false
	}
	for d := range daysAround(Span{start, end}, zone) {
		if !c.On(d) {
			continue
		}
		for _, s := range c.spansOn(nil, d, zone) {
			if Overlaps(start, end, s.Start, s.End) {
				return true
			}
		}
	}
	return false
}

func (c Closure) concerns(staffID int64) bool { return c.StaffID == 0 || c.StaffID == staffID }

// spansOn appends the moments that it takes of a day of its own.
func (c Closure) spansOn(spans []Span, d Date, zone *time.Location) []Span {
	if c.WholeDay() {
		return spansOn(spans, d, 0, 24*60, zone)
	}
	return spansOn(spans, d, c.FromMinute, c.ToMinute, zone)
}
