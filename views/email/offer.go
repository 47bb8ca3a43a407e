package email

import (
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/waitlist"
)

// Offer tells that a slot is held, and until when at least.
func Offer(l i18n.Locale, p waitlist.OfferPage, base paths.Base) Letter {
	a := appointment{p.Business, p.ServiceName, p.StaffName, p.Start, p.End, p.Price}
	until := l.Time(p.ShownUntil.In(p.Business.Zone))
	link := base.Abs(paths.Offer(p.Token))
	return Letter{
		Locale: l, Business: p.Business.Name, Dress: dress(p.Business, base),
		Subject:   l.T("email.offer.subject", "When", a.short(l), "Service", p.ServiceName, "Until", until),
		Preview:   l.T("email.offer.preview", "Business", p.Business.Name),
		Heading:   l.T("email.offer.heading"),
		Greeting:  l.T("email.greeting", "Name", p.CustomerName),
		Lead:      l.T("email.offer.lead", "Business", p.Business.Name),
		Highlight: l.T("email.offer.until", "Until", until),
		Facts:     a.facts(l),
		Button:    Link{l.T("email.offer.button"), link},
		Other:     Link{l.T("email.offer.no"), link},
		Notes:     []string{l.T("email.offer.unbooked"), l.T("email.offer.after")},
		Why:       l.T("email.why.waiting", "Business", p.Business.Name),
		Manage:    manage(l, p.EntryToken, base),
	}
}

// manage leads to where wishes are changed and the list is left.
func manage(l i18n.Locale, entryToken string, base paths.Base) Link {
	if entryToken == "" {
		return Link{}
	}
	return Link{l.T("email.manage"), base.Abs(paths.Entry(entryToken))}
}
