package email

import (
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/templates"
	"github.com/your-org/waitlist-management/waitlist"
)

// Expired tells that a place on the list has ended, and how to get another.
func Expired(on Paper, p waitlist.EntryPage) Letter {
	l, letter := on.Locale, on.place(p)
	letter.Highlight = l.T("email.expired.unheard")
	if last := p.Wishes.LatestOn; !last.IsZero() && last.Before(rules.DateOf(p.Now, p.Business.Zone)) {
		letter.Highlight = l.T("email.expired.passed")
	}
	letter.Button = Link{l.T("email.cancelled.join"), on.Base.Abs(paths.Join(p.Business.Slug))}
	return on.write(templates.Expired, p.Business, placeValues(p), letter)
}
