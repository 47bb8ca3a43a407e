// Package trail puts the audit trail into words: the page of all of it, and what happened to one record, for the page of that.
package trail

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
)

func t(ctx context.Context, key string, args ...any) string { return i18n.From(ctx).T(key, args...) }

// Act is what was done, in words.
func Act(l i18n.Locale, line audit.Line) string { return l.T("audit.act." + line.Action) }

// Who is who did it.
func Who(l i18n.Locale, line audit.Line) string {
	switch {
	case line.Actor == audit.Customer:
		return l.T("audit.who_customer")
	case line.Actor == audit.Program:
		return l.T("audit.who_program")
	case line.Who == "":
		return l.T("audit.who_gone")
	case line.Actor == audit.Key:
		return l.T("keys.actor", "Name", line.Who)
	}
	return line.Who
}

// pageOf is the path of a record's page; "" when it has none.
func pageOf(line audit.Line) string {
	id := line.About.ID
	switch line.Record {
	case "settings":
		return map[string]string{"profile.change": paths.Profile, "weights.change": paths.Weights, "offer_settings.change": paths.Settings, "sending.change": paths.MessagesSending}[line.Action]
	case "opening_hours":
		return paths.Hours
	}
	page := map[string]func(string) string{
		"entries": paths.CounterEntry, "offers": paths.Slot, "slots": paths.Slot, "bookings": paths.CounterBooking,
		"services": paths.Service, "staff_members": paths.StaffMember, "closures": paths.Closure, "users": paths.User, "webhook_endpoints": paths.Webhook,
		"api_keys": paths.Key,
	}[line.Record]
	if page == nil || id == "" {
		return ""
	}
	return page(id)
}

// about is what the record is called: whose, and when.
func about(ctx context.Context, line audit.Line, zone *time.Location) string {
	parts := []string{}
	if line.About.Name != "" {
		parts = append(parts, line.About.Name)
	}
	if at := line.About.StartsAt; !at.IsZero() {
		parts = append(parts, i18n.From(ctx).DateTime(at.In(zone)))
	}
	if len(parts) > 0 {
		return strings.Join(parts, ", ")
	}
	for place, key := range map[string]string{
		paths.Profile: "common.nav.profile", paths.Weights: "common.nav.weights", paths.Settings: "common.nav.settings", paths.Hours: "common.nav.hours",
		paths.MessagesSending: "common.nav.messages",
	} {
		if pageOf(line) == place {
			return t(ctx, key)
		}
	}
	if line.Record == "closures" {
		return t(ctx, "common.nav.closures")
	}
	return t(ctx, "audit.same_record")
}

// labelled are the fields that have a name in the catalogue.
var labelled = strings.Fields(`address buffer contact_gap contacts_per_day currency duration flexibility format from hold hold_cap hours locale
	loyalty_most loyalty_per_visit messages_per_day messages_per_hour minimum_notice name night_openings no_show no_show_most pass_over_lift pass_over_limit place_counts_from_joining preferred_staff
	preferred_time price price_kind priority_per_level quiet_from quiet_to reason reliability role rows services staff staff_member_id to wait_per_hour
	because count event events skipped waits_on withdrawn zone every_weeks from_minute to_minute repeats weekdays until skips own offer_reminder reminder_hours thanks_hours expires old_secret_days scopes`)

// inMinutes are the fields that hold a length of time.
var inMinutes = strings.Fields("buffer contact_gap duration hold hold_cap minimum_notice offer_reminder")

// label is a field's name; one that the catalogue doesn't know is shown as it is.
func label(l i18n.Locale, field string) string {
	field = snake(field)
	if slices.Contains(labelled, field) {
		return l.T("audit.field." + field)
	}
	return strings.ReplaceAll(field, "_", " ")
}

// snake writes WaitPerHour as wait_per_hour.
func snake(name string) string {
	var out strings.Builder
	for i, c := range name {
		if unicode.IsUpper(c) && i > 0 {
			out.WriteByte('_')
		}
		out.WriteRune(unicode.ToLower(c))
	}
	return out.String()
}

// value writes the value of a field for people.
func value(l i18n.Locale, field string, v any) string {
	field = snake(field)
	switch v := v.(type) {
	case nil:
		return none(l, field)
	case bool:
		return l.T(map[bool]string{true: "audit.yes", false: "audit.no"}[v])
	case string:
		return text(l, field, v)
	case json.Number:
		return number(l, field, v)
	case []any:
		return list(l, field, v)
	case map[string]any:
		return object(l, field, v)
	}
	return fmt.Sprint(v)
}

