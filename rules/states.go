package rules

import "slices"

// SlotState is where a slot is in its life. The zero value is a slot that does not exist yet.
type SlotState string

const (
	SlotOpen      SlotState = "open"
	SlotHeld      SlotState = "held"
	SlotBooked    SlotState = "booked"
	SlotWithdrawn SlotState = "withdrawn"
	SlotLapsed    SlotState = "lapsed" // its start has passed
)

var slotSteps = map[SlotState][]SlotState{
	"":         {SlotOpen, SlotBooked},
	SlotOpen:   {SlotHeld, SlotWithdrawn, SlotLapsed},
	SlotHeld:   {SlotOpen, SlotBooked, SlotWithdrawn, SlotLapsed},
	SlotBooked: {SlotOpen},
}

func (s SlotState) MayBecome(to SlotState) bool { return slices.Contains(slotSteps[s], to) }

// Terminal tells whether the state never changes again.
func (s SlotState) Terminal() bool { return len(slotSteps[s]) == 0 }

// OfferState is where an offer is in its life. The zero value is an offer that does not exist yet.
type OfferState string

const (
	OfferPending       OfferState = "pending"
	OfferAccepted      OfferState = "accepted"
	OfferDeclined      OfferState = "declined"
	OfferExpired       OfferState = "expired"
	OfferWithdrawn     OfferState = "withdrawn"
	OfferUndeliverable OfferState = "undeliverable"
)

var offerSteps = map[OfferState][]OfferState{
	"":           {OfferPending},
	OfferPending: {OfferAccepted, OfferDeclined, OfferExpired, OfferWithdrawn, OfferUndeliverable},
}

func (s OfferState) MayBecome(to OfferState) bool { return slices.Contains(offerSteps[s], to) }

// Terminal tells whether the state never changes again.
func (s OfferState) Terminal() bool { return len(offerSteps[s]) == 0 }

// Cascades tells whether an offer that ended so leads to the next one.
func (s OfferState) Cascades() bool { return s.Terminal() && s != OfferAccepted }

// EntryState is where an entry is in its life. The zero value is an entry that does not exist yet.
type EntryState string

const (
	EntryUnconfirmed EntryState = "unconfirmed"
	EntryWaiting     EntryState = "waiting"
	EntryOffered     EntryState = "offered"
	EntryBooked      EntryState = "booked"
	EntryPaused      EntryState = "paused"
	EntryLeft        EntryState = "left"
	EntryExpired     EntryState = "expired"
	EntryRemoved     EntryState = "removed"
)

// Any live entry is booked when staff give its customer an appointment directly. It waits again when the booking is cancelled;
// one whose address was never confirmed is unconfirmed again.
// Staff can bring back what expired or was removed; with others it was removed with, also into a pause.
var entrySteps = map[EntryState][]EntryState{
	"":               {EntryUnconfirmed, EntryWaiting},
	EntryUnconfirmed: {EntryWaiting, EntryBooked, EntryLeft, EntryExpired, EntryRemoved},
	EntryWaiting:     {EntryOffered, EntryPaused, EntryBooked, EntryLeft, EntryExpired, EntryRemoved},
	EntryOffered:     {EntryWaiting, EntryBooked, EntryLeft, EntryExpired, EntryRemoved},
	EntryPaused:      {EntryWaiting, EntryBooked, EntryLeft, EntryExpired, EntryRemoved},
	EntryBooked:      {EntryWaiting, EntryUnconfirmed},
	EntryExpired:     {EntryWaiting, EntryUnconfirmed},
	EntryRemoved:     {EntryWaiting, EntryPaused, EntryUnconfirmed},
}

func (s EntryState) MayBecome(to EntryState) bool { return slices.Contains(entrySteps[s], to) }

// Terminal tells whether the state never changes again.
func (s EntryState) Terminal() bool { return len(entrySteps[s]) == 0 }

// Live tells whether the entry still has a place on the list.
func (s EntryState) Live() bool {
	return s == EntryUnconfirmed || s == EntryWaiting || s == EntryOffered || s == EntryPaused
}

// BookingState is where a booking is in its life. The zero value is a booking that does not exist yet.
type BookingState string

const (
	BookingConfirmed BookingState = "confirmed"
	BookingCancelled BookingState = "cancelled"
	BookingCompleted BookingState = "completed"
	BookingNoShow    BookingState = "no_show"
)

var bookingSteps = map[BookingState][]BookingState{
	"":               {BookingConfirmed},
	BookingConfirmed: {BookingCancelled, BookingCompleted, BookingNoShow},
}

func (s BookingState) MayBecome(to BookingState) bool { return slices.Contains(bookingSteps[s], to) }

// Terminal tells whether the state never changes again.
func (s BookingState) Terminal() bool { return len(bookingSteps[s]) == 0 }

// OpeningOutcome is what became of a time that was to be given away. The zero value is one that still is.
type OpeningOutcome string

const (
	OpeningLive      OpeningOutcome = ""
	OpeningFilled    OpeningOutcome = "filled"    // by an accepted offer
	OpeningBooked    OpeningOutcome = "booked"    // staff gave it away themselves
	OpeningWithdrawn OpeningOutcome = "withdrawn" // staff took it back
	OpeningLapsed    OpeningOutcome = "lapsed"    // its start passed
)
