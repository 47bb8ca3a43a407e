package rules

import "time"

// Bounds of what a business decides about its messages; 0 switches each of them off.
const (
	MostOfferReminder = 60     // minutes
	MostReminder      = 7 * 24 // hours
	MostThanks        = 72     // hours
)

const (
	// ThanksGap is how long after one thank-you a customer gets no other.
	ThanksGap = 30 * wholeDay
	// ThanksLate is how late a thank-you may be: whoever was there days ago has other things on their mind.
	ThanksLate = 48 * time.Hour
	// RatingOpen is how long after an appointment it can be rated.
	RatingOpen = 60 * wholeDay
	// RatingStands is how long after it was given a rating can be changed.
	RatingStands = 14 * wholeDay
)

const (
	soonAfterQuiet = 2 * time.Hour    // an appointment this soon after quiet hours has its reminder before them
	beforeQuiet    = 15 * time.Minute // how long before: time to send it
)

// OfferReminderAt is when a customer is reminded of an offer that expires then and whose email was accepted at sent: lead before the
// deadline they are shown. Not ok when there is no reminder: none is wanted, the hold is too short for one, or it would follow on the
// heels of the email itself.
func OfferReminderAt(expires, sent time.Time, hold, lead time.Duration) (at time.Time, ok bool) {
	at = ShownDeadline(expires).Add(-lead)
	return at, lead > 0 && hold >= 2*lead && at.Sub(sent) >= lead/2
}

// ReminderAt is when a customer is asked whether they still come to an appointment: lead before its start. What falls into quiet hours
// waits for their end; where that leaves less than two hours, it goes out a quarter of an hour before they begin.
func ReminderAt(start time.Time, lead time.Duration, quiet QuietHours, zone *time.Location) time.Time {
	due := start.Add(-lead)
	if !quiet.Contains(due, zone) {
		return due
	}
	if end := quiet.EndAfter(due, zone); start.Sub(end) >= soonAfterQuiet {
		return end
	}
	return quiet.BeginBefore(due, zone).Add(-beforeQuiet)
}

// ThanksAt is when a customer is thanked for an appointment: some time after its end, and not in quiet hours.
func ThanksAt(end time.Time, after time.Duration, quiet QuietHours, zone *time.Location) time.Time {
	return quiet.EndAfter(end.Add(after), zone)
}

// BeginBefore is the first moment of the quiet stretch that t lies in: t itself where it is not quiet.
func (q QuietHours) BeginBefore(t time.Time, zone *time.Location) time.Time {
	if !q.Contains(t, zone) {
		return t
	}
	spans := q.around(t, zone)
	for moved := true; moved; {
		moved = false
		for _, s := range spans {
			if s.Start.Before(t) && !s.End.Before(t) {
				t, moved = s.Start, true
			}
		}
	}
	return t
}

// Rateable tells whether an appointment that ended then can be rated now.
func Rateable(state BookingState, end, now time.Time) bool {
	return (state == BookingConfirmed || state == BookingCompleted) && !now.Before(end) && now.Before(end.Add(RatingOpen))
}
