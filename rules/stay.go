package rules

import "time"

const wholeDay = 24 * time.Hour

// StayDays are for how many days an entry can be let live; 0 is for ever.
func StayDays() []int { return []int{0, 7, 14, 30, 60, 90, 180} }

// Stay is how long an entry lives that nobody confirms.
func Stay(days int) time.Duration { return time.Duration(days) * wholeDay }

// StayLead is how long before its end the customer is asked whether they still wait: a week, or a third of a short life.
func StayLead(days int) time.Duration { return min(7*wholeDay, Stay(days)/3) }

// StaysUntil is when an entry ends: its days after from, and never sooner than the lead after its customer was asked. asked is nil while
// nobody was: then it is when it would end if they were asked in time.
func StaysUntil(days int, from time.Time, asked *time.Time) time.Time {
	until := from.Add(Stay(days))
	if asked != nil && asked.Add(StayLead(days)).After(until) {
		return asked.Add(StayLead(days))
	}
	return until
}
