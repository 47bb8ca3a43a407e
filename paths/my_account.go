package paths

// One's own: what every user may look at and change about their login, whatever their role.
const (
	Account             = "/account"
	AccountProfile      = "/account/profile"
	AccountPassword     = "/account/password"
	AccountEmail        = "/account/email"
	AccountEmailStop    = "/account/email/stop"
	AccountSessions     = "/account/sessions"
	AccountOthers       = "/account/sessions/others"
	AccountLeaving      = "/account/leaving"
	AccountOwnership    = "/account/ownership"
	EmailChangeRoute    = "/email/:token"
	EmailAgreeRoute     = "/email/:token/agreement"
	EmailStopRoute      = "/email/:token/stop"
	InvitationSendRoute = "/admin/invitations/:id/sending"
)

// EmailChange is where the links of a change of address lead, to confirm it or stop it.
func EmailChange(token string) string { return fill(EmailChangeRoute, token) }

// EmailAgree agrees to a change of address.
func EmailAgree(token string) string { return fill(EmailAgreeRoute, token) }

// EmailStop ends a change of address.
func EmailStop(token string) string { return fill(EmailStopRoute, token) }

// InvitationSend emails an invitation again.
func InvitationSend(id string) string { return fill(InvitationSendRoute, id) }
