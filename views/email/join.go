package email

import (
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/templates"
	"github.com/your-org/waitlist-management/waitlist"
)

// Join asks whoever joined to confirm their place. Somebody whom staff added, or who joined again, has nothing to confirm and is
// shown the way to their place.
func Join(on Paper, p waitlist.EntryPage) Letter {
	kind, button := templates.Join, on.Locale.T("email.join.button")
	if p.State != rules.EntryUnconfirmed {
		kind, button = templates.Joined, on.Locale.T("email.joined.button")
	}
	letter := on.place(p)
	letter.Button = Link{button, on.Base.Abs(paths.Entry(p.Token))}
	return on.write(kind, p.Business, placeValues(p), letter)
}

// place is what the letters about a place on the list have in common.
func (on Paper) place(p waitlist.EntryPage) Letter {
	l := on.Locale
	return Letter{
		Facts: []Fact{{l.T("email.fact.what"), p.Service.Name}, {l.T("email.fact.at"), p.Business.Name}},
		Why:   l.T("email.why.entered", "Business", p.Business.Name),
	}
}

func placeValues(p waitlist.EntryPage) templates.Values {
	return templates.Values{"customer": p.CustomerName, "service": p.Service.Name}
}
