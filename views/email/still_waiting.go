package email

import (
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/waitlist"
)

// StillWaiting asks whoever has waited for long whether they still do: without an answer their entry ends by itself.
func StillWaiting(l i18n.Locale, p waitlist.EntryPage, base paths.Base) Letter {
	service, business := p.Service.Name, p.Business.Name
	return Letter{
		Locale: l, Business: business,
		Subject: l.T("email.stay.subject", "Service", service, "Business", business), Preview: l.T("email.stay.preview"),
		Heading: l.T("email.stay.heading"), Greeting: l.T("email.greeting", "Name", p.CustomerName),
		Lead:      l.T("email.stay.lead", "Business", business),
		Highlight: l.T("email.stay.highlight", "Date", l.Date(p.StaysUntil.In(p.Business.Zone))),
		Facts:     []Fact{{l.T("email.fact.what"), service}, {l.T("email.fact.at"), business}},
		Button:    Link{l.T("email.stay.button"), base.Abs(paths.Entry(p.Token))},
		Notes:     []string{l.T("email.stay.ignore")},
		Why:       l.T("email.why.entered", "Business", business),
	}
}
