package email

import (
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/paths"
)

// Trial is the letter by which whoever runs the program finds out whether its emails arrive.
func Trial(l i18n.Locale, base paths.Base) Letter {
	return Letter{
		Locale: l, Business: l.T("common.program"),
		Subject: l.T("sending.trial.subject"),
		Preview: l.T("sending.trial.preview"),
		Heading: l.T("sending.trial.heading"),
		Lead:    l.T("sending.trial.lead", "Address", string(base)),
		Notes:   []string{l.T("sending.trial.links"), l.T("sending.trial.spam")},
		Button:  Link{l.T("sending.trial.button"), base.Abs(paths.Home)},
		Why:     l.T("sending.trial.why"),
	}
}
