package paths

// Before and around a business: the first page, logins, help, what machines ask.
const (
	Home           = "/"
	Signup         = "/signup"
	Demo           = "/demo"
	Login          = "/login"
	Logout         = "/logout"
	LostPassword   = "/password"
	ChooseBusiness = "/businesses"
	Help           = "/help"
	Mailbox        = "/mailbox"

	Live         = "/health"
	Ready        = "/api/health"
	SendGridHook = "/hooks/sendgrid"
	Static       = "/static/"

	NewPasswordRoute    = "/password/:token"
	InvitationRoute     = "/invitation/:token"
	MailboxMessageRoute = "/mailbox/:id"
)

// NewPassword is where the link in a password email leads.
func NewPassword(token string) string { return fill(NewPasswordRoute, token) }

// Invitation is where an invited user sets a password.
func Invitation(token string) string { return fill(InvitationRoute, token) }

// MailboxMessage is one email of the local mailbox.
func MailboxMessage(id string) string { return fill(MailboxMessageRoute, id) }
