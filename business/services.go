package business

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/waitlist"
)

// ServiceRow is a service as the list shows it.
type ServiceRow struct {
	ID       string
	Name     string
	Duration time.Duration
	Buffer   time.Duration
	Price    waitlist.Price
	Staff    []waitlist.StaffChoice // active, who offer it
	Waiting  int                    // live entries, unconfirmed ones included
	Place    int                    // among the active ones of its category, 0 the first
	Last     bool                   // the last of them

	CategoryID string // public; empty: none
	Version    int
}

// ServiceGroup is the active services of one category.
type ServiceGroup struct {
	Category string // empty: none
	Services []ServiceRow
}

// ServiceList is what the page of all services shows.
type ServiceList struct {
	Active   []ServiceRow
	Groups   []ServiceGroup // the active ones by category, in the order of pages; none is empty
	Removed  []ServiceRow
	HasStaff bool // the business has active staff members
}

// Services lists the services of a business in the order of pages.
func (b *Business) Services(ctx context.Context, tenantID int64) (ServiceList, error) {
	setup, err := readSetup(ctx, b.db.Queries, tenantID)
	if err != nil {
		return ServiceList{}, err
	}
	counts, err := b.db.CountLiveEntriesByService(ctx, tenantID)
	if err != nil {
		return ServiceList{}, db.Down(fmt.Errorf("counting who waits: %w", err))
	}
	waiting := map[int64]int64{}
	for _, c := range counts {
		waiting[c.ServiceID] = c.Waiting
	}
	list := ServiceList{HasStaff: len(setup.activeStaff()) > 0}
	for _, s := range setup.allServices() {
		row := ServiceRow{
			ID: s.PublicID, Name: s.Name, Duration: minutes(s.DurationMinutes), Buffer: minutes(s.BufferMinutes),
			Price: setup.price(s), Staff: setup.staffOf(s.ID), Waiting: int(waiting[s.ID]),
			CategoryID: setup.categoryOf(s).PublicID, Version: s.Version,
		}
		if s.Active {
			list.add(setup.categoryOf(s).Name, row)
		} else {
			list.Removed = append(list.Removed, row)
		}
	}
	return list, nil
}

// add puts an active service at the end of its group, which is the last.
func (l *ServiceList) add(category string, row ServiceRow) {
	if n := len(l.Groups); n == 0 || l.Groups[n-1].Category != category {
		l.Groups = append(l.Groups, ServiceGroup{Category: category})
	}
	group := &l.Groups[len(l.Groups)-1]
	if row.Place = len(group.Services); row.Place > 0 {
		group.Services[row.Place-1].Last = false
	}
	row.Last = true
	group.Services, l.Active = append(group.Services, row), append(l.Active, row)
}
