package email

import (
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/waitlist"
)

// Cancelled tells that the business cancelled, and where that leaves the customer.
func Cancelled(l i18n.Locale, p waitlist.BookingPage, base paths.Base) Letter {
	a := appointment{p.Business, p.ServiceName, p.StaffName, p.Start, p.End, p.Price}
	letter := Letter{
		Locale: l, Business: p.Business.Name, Dress: dress(p.Business, base),
		Subject:  l.T("email.cancelled.subject", "When", a.short(l), "Service", p.ServiceName, "Business", p.Business.Name),
		Preview:  l.T("email.cancelled.preview", "Business", p.Business.Name),
		Heading:  l.T("email.cancelled.heading"),
		Greeting: l.T("email.greeting", "Name", p.CustomerName),
		Lead:     l.T("email.cancelled.lead", "Business", p.Business.Name),
		Facts:    a.facts(l),
		Why:      l.T("email.why.cancelled", "Business", p.Business.Name),
	}
	if p.WaitsAgain != "" {
		letter.Highlight = l.T("email.cancelled.waits")
		letter.Notes = []string{l.T("email.cancelled.next")}
		letter.Button = Link{l.T("email.cancelled.stand"), base.Abs(paths.Entry(p.WaitsAgain))}
		return letter
	}
	letter.Notes = []string{l.T("email.cancelled.join_note")}
	letter.Button = Link{l.T("email.cancelled.join"), base.Abs(paths.Join(p.Business.Slug))}
	return letter
}
