package rules

import "time"

// Grace is how long the button still works after the deadline that the customer was shown.
const Grace = 30 * time.Second

// FirstDeadline is until when a new offer stands.
func FirstDeadline(created time.Time, hold time.Duration) time.Time { return created.Add(hold) }

// DeadlineCap is the latest deadline that delivery can raise an offer to: the hold and its cap after creation, or the minimum notice
// before the slot's start if that is earlier, but never before the first deadline.
func DeadlineCap(s Settings, created, start time.Time) time.Time {
	first := FirstDeadline(created, s.Hold)
	return later(first, earlier(first.Add(s.HoldCap), start.Add(-s.MinimumNotice)))
}

// RaisedDeadline is the deadline after the email moved on at moment: a hold from then, never past latest, never below current. A
// deadline that has passed at moment stays.
func RaisedDeadline(current, moment, latest time.Time, hold time.Duration) time.Time {
	if !moment.Before(current) {
		return current
	}
	return later(current, earlier(moment.Add(hold), latest))
}

// ShownDeadline is what the customer is told about an offer that expires then.
func ShownDeadline(expires time.Time) time.Time { return expires.Add(-Grace) }
