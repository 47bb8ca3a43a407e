package rules

import "time"

// NextContact is the first moment from now on at which an address may get another offer: now while its budget lasts, else the end of
// the gap after the last one (zero: never) or the next local midnight, whichever is later.
func NextContact(s Settings, now time.Time, contactsToday int, last time.Time) time.Time {
	next := now
	if !last.IsZero() {
		next = later(next, last.Add(s.ContactGap))
	}
	if contactsToday >= s.ContactsPerDay {
		_, midnight := DayBounds(DateOf(now, s.Zone), s.Zone)
		next = later(next, midnight)
	}
	return next
}
