// Package admin holds the pages on which owners and admins set their business up.
package admin

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/views/ui"
	"github.com/your-org/waitlist-management/waitlist"
)

func t(ctx context.Context, key string, args ...any) string { return i18n.From(ctx).T(key, args...) }

func price(ctx context.Context, p waitlist.Price) string {
	switch p.Kind {
	case rules.PriceFree:
		return t(ctx, "admin.price.free")
	case rules.PriceOnRequest:
		return t(ctx, "admin.price.on_request")
	}
	return i18n.From(ctx).Money(p.Minor, p.Currency)
}

// length is "45 min", and with a buffer "45 min + 15 min buffer".
func length(ctx context.Context, duration, buffer time.Duration) string {
	l := i18n.From(ctx)
	if buffer == 0 {
		return l.Minutes(duration)
	}
	return t(ctx, "admin.services.with_buffer", "Duration", l.Minutes(duration), "Buffer", l.Minutes(buffer))
}

// names joins names as a sentence lists them.
func names(list []string) string { return strings.Join(list, ", ") }

// joined are short remarks one after the other.
func joined(list []string) string { return strings.Join(list, " · ") }

func staffNames(list []waitlist.StaffChoice) string {
	var all []string
	for _, m := range list {
		all = append(all, m.Name)
	}
	return names(all)
}

func day(ctx context.Context, d rules.Date) string {
	return i18n.From(ctx).ShortDate(d.In(12*60, time.UTC))
}

// days is one day or from the first to the last.
func days(ctx context.Context, from, to rules.Date) string {
	if from == to {
		return day(ctx, from)
	}
	return t(ctx, "admin.closures.days", "From", day(ctx, from), "To", day(ctx, to))
}

// when is the day and time of something, in one zone or, when the business moves to another, in both.
func when(ctx context.Context, start, end time.Time, zone, newZone *time.Location) string {
	l := i18n.From(ctx)
	in := func(z *time.Location) string {
		return t(ctx, "admin.touched.when", "Date", l.ShortDate(start.In(z)), "Time", l.TimeRange(start.In(z), end.In(z)))
	}
	if newZone == nil {
		return in(zone)
	}
	return t(ctx, "admin.touched.moved", "From", in(zone), "To", in(newZone))
}

func options(values, texts []string, chosen string) []ui.Option {
	list := make([]ui.Option, len(values))
	for i, v := range values {
		list[i] = ui.Option{Value: v, Text: texts[i], Chosen: v == chosen}
	}
	if !slices.Contains(values, chosen) && chosen != "" {
		list = append(list, ui.Option{Value: chosen, Text: chosen, Chosen: true})
	}
	return list
}

// localeNames name business.Locales as their speakers do.
func localeNames(ctx context.Context) []string {
	var list []string
	for _, tag := range business.Locales() {
		name := i18n.For(tag).T("common.language.name")
		if strings.Contains(tag, "-") {
			name = t(ctx, "admin.locale."+tag)
		}
		list = append(list, name)
	}
	return list
}
