package sheet

import (
	"strconv"
	"strings"
	"time"

	"github.com/your-org/waitlist-management/rules"
)

type kind int

const (
	none   kind = iota
	date        // a day, without a time
	local       // a time of day in whatever zone the reader is
	moment      // with its zone
)

// Moment reads a date, or a date with a time: 2026-11-27, 27.11.2026, 27/11/2026, with 15:04 or 15:04:05 behind, or as programs exchange
// them (RFC 3339). dayFirst decides of 3/4/2026. What has no zone of its own is in zone; a date is its beginning; a minute that the clocks
// skip is the next that there is. ok is false for anything else.
func Moment(cell string, dayFirst bool, zone *time.Location) (at time.Time, ok bool) {
	t, kind := parse(cell, dayFirst)
	switch kind {
	case none:
		return time.Time{}, false
	case moment:
		return t, true
	}
	d := rules.Date{Year: t.Year(), Month: t.Month(), Day: t.Day()}
	at, _ = rules.LocalAt(d, t.Hour()*60+t.Minute(), zone)
	return at.Add(time.Duration(t.Second()) * time.Second), true
}

// DayFirst finds out from a column whether its dates with slashes have the day first; decided is false when nothing tells.
func DayFirst(cells []string) (dayFirst, decided bool) {
	for _, cell := range cells {
		day, _, _ := strings.Cut(strings.TrimSpace(cell), " ")
		parts := strings.Split(day, "/")
		if len(parts) != 3 {
			continue
		}
		first, err1 := strconv.Atoi(parts[0])
		second, err2 := strconv.Atoi(parts[1])
		switch {
		case err1 != nil || err2 != nil:
		case first > 12 && first <= 31:
			return true, true
		case second > 12 && second <= 31:
			return false, true
		}
	}
	return false, false
}

func parse(cell string, dayFirst bool) (time.Time, kind) {
	cell = strings.TrimSpace(cell)
	if len(cell) < 6 || len(cell) > 40 || cell[0] < '0' || cell[0] > '9' {
		return time.Time{}, none
	}
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 -0700"} {
		if t, err := time.Parse(layout, cell); err == nil {
			return t, moment
		}
	}
	cell = strings.Join(strings.FieldsFunc(cell, func(r rune) bool { return r == ' ' || r == ',' || r == 'T' || r == '\u00a0' }), " ")
	cell = strings.Replace(strings.TrimSuffix(cell, " Uhr"), " kl. ", " ", 1)
	day, clock, timed := strings.Cut(cell, " ")
	t, ok := parseDay(day, dayFirst)
	if !ok {
		return time.Time{}, none
	}
	if !timed {
		return t, date
	}
	for _, layout := range []string{"15:04", "15:04:05", "15:04:05.999999", "3:04 PM", "3:04:05 PM", "3:04PM", "15.04", "15H04"} {
		if c, err := time.Parse(layout, strings.ToUpper(clock)); err == nil {
			return time.Date(t.Year(), t.Month(), t.Day(), c.Hour(), c.Minute(), c.Second(), 0, time.UTC), local
		}
	}
	return time.Time{}, none
}

func parseDay(day string, dayFirst bool) (time.Time, bool) {
	layouts := []string{"2006-1-2", "2006/1/2", "2.1.2006", "2.1.06"}
	if dayFirst {
		layouts = append(layouts, "2/1/2006", "2/1/06", "2-1-2006")
	} else {
		layouts = append(layouts, "1/2/2006", "1/2/06", "1-2-2006")
	}
	for _, layout := range layouts {
		if t, err := time.Parse(layout, day); err == nil && t.Year() > 1900 && t.Year() < 2200 {
			return t, true
		}
	}
	return time.Time{}, false
}
