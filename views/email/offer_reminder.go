package email

import (
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/templates"
	"github.com/your-org/waitlist-management/waitlist"
)

// OfferReminder tells that a slot is held for some minutes more.
func OfferReminder(on Paper, p waitlist.OfferPage) Letter {
	l, a := on.Locale, appointment{p.Business, p.ServiceName, p.StaffName, p.Start, p.End, p.Price}
	until, link := l.Time(p.ShownUntil.In(p.Business.Zone)), on.Base.Abs(paths.Offer(p.Token))
	values := a.values(l, p.CustomerName)
	values["until"] = until
	return on.write(templates.OfferReminder, p.Business, values, Letter{
		Highlight: l.T("email.offer.until", "Until", until),
		Facts:     a.facts(l),
		Button:    Link{l.T("email.offer.button"), link},
		Other:     Link{l.T("email.offer.no"), link},
		Why:       l.T("email.why.waiting", "Business", p.Business.Name),
		Manage:    on.manage(p.EntryToken),
	})
}

// MovedOn tells that an offer was not answered in time, and that the customer keeps their place.
func MovedOn(on Paper, p waitlist.OfferPage) Letter { return on.ended(templates.MovedOn, p) }

// Withdrawn tells that the business took an offer back, and that the customer keeps their place.
func Withdrawn(on Paper, p waitlist.OfferPage) Letter { return on.ended(templates.Withdrawn, p) }

func (on Paper) ended(k templates.Kind, p waitlist.OfferPage) Letter {
	l, a := on.Locale, appointment{p.Business, p.ServiceName, p.StaffName, p.Start, p.End, p.Price}
	return on.write(k, p.Business, a.values(l, p.CustomerName), Letter{
		Highlight: l.T("email.ended.place"),
		Facts:     a.facts(l),
		Button:    Link{l.T("email.cancelled.stand"), on.Base.Abs(paths.Entry(p.EntryToken))},
		Why:       l.T("email.why.waiting", "Business", p.Business.Name),
	})
}
