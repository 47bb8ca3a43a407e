package rules

import "testing"

func TestIntervalsOverlapOnlyIfTheyShareAMoment(t *testing.T) {
	for _, c := range []struct {
		name       string
		a, b, c, d string
		want       bool
	}{
		{"apart", "09", "10", "11", "12", false},
		{"one ends as the other starts", "09", "10", "10", "11", false},
		{"one starts within the other", "09", "11", "10", "12", true},
		{"one within the other", "09", "12", "10", "11", true},
		{"the same", "09", "10", "09", "10", true},
		{"the same start", "09", "10", "09", "11", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			at := func(hour string) string { return "2026-11-05T" + hour + ":00:00Z" }
			aStart, aEnd, bStart, bEnd := moment(t, at(c.a)), moment(t, at(c.b)), moment(t, at(c.c)), moment(t, at(c.d))
			if got := Overlaps(aStart, aEnd, bStart, bEnd); got != c.want {
				t.Errorf("overlap: %v", got)
			}
			if got := Overlaps(bStart, bEnd, aStart, aEnd); got != c.want {
				t.Errorf("overlap the other way round: %v", got)
			}
		})
	}
	start := moment(t, "2026-11-05T09:00:00Z")
	if !Overlaps(start, start.Add(3600e9), start.Add(3600e9-1), start.Add(7200e9)) {
		t.Error("a nanosecond shared is not seen")
	}
}
