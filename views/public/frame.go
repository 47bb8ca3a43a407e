package public

import (
	"context"
	"time"

	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/views/icon"
	"github.com/your-org/waitlist-management/views/layout"
	"github.com/your-org/waitlist-management/views/ui"
	"github.com/your-org/waitlist-management/waitlist"
)

// framed is a customer's page of a business. Whoever is logged in in this browser is nobody here.
func framed(p layout.Page, b waitlist.Business) layout.Page {
	p.Business, p.Slug, p.Look, p.User, p.Private = b.Name, b.Slug, b.Look, layout.User{}, true
	p.Contact = layout.Contact{Address: b.Address, Phone: b.Phone, Email: b.Email, Website: b.Website, Privacy: b.Privacy}
	return p
}

// footed says why the customer sees the page.
func footed(ctx context.Context, p layout.Page, b waitlist.Business) layout.Page {
	p = framed(p, b)
	p.Foot = i18n.From(ctx).T("public.foot", "Business", b.Name)
	return p
}

func price(l i18n.Locale, p waitlist.Price) string {
	if p.Kind == rules.PriceAmount {
		return l.Money(p.Minor, p.Currency)
	}
	return l.T("public.price." + string(p.Kind))
}

// appointment is what, when, with whom, where and for how much.
type appointment struct {
	business   waitlist.Business
	service    string
	staff      string
	price      waitlist.Price
	start, end time.Time
	now        time.Time
}

// when is the start by the clock of the business: "Today 15:00".
func (a appointment) when(l i18n.Locale) string {
	return l.DayAndTime(a.start.In(a.business.Zone), a.now)
}

func (a appointment) facts(ctx context.Context) ui.Facts {
	l := i18n.From(ctx)
	facts := ui.Facts{
		{Icon: icon.CalendarClock, Label: l.T("public.fact.when"), Text: i18n.Capital(a.when(l)), Detail: l.Minutes(a.end.Sub(a.start))},
		{Icon: icon.UserRound, Label: l.T("public.fact.what"), Text: a.service, Detail: l.T("public.fact.with", "Staff", a.staff)},
	}
	if a.business.Address != "" {
		facts = append(facts, ui.Fact{Icon: icon.MapPin, Label: l.T("public.fact.where"), Text: a.business.Address})
	}
	return append(facts, ui.Fact{Icon: icon.Tag, Label: l.T("public.fact.price"), Text: price(l, a.price)})
}
