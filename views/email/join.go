package email

import (
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// Join asks whoever joined to confirm their place. Somebody whom staff added, or who joined again, has nothing to confirm and is
// shown the way to their place.
func Join(l i18n.Locale, p waitlist.EntryPage, base paths.Base) Letter {
	service, business := p.Service.Name, p.Business.Name
	letter := Letter{
		Locale: l, Business: business, Dress: dress(p.Business, base),
		Greeting: l.T("email.greeting", "Name", p.CustomerName),
		Facts:    []Fact{{l.T("email.fact.what"), service}, {l.T("email.fact.at"), business}},
		Why:      l.T("email.why.entered", "Business", business),
	}
	link := base.Abs(paths.Entry(p.Token))
	if p.State != rules.EntryUnconfirmed {
		letter.Subject = l.T("email.joined.subject", "Service", service, "Business", business)
		letter.Preview = l.T("email.joined.preview")
		letter.Heading = l.T("email.joined.heading")
		letter.Lead = l.T("email.joined.lead", "Business", business)
		letter.Button = Link{l.T("email.joined.button"), link}
		letter.Notes = []string{l.T("email.joined.change")}
		return letter
	}
	letter.Subject = l.T("email.join.subject", "Service", service, "Business", business)
	letter.Preview = l.T("email.join.preview")
	letter.Heading = l.T("email.join.heading")
	letter.Lead = l.T("email.join.lead", "Business", business)
	letter.Button = Link{l.T("email.join.button"), link}
	letter.Notes = []string{l.T("email.join.next"), l.T("email.join.ignore")}
	return letter
}
