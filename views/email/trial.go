package email

import (
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/templates"
)

// Trial is the letter by which whoever runs the program finds out whether its emails arrive.
func Trial(l i18n.Locale, base paths.Base) Letter {
	letter := Letter{
		Locale: l, Business: l.T("common.program"),
		Subject: l.T("sending.trial.subject"),
		Preview: l.T("sending.trial.preview"),
		Heading: l.T("sending.trial.heading"),
		Body:    []templates.Paragraph{templates.Plain(l.T("sending.trial.lead", "Address", string(base))), templates.Block(templates.Button)},
		Button:  Link{l.T("sending.trial.button"), base.Abs(paths.Home)},
		Why:     l.T("sending.trial.why"),
	}
	letter.note(l.T("sending.trial.links"), l.T("sending.trial.spam"))
	return letter
}
