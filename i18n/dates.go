package i18n

import (
	"strconv"
	"time"
	"unicode"
	"unicode/utf8"
)

// The times given to these functions are already in the zone of the business; nothing here converts a zone,
// except that "now" is read in the zone of the time it is compared with.

// Date is a day without its year: "Thursday 26 November", "Donnerstag, 26. November", "jueves, 26 de noviembre".
func (l Locale) Date(t time.Time) string {
	return l.T("common.date.day", "Weekday", l.Weekday(isoWeekday(t)), "Day", l.dayOfMonth(t), "Month", l.month(t))
}

// LongDate is a day with its year: "Thursday 26 November 2026".
func (l Locale) LongDate(t time.Time) string {
	return l.T("common.date.long", "Weekday", l.Weekday(isoWeekday(t)), "Day", l.dayOfMonth(t), "Month", l.month(t), "Year", t.Year())
}

// ShortDate is a day for tables, with its year: "26 Nov 2026", "26. Nov. 2026".
func (l Locale) ShortDate(t time.Time) string {
	return l.T("common.date.short", "Day", l.dayOfMonth(t), "Month", l.shortMonth(t), "Year", t.Year())
}

// DayMonth is a day under a chart: "26 Nov", "26. Nov.".
func (l Locale) DayMonth(t time.Time) string {
	return l.T("common.date.day_month", "Day", l.dayOfMonth(t), "Month", l.shortMonth(t))
}

// Time is the time of day to the minute: "15:04", in the United States "3:04 PM".
func (l Locale) Time(t time.Time) string {
	return t.Format(l.T("common.date.clock"))
}

// TimeRange is from one time of day to another: "15:00–15:45".
func (l Locale) TimeRange(from, to time.Time) string {
	return l.T("common.date.range", "From", l.Time(from), "To", l.Time(to))
}

// DateTime is short, for lists: "Thu 26 Nov, 15:00".
func (l Locale) DateTime(t time.Time) string {
	return l.T("common.date.short_with_time", "Weekday", l.WeekdayShort(isoWeekday(t)), "Day", l.dayOfMonth(t), "Month", l.shortMonth(t), "Time", l.Time(t))
}

// Day is "Today", "Tomorrow" or "Yesterday", else Date, with the year when it is not now's.
func (l Locale) Day(t, now time.Time) string {
	now = now.In(t.Location())
	switch {
	case sameDay(t, now):
		return l.T("common.date.today")
	case sameDay(t, now.AddDate(0, 0, 1)):
		return l.T("common.date.tomorrow")
	case sameDay(t, now.AddDate(0, 0, -1)):
		return l.T("common.date.yesterday")
	case t.Year() != now.Year():
		return l.LongDate(t)
	}
	return l.Date(t)
}

// DayAndTime says when something is: "Today 15:00", "Thursday 26 November, 15:00".
func (l Locale) DayAndTime(t, now time.Time) string {
	day := l.Day(t, now)
	if day == l.Date(t) || day == l.LongDate(t) {
		return l.T("common.date.day_with_time", "Day", day, "Time", l.Time(t))
	}
	return l.T("common.date.near_day_with_time", "Day", day, "Time", l.Time(t))
}

// Weekday names a day of the week, 1 (Monday) to 7 (Sunday).
func (l Locale) Weekday(day int) string {
	return l.T("common.weekday." + strconv.Itoa(day))
}

// WeekdayShort is the abbreviated name of a day of the week, 1 (Monday) to 7 (Sunday).
func (l Locale) WeekdayShort(day int) string {
	return l.T("common.weekday_short." + strconv.Itoa(day))
}

// firstOfMonth is how a language writes the first day where that isn't its number alone: "1er novembre", but "2 novembre".
var firstOfMonth = map[string]string{"fr": "1er"}

func (l Locale) dayOfMonth(t time.Time) string {
	if first := firstOfMonth[l.Language()]; first != "" && t.Day() == 1 {
		return first
	}
	return strconv.Itoa(t.Day())
}

func (l Locale) month(t time.Time) string {
	return l.T("common.month." + strconv.Itoa(int(t.Month())))
}

func (l Locale) shortMonth(t time.Time) string {
	return l.T("common.month_short." + strconv.Itoa(int(t.Month())))
}

// Capital begins a text with a capital letter, for where a day or a weekday stands by itself: many languages write them small in a sentence.
func Capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 || first == utf8.RuneError {
		return text
	}
	return string(unicode.ToUpper(first)) + text[size:]
}

func isoWeekday(t time.Time) int {
	if t.Weekday() == time.Sunday {
		return 7
	}
	return int(t.Weekday())
}

func sameDay(a, b time.Time) bool {
	ay, am, ad := a.Date()
	by, bm, bd := b.Date()
	return ay == by && am == bm && ad == bd
}