func none(l i18n.Locale, field string) string {
	if field == "staff_member_id" {
		return l.T("audit.everybody")
	}
	return l.T("audit.nothing")
}

func text(l i18n.Locale, field, v string) string {
	switch day, err := rules.ParseDate(v); {
	case v == "":
		return none(l, field)
	case field == "because":
		return l.T("webhooks.because." + v)
	case field == "events" && v == "all":
		return l.T("webhooks.events_all")
	case field == "role" && slices.Contains([]string{"owner", "admin", "staff"}, v):
		return l.T("common.role." + v)
	case field == "scopes":
		return scope(l, rules.Scope(v))
	case field == "price_kind" && v == "free":
		return l.T("admin.price.free")
	case field == "price_kind" && v == "on_request":
		return l.T("admin.price.on_request")
	case field == "night_openings":
		return l.T("sending.quiet." + v)
	case field == "price_kind":
		return l.T("audit.field.price")
	case err == nil:
		return l.ShortDate(day.In(12*60, time.UTC))
	}
	return v
}

// scope is what an API key may do; one that no program knows any more is shown as it is.
func scope(l i18n.Locale, s rules.Scope) string {
	if _, known := s.Needs(); !known {
		return string(s)
	}
	return l.T("keys.line.may", "Area", l.T("keys.area."+s.Area()), "Acts", l.T("keys.access."+s.Access()))
}

func number(l i18n.Locale, field string, v json.Number) string {
	n, err := v.Int64()
	switch {
	case err != nil:
		return v.String()
	case field == "staff_member_id" && n == 0:
		return none(l, field)
	case field == "weekdays" && n >= 1 && n <= 7:
		return l.WeekdayShort(int(n))
	case strings.HasSuffix(field, "_minute"):
		return l.Time(time.Date(2000, 1, 1, 0, int(n), 0, 0, time.UTC))
	case slices.Contains(inMinutes, field):
		return l.Minutes(time.Duration(n) * time.Minute)
	}
	return l.Number(n)
}

func list(l i18n.Locale, field string, v []any) string {
	if len(v) == 0 {
		return none(l, field)
	}
	var parts []string
	for _, one := range v {
		parts = append(parts, value(l, field, one))
	}
	return strings.Join(parts, ", ")
}

func object(l i18n.Locale, field string, v map[string]any) string {
	whole := func(key string) (int, bool) {
		for name, one := range v {
			if n, ok := one.(json.Number); ok && snake(name) == key {
				whole, err := strconv.Atoi(n.String())
				return whole, err == nil
			}
		}
		return 0, false
	}
	weekday, isDay := whole("weekday")
	from, begins := whole("from")
	to, ends := whole("to")
	if isDay && begins && ends && weekday >= 1 && weekday <= 7 {
		clock := func(minute int) time.Time { return time.Date(2000, 1, 1, 0, minute, 0, 0, time.UTC) }
		return l.WeekdayShort(weekday) + " " + l.TimeRange(clock(from), clock(to))
	}
	if minor, ok := whole("minor"); ok {
		if currency, ok := v["currency"].(string); ok {
			return l.Money(int64(minor), currency)
		}
	}
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(v)) {
		parts = append(parts, label(l, name)+": "+value(l, name, v[name]))
	}
	return strings.Join(parts, ", ")
}

// Changes is what changed, on one line: for a table.
func Changes(l i18n.Locale, line audit.Line) string {
	var parts []string
	for _, f := range line.Fields {
		part := change(l, f)
		if f.Name != "" {
			part = label(l, f.Name) + ": " + part
		}
		parts = append(parts, part)
	}
	for _, name := range line.Untold {
		parts = append(parts, label(l, name))
	}
	return strings.Join(parts, "; ")
}

func change(l i18n.Locale, f audit.Field) string {
	switch {
	case f.Added:
		return value(l, f.Name, f.After)
	case f.Removed:
		return value(l, f.Name, f.Before)
	}
	return value(l, f.Name, f.Before) + " → " + value(l, f.Name, f.After)
}

func untold(l i18n.Locale, names []string) string {
	var list []string
	for _, name := range names {
		list = append(list, label(l, name))
	}
	return strings.Join(list, ", ")
}

func number64(ctx context.Context, n int64) string { return i18n.From(ctx).Number(n) }
