package email

import (
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/templates"
	"github.com/your-org/waitlist-management/waitlist"
)

// Cancelled tells that the business cancelled, and where that leaves the customer.
func Cancelled(on Paper, p waitlist.BookingPage) Letter {
	l, a := on.Locale, appointment{p.Business, p.ServiceName, p.StaffName, p.Start, p.End, p.Price}
	values := a.values(l, p.CustomerName)
	letter := Letter{Facts: a.facts(l), Why: l.T("email.why.cancelled", "Business", p.Business.Name)}
	if p.WaitsAgain != "" {
		letter.Highlight, values["next"] = l.T("email.cancelled.waits"), l.T("email.cancelled.next")
		letter.Button = Link{l.T("email.cancelled.stand"), on.Base.Abs(paths.Entry(p.WaitsAgain))}
	} else {
		values["next"] = l.T("email.cancelled.join_note")
		letter.Button = Link{l.T("email.cancelled.join"), on.Base.Abs(paths.Join(p.Business.Slug))}
	}
	return on.write(templates.Cancelled, p.Business, values, letter)
}
