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
}

// ServiceList is what the page of all services shows.
type ServiceList struct {
	Active   []ServiceRow
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
		}
		if s.Active {
			list.Active = append(list.Active, row)
		} else {
			list.Removed = append(list.Removed, row)
		}
	}
	return list, nil
}
