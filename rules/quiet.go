package rules

import "time"

// QuietHours are when no offer goes out, minutes of day 0 to 1439 on the wall clock. They may go past midnight; From equal to To
// is none.
type QuietHours struct{ From, To int }

// NightOpenings says what becomes of an opening that nobody can be asked about before quiet hours end.
type NightOpenings string

const (
	NightWait NightOpenings = "wait" // it is offered when they end, if that isn't too late
	NightAsk  NightOpenings = "ask"  // it is offered at once if waiting would make it too late
)

// Contains tells whether t is quiet. From is quiet, To is not.
func (q QuietHours) Contains(t time.Time, zone *time.Location) bool {
	minute := MinuteOf(t, zone)
	if q.From <= q.To {
		return q.From <= minute && minute < q.To
	}
	return minute >= q.From || minute < q.To
}

// EndAfter is the first moment from t on that is not quiet: t itself where nothing is.
func (q QuietHours) EndAfter(t time.Time, zone *time.Location) time.Time {
	return reach(q.around(t, zone), t)
}

// around are the quiet stretches of the day of t, the day before and the day after.
func (q QuietHours) around(t time.Time, zone *time.Location) []Span {
	day := DateOf(t, zone)
	var quiet []Span
	for n := range 3 {
		d := day.AddDays(n - 1)
		if q.From <= q.To {
			quiet = spansOn(quiet, d, q.From, q.To, zone)
			continue
		}
		quiet = spansOn(quiet, d, 0, q.To, zone)
		quiet = spansOn(quiet, d, q.From, 24*60, zone)
	}
	return quiet
}
