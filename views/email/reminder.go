package email

import (
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/templates"
	"github.com/your-org/waitlist-management/waitlist"
)

// Reminder asks before an appointment whether its customer still comes.
func Reminder(on Paper, p waitlist.BookingPage) Letter {
	l, a := on.Locale, appointment{p.Business, p.ServiceName, p.StaffName, p.Start, p.End, p.Price}
	return on.write(templates.Reminder, p.Business, a.values(l, p.CustomerName), Letter{
		Facts:  a.facts(l),
		Button: Link{l.T("email.reminder.button"), on.Base.Abs(paths.Booking(p.Token))},
		Other:  Link{l.T("email.reminder.no"), on.Base.Abs(paths.BookingCancellation(p.Token))},
		Why:    l.T("email.why.booked", "Business", p.Business.Name),
	})
}

// Thanks asks after an appointment how it was. Its links mark some stars on a page where a press keeps them.
func Thanks(on Paper, p waitlist.BookingPage) Letter {
	l, a := on.Locale, appointment{p.Business, p.ServiceName, p.StaffName, p.Start, p.End, p.Price}
	letter := Letter{
		Facts: []Fact{
			{l.T("email.fact.when"), l.LongDate(p.Start.In(p.Business.Zone))},
			{l.T("email.fact.what"), p.ServiceName},
		},
		Why: l.T("email.why.cancelled", "Business", p.Business.Name),
	}
	if p.StaffName != "" {
		letter.Facts = append(letter.Facts, Fact{l.T("email.fact.who"), p.StaffName})
	}
	for stars := 1; stars <= 5; stars++ {
		letter.Rating = append(letter.Rating, Link{l.T("email.thanks.mark", "Stars", stars), on.Base.Abs(paths.RatingOf(p.Token, stars))})
	}
	return on.write(templates.Thanks, p.Business, a.values(l, p.CustomerName), letter)
}
