package waitlist

import (
	"strconv"
	"strings"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
)

// PeriodMost is how many days a list that goes by time reads at most.
const PeriodMost = 366

// Period is a stretch of local days, the first and the last included. The zero date leaves an end to what is usual.
type Period struct{ From, To rules.Date }

// ahead is a period that begins today unless it says otherwise, as moments. Fails with Invalid.
func (p Period) ahead(today rules.Date, zone *time.Location) (from, to time.Time, err error) {
	if p.From.IsZero() {
		p.From = today
	}
	if p.To.IsZero() {
		p.To = p.From.AddDays(PeriodMost - 1)
	}
	return p.moments(zone)
}

// back is a period that ends today unless it says otherwise, as moments. Fails with Invalid.
func (p Period) back(today rules.Date, zone *time.Location) (from, to time.Time, err error) {
	if p.To.IsZero() {
		p.To = today
	}
	if p.From.IsZero() {
		p.From = p.To.AddDays(1 - PeriodMost)
	}
	return p.moments(zone)
}

func (p Period) moments(zone *time.Location) (from, to time.Time, err error) {
	switch {
	case !thinkable(p.From):
		return from, to, problem.Invalid(problem.Bad("from", "problem.no_such_day"))
	case !thinkable(p.To):
		return from, to, problem.Invalid(problem.Bad("to", "problem.no_such_day"))
	case p.To.Before(p.From):
		return from, to, problem.Invalid(problem.Bad("to", "problem.before_start"))
	case p.To.After(p.From.AddDays(PeriodMost - 1)):
		return from, to, problem.Invalid(problem.Bad("to", "problem.period", "Most", PeriodMost))
	}
	from, _ = rules.DayBounds(p.From, zone)
	_, to = rules.DayBounds(p.To, zone)
	return from, to, nil
}

// thinkable leaves out days at the ends of the calendar, whose moments the database couldn't hold.
func thinkable(d rules.Date) bool {
	return d.Year >= 1970 && d.Year < 9000
}

// readPlace reads what placeText wrote; nil for the beginning. Fails with Invalid.
func readPlace(text string) (*db.TimePlace, error) {
	if text == "" {
		return nil, nil
	}
	at, id, _ := strings.Cut(text, ".")
	micros, err := strconv.ParseInt(at, 10, 64)
	n, wrong := strconv.ParseInt(id, 10, 64)
	moment := time.UnixMicro(micros).UTC()
	if err != nil || wrong != nil || moment.Year() < 1970 || moment.Year() > 9000 {
		return nil, problem.Invalid(problem.Bad("cursor", "problem.unreadable"))
	}
	return &db.TimePlace{At: moment, ID: n}, nil
}

func placeText(p db.TimePlace) string {
	return strconv.FormatInt(p.At.UnixMicro(), 10) + "." + strconv.FormatInt(p.ID, 10)
}

// pageOf cuts what was read, one more than a page, to the page; next is where the following one goes on, empty at the end.
func pageOf(places []db.TimePlace, limit int) (ids []int64, next string) {
	if len(places) > limit {
		places, next = places[:limit], placeText(places[limit-1])
	}
	ids = make([]int64, len(places))
	for i, p := range places {
		ids[i] = p.ID
	}
	return ids, next
}

// asListed puts rows into the order of their ids.
func asListed[T any](ids []int64, rows []T, id func(T) int64) []T {
	known, list := byID(rows, id), make([]T, 0, len(ids))
	for _, n := range ids {
		if row, ok := known[n]; ok {
			list = append(list, row)
		}
	}
	return list
}

func byID[T any](rows []T, id func(T) int64) map[int64]T {
	known := make(map[int64]T, len(rows))
	for _, row := range rows {
		known[id(row)] = row
	}
	return known
}
