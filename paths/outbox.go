package paths

// What was sent, and to whom nothing is. The page of what was sent takes the POST of a search for an address, which stands sealed in the
// page that it leads to; that of who is not written to takes a new one, and has a search beside it.
const (
	SentMessageRoute            = "/admin/messages/sent/:id"
	SentAgainRoute              = "/admin/messages/sent/:id/again"
	SuppressionRemovalRoute     = "/admin/messages/suppressions/:id/removal"
	SuppressionRestorationRoute = "/admin/messages/suppressions/:id/restoration"

	SuppressionsSearch = "/admin/messages/suppressions/search"

	UnsubscribeRoute       = "/u/:token"
	UnsubscribeEndingRoute = "/u/:token/ending"
	UnsubscribeReturnRoute = "/u/:token/return"
)

// SentMessage is what became of one message.
func SentMessage(id string) string { return fill(SentMessageRoute, id) }

// SentAgain takes the POST that has it sent again.
func SentAgain(id string) string { return fill(SentAgainRoute, id) }

// SuppressionRemoval takes the POST that has an address written to again.
func SuppressionRemoval(id string) string { return fill(SuppressionRemovalRoute, id) }

// SuppressionRestoration takes the POST that takes that back.
func SuppressionRestoration(id string) string { return fill(SuppressionRestorationRoute, id) }

// Unsubscribe is what the link in every email leads to. Mail providers POST to it for their users (RFC 8058), without a page and from
// elsewhere, which no other address of ours takes.
func Unsubscribe(token string) string { return fill(UnsubscribeRoute, token) }

// UnsubscribeEnding takes the POST of that page's own button.
func UnsubscribeEnding(token string) string { return fill(UnsubscribeEndingRoute, token) }

// UnsubscribeReturn takes the POST that has emails written again.
func UnsubscribeReturn(token string) string { return fill(UnsubscribeReturnRoute, token) }
