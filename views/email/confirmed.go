package email

import (
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/templates"
	"github.com/your-org/waitlist-management/waitlist"
)

// Confirmed tells that the appointment is booked. The calendar file travels beside it.
func Confirmed(on Paper, p waitlist.BookingPage) Letter {
	l, a := on.Locale, appointment{p.Business, p.ServiceName, p.StaffName, p.Start, p.End, p.Price}
	return on.write(templates.Confirmed, p.Business, a.values(l, p.CustomerName), Letter{
		Facts:  a.facts(l),
		Button: Link{l.T("email.confirmed.button"), on.Base.Abs(paths.Booking(p.Token))},
		Why:    l.T("email.why.booked", "Business", p.Business.Name),
	})
}
