package admin

import (
	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/views/ui"
)

// SendingPage is what the cards of the page of how messages are sent show.
type SendingPage struct {
	Sending business.Sending
	Times   business.MessageTimesForm
	Limits  business.MessageLimits
	Refused string    // id of the form that was refused; empty: none
	Errors  ui.Errors // of that form
}

// ErrorsOf are what is wrong with the form of this id.
func (p SendingPage) ErrorsOf(form string) ui.Errors {
	if form != p.Refused {
		return nil
	}
	return p.Errors
}
