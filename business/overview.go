package business

import (
	"context"
	"fmt"
	"slices"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// Overview is how a business stands: its figures, and what is missing before customers can join and be offered something.
type Overview struct {
	Business  waitlist.Business
	Counts    waitlist.Counts
	Today     int // appointments of the local day, those over included
	Services  int
	Staff     int
	Unoffered []string // names of services that nobody offers
	Idle      []string // names of staff members who offer nothing
	HasHours  bool
	CanJoin   bool // somebody offers something: the join page has a choice
	Stopped   int  // webhooks that stopped by themselves
}

// Overview reads how a business stands now.
func (b *Business) Overview(ctx context.Context, tenantID int64) (Overview, error) {
	setup, err := readSetup(ctx, b.db.Queries, tenantID)
	if err != nil {
		return Overview{}, err
	}
	hours, err := openingHours(ctx, b.db.Queries, tenantID)
	if err != nil {
		return Overview{}, err
	}
	o := Overview{HasHours: len(hours) > 0, CanJoin: len(setup.offerings) > 0}
	if o.Business, err = b.waitlist.Business(ctx, tenantID); err != nil {
		return Overview{}, err
	}
	if o.Counts, err = b.waitlist.Counts(ctx, tenantID); err != nil {
		return Overview{}, err
	}
	if o.Today, err = b.appointmentsToday(ctx, setup); err != nil {
		return Overview{}, err
	}
	stopped, err := b.db.CountStoppedWebhookEndpoints(ctx, tenantID)
	if err != nil {
		return Overview{}, db.Down(fmt.Errorf("counting stopped webhooks: %w", err))
	}
	o.Stopped = int(stopped)
	for _, one := range setup.activeServices() {
		o.Services++
		if !slices.ContainsFunc(setup.offerings, func(by offering) bool { return by.serviceID == one.ID }) {
			o.Unoffered = append(o.Unoffered, one.Name)
		}
	}
	for _, m := range setup.activeStaff() {
		o.Staff++
		if !slices.ContainsFunc(setup.offerings, func(by offering) bool { return by.staffID == m.ID }) {
			o.Idle = append(o.Idle, m.Name)
		}
	}
	return o, nil
}

func (b *Business) appointmentsToday(ctx context.Context, s setup) (int, error) {
	now, err := b.db.Now(ctx)
	if err != nil {
		return 0, err
	}
	from, to := rules.DayBounds(rules.DateOf(now, s.zone), s.zone)
	n, err := b.db.CountAppointmentsBetween(ctx, db.CountAppointmentsBetweenParams{TenantID: s.tenantID, FromTime: from, ToTime: to})
	if err != nil {
		return 0, db.Down(fmt.Errorf("counting today's appointments: %w", err))
	}
	return int(n), nil
}
