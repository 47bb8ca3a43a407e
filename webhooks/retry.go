package webhooks

import (
	"math/rand/v2"
	"time"
)

// schedule is how long after each failed attempt the next one is made: about three days in all.
var schedule = []time.Duration{
	5 * time.Second, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 5 * time.Hour, 10 * time.Hour, 14 * time.Hour, 20 * time.Hour, 24 * time.Hour,
}

// Attempts is how many attempts an event gets at most.
const Attempts = 10

const (
	waitLonger = 24 * time.Hour     // the longest that a receiver may ask to be left alone
	stopAfter  = 5 * 24 * time.Hour // of failures only an endpoint is stopped
	longestGap = 30 * time.Hour     // between two attempts of the schedule, with room to spare
	backOff    = 5 * time.Second    // an endpoint is left alone for after a failure; twice as long after each more in a row
	backOffMax = 5 * time.Minute
)

// next is when to try again after so many failed attempts of the schedule; ok is false when that was the last. It is up to a tenth later,
// so that what failed together does not come back together.
func next(step int, now time.Time, asked time.Duration) (at time.Time, ok bool) {
	if step > len(schedule) {
		return now, false
	}
	wait := max(schedule[step-1], min(asked, waitLonger))
	return now.Add(wait + rand.N(wait/10)), true
}

// leaveAlone is until when nothing is sent to an endpoint that has failed so often in a row.
func leaveAlone(failures int, now time.Time, asked time.Duration) time.Time {
	wait := backOffMax
	if failures < 10 {
		wait = min(backOff<<(failures-1), backOffMax)
	}
	return now.Add(max(wait, min(asked, waitLonger)))
}
