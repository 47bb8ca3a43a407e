package rules

import (
	"cmp"
	"database/sql/driver"
	"errors"
	"fmt"
	"time"
)

// Date is a day in the calendar, without a zone. The zero Date is no date, NULL in a table.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

var errDate = errors.New("not a date of the form 2006-01-02 between the years 1000 and 9999")

// ParseDate reads 2006-01-02. It refuses days that do not exist and years that a DATE column cannot hold.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1000 {
		return Date{}, errDate
	}
	return DateOf(t, time.UTC), nil
}

// DateOf is the date on the calendar in zone at t.
func DateOf(t time.Time, zone *time.Location) Date {
	year, month, day := t.In(zone).Date()
	return Date{year, month, day}
}

func (d Date) IsZero() bool { return d == Date{} }

// String is 2006-01-02, or nothing for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

func (d Date) Before(other Date) bool {
	return cmp.Or(cmp.Compare(d.Year, other.Year), cmp.Compare(d.Month, other.Month), cmp.Compare(d.Day, other.Day)) < 0
}

func (d Date) After(other Date) bool { return other.Before(d) }

// AddDays counts days in the calendar, not stretches of 24 hours.
func (d Date) AddDays(n int) Date {
	return DateOf(time.Date(d.Year, d.Month, d.Day+n, 0, 0, 0, 0, time.UTC), time.UTC)
}

func (d Date) Weekday() time.Weekday { return d.wall(0).Weekday() }

// ISOWeekday is 1 for Monday to 7 for Sunday, as in [Window] and [OpenInterval].
func (d Date) ISOWeekday() int { return (int(d.Weekday())+6)%7 + 1 }

// weeksUntil counts the weeks from the one of d to the one of another day, which is none earlier; weeks begin on Monday.
func (d Date) weeksUntil(other Date) int {
	monday := d.AddDays(1 - d.ISOWeekday())
	return int(other.wall(0).Sub(monday.wall(0))/(24*time.Hour)) / 7
}

// inYear is the same day of another year: of a 29 February the 28th where there is none.
func (d Date) inYear(year int) Date {
	if same := (Date{year, d.Month, d.Day}); DateOf(same.wall(0), time.UTC) == same {
		return same
	}
	return Date{year, d.Month, d.Day - 1}
}

// In is the moment at which the wall clock in zone shows the minute of this day, 0 to 1440. A time that the clock jumps
// over becomes the moment of the jump; of a time that comes twice it is the first.
func (d Date) In(minute int, zone *time.Location) time.Time {
	t, _ := LocalAt(d, minute, zone)
	return t
}

// Scan reads a DATE column, NULL as the zero Date.
func (d *Date) Scan(value any) error {
	*d = Date{}
	switch v := value.(type) {
	case nil:
		return nil
	case time.Time:
		if !v.IsZero() {
			*d = DateOf(v, v.Location())
		}
		return nil
	case string:
		return d.parse(v)
	case []byte:
		return d.parse(string(v))
	}
	return fmt.Errorf("read a date from %T", value)
}

func (d *Date) parse(s string) (err error) {
	*d, err = ParseDate(s)
	return err
}

// Value is the text of the date, NULL for the zero Date.
func (d Date) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.String(), nil
}

// wall is what the wall clock shows, written as if it hung in Greenwich, so that it can be counted with.
func (d Date) wall(minute int) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, minute, 0, 0, time.UTC)
}
