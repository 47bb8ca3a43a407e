package insights

import (
	"slices"
	"strconv"
	"time"

	"github.com/your-org/waitlist-management/rules"
)

// Period is how many local days are looked at, today the last of them.
type Period int

// The periods that can be looked at.
const (
	Today Period = 1
	Week  Period = 7
	Month Period = 30
)

// Periods are those that can be looked at, the shortest first.
func Periods() []Period { return []Period{Today, Week, Month} }

// ReadPeriod reads a number of days as an address has it. What is no period is a week.
func ReadPeriod(days string) Period {
	if n, err := strconv.Atoi(days); err == nil && slices.Contains(Periods(), Period(n)) {
		return Period(n)
	}
	return Week
}

// span is from the first local midnight of the period to the end of today.
func (p Period) span(today rules.Date, zone *time.Location) rules.Span {
	from, _ := rules.DayBounds(today.AddDays(1-int(p)), zone)
	_, to := rules.DayBounds(today, zone)
	return rules.Span{Start: from, End: to}
}

// before is the period before, as far as this one has come: by two in the afternoon today is held against yesterday until two.
func (p Period) before(today rules.Date, now time.Time, zone *time.Location) rules.Span {
	midnight, _ := rules.DayBounds(today, zone)
	last, end := rules.DayBounds(today.AddDays(-int(p)), zone)
	from, _ := rules.DayBounds(today.AddDays(1-2*int(p)), zone)
	until := last.Add(now.Sub(midnight))
	if until.After(end) { // today is an hour longer than that day was
		until = end
	}
	return rules.Span{Start: from, End: until}
}

// step is what the database counts by: whole hours and days of every zone begin on one.
const step = 15 * time.Minute

// buckets cut a span into the local hours of a day, or into local days.
func (p Period) buckets(s rules.Span, zone *time.Location) []Bucket {
	var list []Bucket
	for at := s.Start; at.Before(s.End); at = at.Add(step) {
		local := at.In(zone)
		if n := len(list); n > 0 {
			if last := list[n-1].From; p.sameBucket(last, local) {
				continue
			}
			list[n-1].To = local
		}
		list = append(list, Bucket{From: local, To: s.End.In(zone)})
	}
	return list
}

// sameBucket tells whether a later moment belongs to the bucket that began at from. When the clock is put back, an hour comes twice.
func (p Period) sameBucket(from, at time.Time) bool {
	if p != Today {
		return rules.DateOf(from, from.Location()) == rules.DateOf(at, at.Location())
	}
	return from.Hour() == at.Hour() && (at.Minute() != 0 || at.Equal(from))
}
