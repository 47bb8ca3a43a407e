package paths

// What staff use all day. The names that a customer's page bears already begin
// with Counter.
const (
	Counter       = "/counter"
	CounterStream = "/counter/events"
	Pace          = "/counter/pace" // takes the POST that makes a demo's customers faster or slower

	Slots      = "/counter/slots"
	NewSlot    = "/counter/slots/new"
	Bookings   = "/counter/bookings"
	NewBooking = "/counter/bookings/new"
	Entries    = "/counter/entries"
	NewEntry   = "/counter/entries/new"
	Customers  = "/counter/customers"

	DayRoute = "/counter/day/:date"

	SlotRoute            = "/counter/slots/:id"
	SlotWithdrawalRoute  = "/counter/slots/:id/withdrawal"
	SlotRestorationRoute = "/counter/slots/:id/restoration"
	SlotOfferRoute       = "/counter/slots/:id/offer"

	CounterOfferAcceptanceRoute  = "/counter/offers/:id/acceptance"
	CounterOfferDeclineRoute     = "/counter/offers/:id/decline"
	CounterOfferWithdrawalRoute  = "/counter/offers/:id/withdrawal"
	CounterOfferRestorationRoute = "/counter/offers/:id/restoration"

	CounterBookingRoute             = "/counter/bookings/:id"
	CounterBookingCancellationRoute = "/counter/bookings/:id/cancellation"
	CounterBookingRestorationRoute  = "/counter/bookings/:id/restoration"
	CounterBookingCompletionRoute   = "/counter/bookings/:id/completion"
	CounterBookingNoShowRoute       = "/counter/bookings/:id/no-show"

	CounterEntryRoute             = "/counter/entries/:id"
	CounterEntrySlotsRoute        = "/counter/entries/:id/slots"
	CounterEntryConfirmationRoute = "/counter/entries/:id/confirmation"
	CounterEntryPauseRoute        = "/counter/entries/:id/pause"
	CounterEntryReturnRoute       = "/counter/entries/:id/return"
	CounterEntryPriorityRoute     = "/counter/entries/:id/priority"
	CounterEntryRemovalRoute      = "/counter/entries/:id/removal"

	CustomerRoute = "/counter/customers/:id"
)

// Day is every staff member's day; date is written 2006-01-02.
func Day(date string) string { return fill(DayRoute, date) }

// Slot is one slot with its offers.
func Slot(id string) string { return fill(SlotRoute, id) }

// SlotWithdrawal takes the POST that withdraws a slot.
func SlotWithdrawal(id string) string { return fill(SlotWithdrawalRoute, id) }

// SlotRestoration takes the POST that undoes a withdrawal in time.
func SlotRestoration(id string) string { return fill(SlotRestorationRoute, id) }

// SlotOffer lists who could have the slot; its POST offers it to one of them.
func SlotOffer(id string) string { return fill(SlotOfferRoute, id) }

// CounterOfferAcceptance takes the POST that records a customer's yes by phone.
func CounterOfferAcceptance(id string) string { return fill(CounterOfferAcceptanceRoute, id) }

// CounterOfferDecline takes the POST that records a customer's no by phone.
func CounterOfferDecline(id string) string { return fill(CounterOfferDeclineRoute, id) }

// CounterOfferWithdrawal takes the POST that withdraws an offer.
func CounterOfferWithdrawal(id string) string { return fill(CounterOfferWithdrawalRoute, id) }

// CounterOfferRestoration takes the POST that undoes a withdrawal in time.
func CounterOfferRestoration(id string) string { return fill(CounterOfferRestorationRoute, id) }

// CounterBooking is one booking as staff see it.
func CounterBooking(id string) string { return fill(CounterBookingRoute, id) }

// CounterBookingCancellation takes the POST that cancels for the business.
func CounterBookingCancellation(id string) string { return fill(CounterBookingCancellationRoute, id) }

// CounterBookingRestoration takes the POST that undoes a cancellation in time.
func CounterBookingRestoration(id string) string { return fill(CounterBookingRestorationRoute, id) }

// CounterBookingCompletion takes the POST that says the customer was served.
func CounterBookingCompletion(id string) string { return fill(CounterBookingCompletionRoute, id) }

// CounterBookingNoShow takes the POST that says the customer did not come.
func CounterBookingNoShow(id string) string { return fill(CounterBookingNoShowRoute, id) }

// CounterEntry is one entry as staff see it; its POST changes the wishes.
func CounterEntry(id string) string { return fill(CounterEntryRoute, id) }

// CounterEntrySlots are the slots that somebody on the list could be offered.
func CounterEntrySlots(id string) string { return fill(CounterEntrySlotsRoute, id) }

// CounterEntryConfirmation takes the POST that confirms for the customer.
func CounterEntryConfirmation(id string) string { return fill(CounterEntryConfirmationRoute, id) }

// CounterEntryPause takes the POST that pauses an entry.
func CounterEntryPause(id string) string { return fill(CounterEntryPauseRoute, id) }

// CounterEntryReturn takes the POST that ends a pause.
func CounterEntryReturn(id string) string { return fill(CounterEntryReturnRoute, id) }

// CounterEntryPriority takes the POST that changes a priority, with its reason.
func CounterEntryPriority(id string) string { return fill(CounterEntryPriorityRoute, id) }

// CounterEntryRemoval takes the POST that removes an entry from the list.
func CounterEntryRemoval(id string) string { return fill(CounterEntryRemovalRoute, id) }

// Customer is one customer's record.
func Customer(id string) string { return fill(CustomerRoute, id) }
