package business

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// ClosureRow is a closure as the list shows it.
type ClosureRow struct {
	ID string
	rules.Closure
	Next      rules.Date // of one to come: its first day from today on
	StaffName string     // empty: the whole business

	StaffMember string // public id; empty: the whole business
	Version     int
}

// ClosureList is what the page of all closures shows: those not over yet by their next day, then the latest that are.
type ClosureList struct {
	Coming   []ClosureRow
	Past     []ClosureRow
	Today    rules.Date
	Holidays HolidaysInBrief
}

// mostPast is how many past closures a page shows.
const mostPast = 20

// Closures lists the closures of a business.
func (b *Business) Closures(ctx context.Context, tenantID int64) (ClosureList, error) {
	list, err := b.AllClosures(ctx, tenantID)
	if err != nil {
		return list, err
	}
	list.Past = list.Past[:min(len(list.Past), mostPast)]
	list.Holidays, err = b.holidaysInBrief(ctx, tenantID, list.Today)
	return list, err
}

// AllClosures lists the closures of a business, however many are over, and nothing of public holidays.
func (b *Business) AllClosures(ctx context.Context, tenantID int64) (ClosureList, error) {
	setup, err := readSetup(ctx, b.db.Queries, tenantID)
	if err != nil {
		return ClosureList{}, err
	}
	return b.closuresOf(ctx, setup, func(db.Closure) bool { return true })
}

// closuresOf lists those of the closures that are asked for.
func (b *Business) closuresOf(ctx context.Context, s setup, wanted func(db.Closure) bool) (ClosureList, error) {
	now, err := b.db.Now(ctx)
	if err != nil {
		return ClosureList{}, err
	}
	list := ClosureList{Today: rules.DateOf(now, s.zone)}
	rows, err := b.db.ListClosures(ctx, s.tenantID)
	if err != nil {
		return list, db.Down(fmt.Errorf("reading the closures: %w", err))
	}
	rows = slices.DeleteFunc(rows, func(row db.Closure) bool { return !wanted(row) })
	means, err := waitlist.Closures(ctx, b.db.Queries, s.tenantID, rows)
	if err != nil {
		return list, db.Down(err)
	}
	for i, row := range rows {
		one := ClosureRow{ID: row.PublicID, Closure: means[i], Version: row.Version}
		if row.StaffMemberID != nil {
			one.StaffName, one.StaffMember = s.staff[*row.StaffMemberID].Name, s.staff[*row.StaffMemberID].PublicID
		}
		if one.comes(list.Today) {
			list.Coming = append(list.Coming, one)
		} else {
			list.Past = append([]ClosureRow{one}, list.Past...)
		}
	}
	slices.SortStableFunc(list.Coming, func(x, y ClosureRow) int {
		return cmp.Or(cmp.Compare(x.sortDate().String(), y.sortDate().String()), cmp.Compare(x.From.String(), y.From.String()))
	})
	return list, nil
}

// comes finds the next day and tells whether there is one.
func (c *ClosureRow) comes(today rules.Date) (ok bool) {
	from := c.From
	if from.Before(today) {
		from = today
	}
	c.Next, ok = c.Closure.Next(from, searched)
	return ok
}

// sortDate is the next day, but of one that is going on its first.
func (c ClosureRow) sortDate() rules.Date {
	if c.Repeats() {
		return c.Next
	}
	return c.From
}
