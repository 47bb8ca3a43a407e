package admin

import (
	"context"
	"time"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/rules"
)

// The forms of limits and quiet hours, and the parts that say what they come to.
const (
	LimitsFormID = "limits-form"
	QuietFormID  = "quiet-form"
	LimitsSaidID = "limits-said"
	QuietSaidID  = "quiet-said"
)

// used is what a business used of its limit in the last hour.
func used(ctx context.Context, m business.MessageLimits) string {
	if m.Use.Limit == 0 {
		return t(ctx, "sending.limits.sent", "Count", m.Use.Sent)
	}
	return t(ctx, "sending.limits.used", "Sent", m.Use.Sent, "Limit", m.Use.Limit)
}

func saidOfLimits(ctx context.Context, f business.LimitsForm) []string {
	s, err := f.Rules()
	if err != nil {
		return []string{t(ctx, "admin.offers.said.unreadable")}
	}
	list := []string{t(ctx, "sending.limits.said.none")}
	if s.MessagesPerHour > 0 {
		list = []string{t(ctx, "sending.limits.said.hour", "Count", s.MessagesPerHour), t(ctx, "sending.limits.said.order")}
	}
	return append(list, t(ctx, "sending.limits.said.day", "Count", s.MessagesPerDay), t(ctx, "sending.limits.said.always"))
}

// saidOfQuiet says what quiet hours come to by an opening half an hour after they begin, or halfway where they are shorter.
func saidOfQuiet(ctx context.Context, f business.QuietForm, saved rules.Settings) []string {
	s, err := f.Rules()
	if err != nil {
		return []string{t(ctx, "sending.quiet.said.unreadable")}
	}
	if s.Quiet.From == s.Quiet.To {
		return []string{t(ctx, "sending.quiet.said.none")}
	}
	l := i18n.From(ctx)
	at := func(minute int) string { return l.Time(time.Date(2000, 1, 1, 0, minute, 0, 0, time.UTC)) }
	const day = 24 * 60
	long := (s.Quiet.To - s.Quiet.From + day) % day
	opens, ends := at(s.Quiet.From+min(30, long/2)), at(s.Quiet.To)
	soon := saved.Hold + saved.MinimumNotice
	within := l.Minutes(soon)
	if soon >= 24*time.Hour {
		within = l.Span(soon)
	}
	return []string{
		t(ctx, "sending.quiet.said.opening", "At", opens, "To", ends),
		t(ctx, "sending.quiet.said."+string(s.Night), "At", opens, "Within", within, "To", ends),
		t(ctx, "sending.quiet.said.others", "To", ends),
		t(ctx, "sending.quiet.said.at_once"),
	}
}
