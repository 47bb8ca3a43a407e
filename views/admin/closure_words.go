package admin

import (
	"context"
	"time"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/holidays"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/rules"
)

// closureDays says on which days a closure closes, such as "24 Dec 2027 – 2 Jan 2028" or "Every 2 weeks: Monday, Friday".
func closureDays(ctx context.Context, c rules.Closure) string {
	switch {
	case c.Repeat == rules.RepeatYearly:
		days := dayMonth(ctx, c.From)
		if c.To != c.From {
			days = t(ctx, "admin.closures.days", "From", days, "To", dayMonth(ctx, c.To))
		}
		return t(ctx, "hours.closure.each_year", "Days", days)
	case c.Repeat == rules.RepeatWeekly && c.Weeks > 1:
		return t(ctx, "hours.closure.each_weeks", "Weeks", c.Weeks, "Days", weekdayNames(ctx, c.Weekdays.List()))
	case c.Repeat == rules.RepeatWeekly:
		return t(ctx, "hours.closure.each_week", "Days", weekdayNames(ctx, c.Weekdays.List()))
	}
	return days(ctx, c.From, c.To)
}

// closureMore says at what times, until when, and when next.
func closureMore(ctx context.Context, c business.ClosureRow, coming bool) string {
	var said []string
	if !c.WholeDay() {
		said = append(said, part(ctx, c.FromMinute, c.ToMinute))
	}
	if c.Repeats() && coming && !c.Next.IsZero() {
		said = append(said, t(ctx, "hours.closure.next", "Day", day(ctx, c.Next)))
	}
	if c.Repeats() && !c.Until.IsZero() {
		said = append(said, t(ctx, "hours.closure.ends", "Day", day(ctx, c.Until)))
	}
	return joined(said)
}

// part is the time from one minute of a day to another.
func part(ctx context.Context, from, to int) string {
	at := func(minute int) time.Time { return time.Date(2000, 1, 1, 0, minute, 0, 0, time.UTC) }
	return i18n.From(ctx).TimeRange(at(from), at(to))
}

func dayMonth(ctx context.Context, d rules.Date) string {
	return i18n.From(ctx).DayMonth(d.In(12*60, time.UTC))
}

// holidayName is what a holiday is called: where it is kept and the reader speaks the language, as there; else translated if we can.
func holidayName(ctx context.Context, h holidays.Holiday, language string) string {
	name := h.Name
	if l := i18n.From(ctx); h.Known != "" && l.Language() != language {
		name = l.T("hours.holiday." + h.Known)
	}
	if h.Substitute {
		return t(ctx, "hours.holidays.substitute", "Name", name)
	}
	return name
}

// holidaysSaid says in a line whose holidays are kept, and the next.
func holidaysSaid(ctx context.Context, b business.HolidaysInBrief) string {
	switch {
	case b.Country == "":
		return t(ctx, "hours.holidays.none")
	case b.Next == nil:
		return calendarName(ctx, b)
	}
	return t(ctx, "hours.holidays.next", "Calendar", calendarName(ctx, b), "Name", holidayName(ctx, *b.Next, b.Language), "Day", day(ctx, b.Next.On))
}

func holidaysAct(ctx context.Context, b business.HolidaysInBrief) string {
	if b.Country == "" {
		return t(ctx, "hours.holidays.choose")
	}
	return t(ctx, "hours.holidays.change")
}

func calendarName(ctx context.Context, b business.HolidaysInBrief) string {
	country := t(ctx, "hours.country."+b.Country)
	if b.Region == "" {
		return country
	}
	return country + ", " + b.Region
}
