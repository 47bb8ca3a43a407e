package admin

import (
	"context"
	"time"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/rules"
)

// OffersSaidID is the part of the settings that says what they come to.
const OffersSaidID = "offers-said"

// saidOfOffers is what the limits of a form come to, in examples.
func saidOfOffers(ctx context.Context, f business.OfferForm) []string {
	s, err := f.Rules()
	if err != nil {
		return []string{t(ctx, "admin.offers.said.unreadable")}
	}
	l := i18n.From(ctx)
	list := []string{
		inARow(ctx, s, 2*time.Hour, "two_hours"),
		inARow(ctx, s, 24*time.Hour, "a_day"),
		t(ctx, "admin.offers.said.contacts", "Count", s.ContactsPerDay, "Gap", l.Minutes(s.ContactGap)),
	}
	if s.Quiet.From != s.Quiet.To {
		at := func(minute int) string { return l.Time(time.Date(2000, 1, 1, 0, minute, 0, 0, time.UTC)) }
		list = append(list, t(ctx, "admin.offers.said.quiet", "From", at(s.Quiet.From), "To", at(s.Quiet.To)))
	}
	return list
}

func inARow(ctx context.Context, s rules.Settings, ahead time.Duration, key string) string {
	n := rules.OffersInARow(s, ahead)
	if n == 0 {
		return t(ctx, "admin.offers.said."+key+"_none")
	}
	return t(ctx, "admin.offers.said."+key, "Count", n)
}
