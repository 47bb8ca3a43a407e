package email

import (
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/templates"
	"github.com/your-org/waitlist-management/waitlist"
)

// Offer tells that a slot is held, and until when at least.
func Offer(on Paper, p waitlist.OfferPage) Letter {
	l, a := on.Locale, appointment{p.Business, p.ServiceName, p.StaffName, p.Start, p.End, p.Price}
	until, link := l.Time(p.ShownUntil.In(p.Business.Zone)), on.Base.Abs(paths.Offer(p.Token))
	values := a.values(l, p.CustomerName)
	values["until"] = until
	return on.write(templates.Offer, p.Business, values, Letter{
		Highlight: l.T("email.offer.until", "Until", until),
		Facts:     a.facts(l),
		Button:    Link{l.T("email.offer.button"), link},
		Other:     Link{l.T("email.offer.no"), link},
		Why:       l.T("email.why.waiting", "Business", p.Business.Name),
		Manage:    on.manage(p.EntryToken),
	})
}
