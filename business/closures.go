package business

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
)

// ClosureRow is a closure as the list shows it.
type ClosureRow struct {
	ID        string
	From, To  rules.Date // both closed
	StaffName string     // empty: the whole business
	Reason    string
}

// ClosureList is what the page of all closures shows: those not over yet by their first day, then the latest that are.
type ClosureList struct {
	Coming []ClosureRow
	Past   []ClosureRow
	Today  rules.Date
}

// mostPast is how many past closures a page shows.
const mostPast = 20

// Closures lists the closures of a business.
func (b *Business) Closures(ctx context.Context, tenantID int64) (ClosureList, error) {
	setup, err := readSetup(ctx, b.db.Queries, tenantID)
	if err != nil {
		return ClosureList{}, err
	}
	now, err := b.db.Now(ctx)
	if err != nil {
		return ClosureList{}, err
	}
	rows, err := b.db.ListClosures(ctx, tenantID)
	if err != nil {
		return ClosureList{}, db.Down(fmt.Errorf("reading the closures: %w", err))
	}
	list := ClosureList{Today: rules.DateOf(now, setup.zone)}
	for _, row := range rows {
		one := setup.closureRow(row)
		if row.ToDate.Before(list.Today) {
			list.Past = append([]ClosureRow{one}, list.Past...)
		} else {
			list.Coming = append(list.Coming, one)
		}
	}
	list.Past = list.Past[:min(len(list.Past), mostPast)]
	return list, nil
}

func (s setup) closureRow(row db.Closure) ClosureRow {
	one := ClosureRow{ID: row.PublicID, From: row.FromDate, To: row.ToDate, Reason: row.Reason}
	if row.StaffMemberID != nil {
		one.StaffName = s.staff[*row.StaffMemberID].Name
	}
	return one
}
