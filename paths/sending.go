package paths

// How much is sent and when: cards of the page MessagesSending, each with a form of its own.
const (
	MessageLimits     = "/admin/messages/sending/limits"
	MessageQuietHours = "/admin/messages/sending/quiet-hours"
)
