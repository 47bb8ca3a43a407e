package rules

import (
	"iter"
	"time"
)

// LocalKind says how many moments a time on the wall clock stands for.
type LocalKind int

const (
	Exact   LocalKind = iota // one moment
	Gap                      // none: the clock was put forward over it
	Overlap                  // two: the clock was put back over it
)

// LocalAt finds the moment at which the wall clock in zone shows the minute of day d, 0 to 1440 (midnight at its end). For a
// Gap it is the moment of the jump, for an Overlap the first of the two.
func LocalAt(d Date, minute int, zone *time.Location) (t time.Time, kind LocalKind) {
	wall := d.wall(minute)
	var shown []time.Time
	var jump time.Time
	for p := range periods(zone, wall, wall) {
		moment := wall.Add(-p.offset)
		switch {
		case moment.Before(p.Start):
			if jump.IsZero() {
				jump = p.Start
			}
		case moment.Before(p.End):
			shown = append(shown, moment)
		}
	}
	switch len(shown) {
	case 0:
		return jump, Gap
	case 1:
		return shown[0], Exact
	}
	return shown[0], Overlap
}

// MinuteOf is the minute of day on the wall clock in zone, 0 to 1439.
func MinuteOf(t time.Time, zone *time.Location) int {
	hour, minute, _ := t.In(zone).Clock()
	return hour*60 + minute
}

// DayBounds are the first moment of the day and the first moment of the next: 23, 24 or 25 hours apart in most zones.
func DayBounds(d Date, zone *time.Location) (from, to time.Time) {
	return d.In(0, zone), d.AddDays(1).In(0, zone)
}

// period is a stretch of time in which a zone keeps one offset from UTC.
type period struct {
	Span
	offset time.Duration
}

// periods are the stretches, in order, in which a clock could show anything from wall time from to wall time to: no zone is a
// whole day away from UTC.
func periods(zone *time.Location, from, to time.Time) iter.Seq[period] {
	return func(yield func(period) bool) {
		start, last := from.AddDate(0, 0, -1), to.AddDate(0, 0, 1)
		for start.Before(last) {
			local := start.In(zone)
			_, seconds := local.Zone()
			_, end := local.ZoneBounds()
			if !end.IsZero() && !end.After(start) { // so Go answers on the last day of a leap year
				end = start.Add(time.Hour)
			}
			if end.IsZero() || end.After(last) {
				end = last
			}
			if !yield(period{Span{start, end.UTC()}, time.Duration(seconds) * time.Second}) {
				return
			}
			start = end.UTC()
		}
	}
}
