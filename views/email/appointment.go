package email

import (
	"cmp"
	"strings"
	"time"

	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/templates"
	"github.com/your-org/waitlist-management/waitlist"
)

// appointment is what the letters about an offer and a booking have in common.
type appointment struct {
	business   waitlist.Business
	service    string
	staff      string
	start, end time.Time
	price      waitlist.Price
}

// short names the moment, for a subject.
func (a appointment) short(l i18n.Locale) string { return l.DateTime(a.start.In(a.business.Zone)) }

// values are what may be said of it in words.
func (a appointment) values(l i18n.Locale, customer string) templates.Values {
	return templates.Values{
		"customer": customer, "service": a.service, "staff": cmp.Or(a.staff, a.business.Name), "when": a.short(l), "price": cost(l, a.price),
	}
}

// facts never say "today": nobody knows when an email is read.
func (a appointment) facts(l i18n.Locale) []Fact {
	start, end := a.start.In(a.business.Zone), a.end.In(a.business.Zone)
	facts := []Fact{
		{l.T("email.fact.when"), i18n.Capital(l.LongDate(start)) + ", " + l.TimeRange(start, end)},
		{l.T("email.fact.what"), a.service},
	}
	if a.staff != "" {
		facts = append(facts, Fact{l.T("email.fact.who"), a.staff})
	}
	if where := place(a.business); where != "" {
		facts = append(facts, Fact{l.T("email.fact.where"), where})
	}
	if price := cost(l, a.price); price != "" {
		facts = append(facts, Fact{l.T("email.fact.price"), price})
	}
	return facts
}

// place is the address on one line.
func place(b waitlist.Business) string {
	var lines []string
	for line := range strings.Lines(b.Address) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, ", ")
}

func cost(l i18n.Locale, p waitlist.Price) string {
	switch p.Kind {
	case rules.PriceAmount:
		return l.Money(p.Minor, p.Currency)
	case rules.PriceFree:
		return l.T("email.price.free")
	}
	return l.T("email.price.on_request")
}
