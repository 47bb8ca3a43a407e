package rules

import (
	"iter"
	"slices"
	"time"
)

// Span is a stretch of time in UTC; End is exclusive.
type Span struct{ Start, End time.Time }

func (s Span) Duration() time.Duration { return s.End.Sub(s.Start) }

// Overlaps tells whether two intervals share a moment; one may end when the other starts.
func Overlaps(aStart, aEnd, bStart, bEnd time.Time) bool {
	return aStart.Before(bEnd) && bStart.Before(aEnd)
}

// spansOn appends every moment of day d at which the wall clock shows from (inclusive) to to (exclusive), minutes of day. In the
// night the clock is put back that can be two spans; a stretch that is jumped over yields none.
func spansOn(spans []Span, d Date, from, to int, zone *time.Location) []Span {
	wallFrom, wallTo := d.wall(from), d.wall(to)
	for p := range periods(zone, wallFrom, wallTo) {
		s := Span{later(wallFrom.Add(-p.offset), p.Start), earlier(wallTo.Add(-p.offset), p.End)}
		if s.Start.Before(s.End) {
			spans = append(spans, s)
		}
	}
	return spans
}

// reach is the first moment from t on that no span holds; spans that touch or overlap count as one.
func reach(spans []Span, t time.Time) time.Time {
	for moved := true; moved; {
		moved = false
		for _, s := range spans {
			if !t.Before(s.Start) && t.Before(s.End) {
				t, moved = s.End, true
			}
		}
	}
	return t
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// daysAround are the local days that s could touch, one more on either side for a clock put back over midnight.
func daysAround(s Span, zone *time.Location) iter.Seq[Date] {
	return func(yield func(Date) bool) {
		last := DateOf(s.End, zone).AddDays(1)
		for d := DateOf(s.Start, zone).AddDays(-1); !d.After(last) && yield(d); d = d.AddDays(1) {
		}
	}
}

// joinSpans sorts the spans and makes one of those that touch or overlap.
func joinSpans(spans []Span) []Span {
	slices.SortFunc(spans, func(a, b Span) int { return a.Start.Compare(b.Start) })
	out := spans[:0]
	for _, s := range spans {
		if n := len(out); n > 0 && !s.Start.After(out[n-1].End) {
			out[n-1].End = later(out[n-1].End, s.End)
			continue
		}
		out = append(out, s)
	}
	return out
}

// without takes the cuts out of the spans. Both are as joinSpans leaves them, and so is what remains.
func without(spans, cuts []Span) []Span {
	var out []Span
	for _, s := range spans {
		for _, c := range cuts {
			if !Overlaps(s.Start, s.End, c.Start, c.End) {
				continue
			}
			if s.Start.Before(c.Start) {
				out = append(out, Span{s.Start, c.Start})
			}
			s.Start = later(s.Start, c.End)
			if !s.Start.Before(s.End) {
				break
			}
		}
		if s.Start.Before(s.End) {
			out = append(out, s)
		}
	}
	return out
}
