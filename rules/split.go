package rules

import "time"

// Remainder splits a slot that a service does not fill. usedUntil is the end of the service and its buffer; rest is what is left until
// slotEnd, nil when that is shorter than shortest, the shortest service with its buffer, and so returns to free time.
func Remainder(slotStart, slotEnd time.Time, sv ServiceTime, shortest time.Duration) (usedUntil time.Time, rest *Span) {
	usedUntil = slotStart.Add(sv.Duration + sv.Buffer)
	if left := slotEnd.Sub(usedUntil); left <= 0 || left < shortest {
		return usedUntil, nil
	}
	return usedUntil, &Span{usedUntil, slotEnd}
}
