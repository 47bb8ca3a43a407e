package waitlist

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/holidays"
	"github.com/your-org/waitlist-management/rules"
)

// ReadSchedule reads when a business and its staff members give appointments: the hours, and the closures and public holidays that can
// concern the days from one to another, both inclusive. The number of queries does not depend on how many days or staff members those are.
func ReadSchedule(ctx context.Context, q *db.Queries, tenantID int64, zone *time.Location, from, to rules.Date) (rules.Schedule, error) {
	s := rules.Schedule{Zone: zone}
	rows, err := q.ListOpeningHours(ctx, tenantID)
	if err != nil {
		return s, fmt.Errorf("reading opening hours: %w", err)
	}
	for _, h := range rows {
		s.Hours = append(s.Hours, rules.OpenInterval{Weekday: h.Weekday, From: h.FromMinute, To: h.ToMinute})
	}
	if s.Own, err = OwnHours(ctx, q, tenantID); err != nil {
		return s, err
	}
	closed, err := q.ClosuresBetween(ctx, db.ClosuresBetweenParams{TenantID: tenantID, FromDate: from, ToDate: to})
	if err != nil {
		return s, fmt.Errorf("reading closures: %w", err)
	}
	if s.Closures, err = Closures(ctx, q, tenantID, closed); err != nil {
		return s, err
	}
	choice, err := ReadHolidayChoice(ctx, q, tenantID)
	if err != nil {
		return s, err
	}
	s.Closures = append(s.Closures, choice.Closures(from, to)...)
	return s, nil
}

// OwnHours are the hours of the staff members who have some of their own.
func OwnHours(ctx context.Context, q *db.Queries, tenantID int64) (map[int64][]rules.OpenInterval, error) {
	rows, err := q.ListStaffHours(ctx, tenantID)
	if err != nil {
		return nil, fmt.Errorf("reading the hours of staff members: %w", err)
	}
	own := map[int64][]rules.OpenInterval{}
	for _, h := range rows {
		hours := own[h.StaffMemberID]
		if h.Weekday > 0 { // 0: the one row of somebody who has none
			hours = append(hours, rules.OpenInterval{Weekday: int(h.Weekday), From: int(h.FromMinute), To: int(h.ToMinute)})
		}
		own[h.StaffMemberID] = hours
	}
	return own, nil
}

// Closures are rows of closures with the days that they skip.
func Closures(ctx context.Context, q *db.Queries, tenantID int64, rows []db.Closure) ([]rules.Closure, error) {
	skips := map[int64][]rules.Date{}
	if slices.ContainsFunc(rows, func(c db.Closure) bool { return c.Repeats != rules.RepeatNever }) {
		all, err := q.ClosureSkips(ctx, tenantID)
		if err != nil {
			return nil, fmt.Errorf("reading what closures skip: %w", err)
		}
		for _, skip := range all {
			skips[skip.ClosureID] = append(skips[skip.ClosureID], skip.OnDate)
		}
	}
	list := make([]rules.Closure, len(rows))
	for i, c := range rows {
		list[i] = rules.Closure{
			From: c.FromDate, To: c.ToDate, FromMinute: c.FromMinute, ToMinute: c.ToMinute, Repeat: c.Repeats,
			Weeks: c.EveryWeeks, Weekdays: c.Weekdays, Until: c.UntilDate, Except: skips[c.ID], Reason: c.Reason,
		}
		if c.StaffMemberID != nil {
			list[i].StaffID = *c.StaffMemberID
		}
	}
	return list, nil
}

// HolidayChoice is whose public holidays close a business, and which of them don't.
type HolidayChoice struct {
	Country string                // ISO 3166-1; empty: no holiday closes it
	Region  string                // ISO 3166-2 without the country; empty: the whole country's
	Worked  []string              // names of holidays on which it never closes
	Open    map[rules.Date]string // single days on which it does not, with the holiday's name
}

// ReadHolidayChoice reads a business's choice; the zero value when it made none.
func ReadHolidayChoice(ctx context.Context, q *db.Queries, tenantID int64) (HolidayChoice, error) {
	choice := HolidayChoice{Open: map[rules.Date]string{}}
	rows, err := q.HolidaysOf(ctx, tenantID)
	if err != nil {
		return choice, fmt.Errorf("reading the choice of holidays: %w", err)
	}
	for _, row := range rows {
		choice.Country, choice.Region = row.Country, row.Region
		switch {
		case row.Name == nil:
		case row.OnDate.IsZero():
			choice.Worked = append(choice.Worked, *row.Name)
		default:
			choice.Open[row.OnDate] = *row.Name
		}
	}
	return choice, nil
}

// OpenDays are the single days on which the business opens all the same, in their order.
func (c HolidayChoice) OpenDays() []rules.Date {
	return slices.SortedFunc(maps.Keys(c.Open), func(a, b rules.Date) int { return strings.Compare(a.String(), b.String()) })
}

// Closes tells whether a holiday closes the business.
func (c HolidayChoice) Closes(h holidays.Holiday) bool {
	return !slices.Contains(c.Worked, h.Name) && c.Open[h.On] != h.Name
}

// Closures are the holidays from one day to another that close the business. They follow from the choice in every year.
func (c HolidayChoice) Closures(from, to rules.Date) (list []rules.Closure) {
	if c.Country == "" {
		return nil
	}
	for _, h := range holidays.Between(c.Country, c.Region, from, to) {
		if c.Closes(h) {
			list = append(list, rules.Closure{From: h.On, To: h.On, Reason: h.Name})
		}
	}
	return list
}
