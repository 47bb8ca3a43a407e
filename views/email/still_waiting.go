package email

import (
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/templates"
	"github.com/your-org/waitlist-management/waitlist"
)

// StillWaiting asks whoever has waited for long whether they still do: without an answer their entry ends by itself.
func StillWaiting(on Paper, p waitlist.EntryPage) Letter {
	l, letter, values := on.Locale, on.place(p), placeValues(p)
	values["date"] = l.Date(p.StaysUntil.In(p.Business.Zone))
	letter.Highlight = l.T("email.stay.highlight", "Date", values["date"])
	letter.Button = Link{l.T("email.stay.button"), on.Base.Abs(paths.Entry(p.Token))}
	return on.write(templates.StillWaiting, p.Business, values, letter)
}
