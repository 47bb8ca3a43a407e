package paths

// What a customer opens: a business's own page, then the links of their emails.
const (
	JoinRoute     = "/b/:slug"
	JoinSentRoute = "/b/:slug/sent"
	JoinCodeRoute = "/b/:slug/code.svg"

	OfferRoute           = "/o/:token"
	OfferAcceptanceRoute = "/o/:token/acceptance"
	OfferDeclineRoute    = "/o/:token/decline"
	OfferEventRoute      = "/o/:token/event.ics"

	EntryRoute             = "/w/:token"
	EntryConfirmationRoute = "/w/:token/confirmation"
	EntryPauseRoute        = "/w/:token/pause"
	EntryReturnRoute       = "/w/:token/return"
	EntryWishesRoute       = "/w/:token/wishes"
	EntryLeavingRoute      = "/w/:token/leaving"

	BookingRoute             = "/v/:token"
	BookingCancellationRoute = "/v/:token/cancellation"
	BookingWaitRoute         = "/v/:token/wait"
	BookingEventRoute        = "/v/:token/event.ics"
)

// Join is the page where customers join the list; a POST to it joins.
func Join(slug string) string { return fill(JoinRoute, slug) }

// JoinSent says "check your email", whether or not the address was known.
func JoinSent(slug string) string { return fill(JoinSentRoute, slug) }

// JoinCode is the QR code that leads to Join.
func JoinCode(slug string) string { return fill(JoinCodeRoute, slug) }

// Offer is the page of an offer with its two buttons.
func Offer(token string) string { return fill(OfferRoute, token) }

// OfferAcceptance takes the POST that says yes.
func OfferAcceptance(token string) string { return fill(OfferAcceptanceRoute, token) }

// OfferDecline takes the POST that says no.
func OfferDecline(token string) string { return fill(OfferDeclineRoute, token) }

// OfferEvent is the calendar file of an accepted offer.
func OfferEvent(token string) string { return fill(OfferEventRoute, token) }

// Entry is the page that says where a customer stands.
func Entry(token string) string { return fill(EntryRoute, token) }

// EntryConfirmation takes the POST that confirms a joined entry.
func EntryConfirmation(token string) string { return fill(EntryConfirmationRoute, token) }

// EntryPause takes the POST that pauses an entry.
func EntryPause(token string) string { return fill(EntryPauseRoute, token) }

// EntryReturn takes the POST that ends a pause.
func EntryReturn(token string) string { return fill(EntryReturnRoute, token) }

// EntryWishes is the form of an entry's wishes, and takes its POST.
func EntryWishes(token string) string { return fill(EntryWishesRoute, token) }

// EntryLeaving takes the POST that leaves the list.
func EntryLeaving(token string) string { return fill(EntryLeavingRoute, token) }

// Booking is a customer's own booking.
func Booking(token string) string { return fill(BookingRoute, token) }

// BookingCancellation asks first, and takes the POST that cancels.
func BookingCancellation(token string) string { return fill(BookingCancellationRoute, token) }

// BookingWait takes the POST that puts a customer who cancelled back on the list.
func BookingWait(token string) string { return fill(BookingWaitRoute, token) }

// BookingEvent is the calendar file of a booking.
func BookingEvent(token string) string { return fill(BookingEventRoute, token) }
