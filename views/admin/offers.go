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
	return list
}

func inARow(ctx context.Context, s rules.Settings, ahead time.Duration, key string) string {
	n := rules.OffersInARow(s, ahead)
	if n == 0 {
		return t(ctx, "admin.offers.said."+key+"_none")
	}
	return t(ctx, "admin.offers.said."+key, "Count", n)
}
