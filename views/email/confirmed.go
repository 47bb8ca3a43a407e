package email

import (
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/waitlist"
)

// Confirmed tells that the appointment is booked. The calendar file travels beside it.
func Confirmed(l i18n.Locale, p waitlist.BookingPage, base paths.Base) Letter {
	a := appointment{p.Business, p.ServiceName, p.StaffName, p.Start, p.End, p.Price}
	return Letter{
		Locale: l, Business: p.Business.Name, Dress: dress(p.Business, base),
		Subject:  l.T("email.confirmed.subject", "When", a.short(l), "Service", p.ServiceName, "Business", p.Business.Name),
		Preview:  l.T("email.confirmed.preview", "Business", p.Business.Name),
		Heading:  l.T("email.confirmed.heading"),
		Greeting: l.T("email.greeting", "Name", p.CustomerName),
		Lead:     l.T("email.confirmed.lead", "Business", p.Business.Name),
		Facts:    a.facts(l),
		Button:   Link{l.T("email.confirmed.button"), base.Abs(paths.Booking(p.Token))},
		Notes:    []string{l.T("email.confirmed.calendar"), l.T("email.confirmed.cancel")},
		Why:      l.T("email.why.booked", "Business", p.Business.Name),
	}
}
