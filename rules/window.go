package rules

import (
	"slices"
	"time"
)

// Window is when a customer can come: minutes of day on the wall clock, From before To, To up to 1440.
type Window struct {
	Weekday   int // 1 Monday to 7 Sunday, 0 any
	From, To  int
	Preferred bool
}

// Valid tells whether the weekday and the minutes are within their bounds.
func (w Window) Valid() bool {
	return w.Weekday >= 0 && w.Weekday <= 7 && w.From >= 0 && w.From < w.To && w.To <= 24*60
}

func preferred(windows []Window) []Window {
	return slices.DeleteFunc(slices.Clone(windows), func(w Window) bool { return !w.Preferred })
}

// within tells whether all of s lies in the windows, those that touch or overlap taken as one, across midnight too.
func within(windows []Window, s Span, zone *time.Location) bool {
	var spans []Span
	for d := range daysAround(s, zone) {
		for _, w := range windows {
			if w.Weekday == 0 || w.Weekday == d.ISOWeekday() {
				spans = spansOn(spans, d, w.From, w.To, zone)
			}
		}
	}
	return !reach(spans, s.Start).Before(s.End)
}
