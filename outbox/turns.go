package outbox

import "slices"

// These lists say when a message's turn comes, each for all of its kinds in one place. A kind that is in none waits for nothing but room.
var (
	// atScreen are what somebody may wait for at the screen right now: they come first where there is not room for all.
	atScreen = []Kind{Join, Confirmed, Cancelled, OfferReminder}

	// heldAtNight need no answer before the morning: in quiet hours they wait until those end. An offer is not among them, because the
	// opening waits instead; nor is what follows from something that the customer just did.
	heldAtNight = []Kind{StillWaiting, MovedOn, Withdrawn, Expired, Reminder, Thanks}

	// appointments are what an appointment hangs on: no bound on the messages to one address touches them.
	appointments = []Kind{Offer, OfferReminder, Confirmed, Cancelled}
)

// HeldAtNight tells whether the end of quiet hours is early enough for a message.
func (k Kind) HeldAtNight() bool { return slices.Contains(heldAtNight, k) }

// Unbounded tells whether a message goes out however many its address got already.
func (k Kind) Unbounded() bool { return slices.Contains(appointments, k) }

// AtScreen are the kinds that come first where there is not room for all.
func AtScreen() []string { return names(atScreen) }

// HeldAtNight are the kinds that wait for the end of quiet hours.
func HeldAtNight() []string { return names(heldAtNight) }

func names(kinds []Kind) []string {
	list := make([]string, len(kinds))
	for i, k := range kinds {
		list[i] = string(k)
	}
	return list
}
