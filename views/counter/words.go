// Package counter holds the pages that staff work with all day: the board, the day, slots, bookings and entries.
package counter

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/views/public"
	"github.com/your-org/waitlist-management/waitlist"
)

func t(ctx context.Context, key string, args ...any) string { return i18n.From(ctx).T(key, args...) }

// when is the start of something by the clock of the business: "Today 15:00".
func when(ctx context.Context, at, now time.Time, zone *time.Location) string {
	return i18n.From(ctx).DayAndTime(at.In(zone), now)
}

// alone is when, where it stands by itself.
func alone(ctx context.Context, at, now time.Time, zone *time.Location) string {
	return i18n.Capital(when(ctx, at, now, zone))
}

func clock(ctx context.Context, at time.Time, zone *time.Location) string {
	return i18n.From(ctx).Time(at.In(zone))
}

func span(ctx context.Context, from, to time.Time, zone *time.Location) string {
	return i18n.From(ctx).TimeRange(from.In(zone), to.In(zone))
}

// waited is how long somebody has been on the list, as of the moment that Parts were counted.
func waited(ctx context.Context, joined, now time.Time) string {
	return i18n.From(ctx).Span(now.Sub(joined))
}

// reason tells why nobody is asked for an open slot, or that somebody is being looked for.
func reason(ctx context.Context, item waitlist.DayItem, zone *time.Location) string {
	if item.Reason == "" {
		return t(ctx, "counter.reason.none")
	}
	until := item.NextTryAt
	if item.WaitsUntil != nil {
		until = item.WaitsUntil
	}
	switch {
	case item.Reason == rules.ReasonHourLimit && item.WaitsUntil == nil:
		return t(ctx, "sending.reason.hour_limit")
	case item.WaitsUntil != nil && (item.Reason == rules.ReasonHourLimit || item.Reason == rules.ReasonContactLimit):
		return t(ctx, "sending.reason."+string(item.Reason)+"_until", "Time", clock(ctx, *until, zone))
	case until == nil:
		return t(ctx, "counter.reason."+string(item.Reason), "Time", "")
	}
	return t(ctx, "counter.reason."+string(item.Reason), "Time", clock(ctx, *until, zone))
}

// inShort are the wishes of an entry in a few words; nothing for somebody who takes anything.
func inShort(ctx context.Context, e waitlist.WaitingEntry) []string {
	l := i18n.From(ctx)
	var words []string
	if len(e.StaffNames) > 0 {
		key := "counter.wish.prefers"
		if len(e.Wishes.OnlyStaff) > 0 {
			key = "counter.wish.only"
		}
		words = append(words, l.T(key, "Staff", strings.Join(e.StaffNames, ", ")))
	}
	if len(e.Wishes.Windows) > 0 {
		words = append(words, times(l, e.Wishes.Windows))
	}
	from, to := day(l, e.Wishes.EarliestOn), day(l, e.Wishes.LatestOn)
	switch {
	case from != "" && to != "":
		words = append(words, l.T("common.date.range", "From", from, "To", to))
	case from != "":
		words = append(words, l.T("counter.wish.from", "Date", from))
	case to != "":
		words = append(words, l.T("counter.wish.until", "Date", to))
	}
	if e.Wishes.Notice > 0 {
		words = append(words, l.T("counter.wish.notice", "Notice", length(l, e.Wishes.Notice)))
	}
	return words
}

// times names the first few windows, days with the same hours together, and says when there are more.
func times(l i18n.Locale, windows []rules.Window) string {
	const most = 3
	var hours []rules.Window // each once, with no weekday
	days := map[rules.Window][]int{}
	best := false
	for _, w := range windows {
		if w == public.Always {
			continue
		}
		best = best || w.Preferred
		of := rules.Window{From: w.From, To: w.To}
		if days[of] == nil {
			hours = append(hours, of)
		}
		days[of] = append(days[of], w.Weekday)
	}
	var each []string
	for _, of := range hours[:min(most, len(hours))] {
		name := daysInShort(l, days[of])
		if of.From > 0 || of.To < 24*60 {
			name += " " + minute(l, of.From) + "–" + minute(l, of.To)
		}
		each = append(each, name)
	}
	text := strings.Join(each, ", ")
	if more := len(hours) - most; more > 0 {
		text = l.T("counter.wish.more", "Times", text, "More", more)
	}
	if best {
		return l.T("counter.wish.best", "Times", text)
	}
	return text
}

// daysInShort names weekdays, 1 is Monday and 0 any: "any day", "Mon–Fri", "Mon, Wed".
func daysInShort(l i18n.Locale, days []int) string {
	slices.Sort(days)
	days = slices.Compact(days)
	if days[0] == 0 || len(days) == 7 {
		return l.T("counter.wish.any_day")
	}
	if last := days[len(days)-1]; len(days) > 2 && last-days[0] == len(days)-1 {
		return l.WeekdayShort(days[0]) + "–" + l.WeekdayShort(last)
	}
	names := make([]string, len(days))
	for i, day := range days {
		names[i] = l.WeekdayShort(day)
	}
	return strings.Join(names, ", ")
}

func minute(l i18n.Locale, of int) string {
	return l.Time(time.Date(2000, 1, 1, 0, of, 0, 0, time.UTC))
}

func day(l i18n.Locale, d rules.Date) string {
	if d.IsZero() {
		return ""
	}
	return l.ShortDate(d.In(12*60, time.UTC))
}

// length is a length of time, in days where it is some.
func length(l i18n.Locale, d time.Duration) string {
	if d >= 24*time.Hour && d%(24*time.Hour) == 0 {
		return l.Span(d)
	}
	return l.Minutes(d)
}

// part is one reason for somebody's place, in points.
type part struct {
	name   string
	points int
}

// partsOf are the reasons that count for something.
func partsOf(p rules.Parts) []part {
	all := []part{
		{"wait", p.Wait}, {"priority", p.Priority}, {"loyalty", p.Loyalty}, {"reliability", p.Reliability}, {"flexibility", p.Flexibility},
		{"no_show", p.NoShow}, {"lift", p.Lift}, {"preferred_staff", p.PreferredStaff}, {"preferred_time", p.PreferredTime},
	}
	return slices.DeleteFunc(all, func(p part) bool { return p.points == 0 })
}

// signed is a number of points with its sign.
func signed(l i18n.Locale, points int) string {
	if points > 0 {
		return "+" + l.Number(int64(points))
	}
	return l.Number(int64(points))
}

func priorityName(ctx context.Context, priority int) string {
	return t(ctx, "counter.priority.level."+strings.ReplaceAll(strconv.Itoa(priority), "-", "minus_"))
}
