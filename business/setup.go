package business

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/waitlist"
)

// setup is who works in a business and what it offers.
type setup struct {
	tenantID  int64
	settings  db.Setting
	zone      *time.Location
	staff     map[int64]db.StaffMember // removed ones too
	services  map[int64]db.Service     // removed ones too
	ordered   []db.ServiceCategory     // in the order of pages
	offerings []offering               // of active staff members and active services
	ended     []offering               // where one of the two was removed
}

// offering is one staff member giving appointments for one service.
type offering struct{ staffID, serviceID int64 }

func readSetup(ctx context.Context, q *db.Queries, tenantID int64) (setup, error) {
	s := setup{tenantID: tenantID, staff: map[int64]db.StaffMember{}, services: map[int64]db.Service{}}
	row, err := q.GetSettings(ctx, tenantID)
	if s.settings, err = found(row, err, "problem.no_such_business"); err != nil {
		return s, err
	}
	if s.zone, err = time.LoadLocation(row.Zone); err != nil {
		return s, fmt.Errorf("zone of business %d: %w", tenantID, err)
	}
	staff, err := q.AllStaffMembers(ctx, tenantID)
	if err != nil {
		return s, db.Down(fmt.Errorf("reading staff members: %w", err))
	}
	for _, m := range staff {
		s.staff[m.ID] = m
	}
	services, err := q.AllServices(ctx, tenantID)
	if err != nil {
		return s, db.Down(fmt.Errorf("reading services: %w", err))
	}
	for _, one := range services {
		s.services[one.ID] = one
	}
	if s.ordered, err = q.ListCategories(ctx, tenantID); err != nil {
		return s, db.Down(fmt.Errorf("reading categories: %w", err))
	}
	pairs, err := q.ListStaffServices(ctx, tenantID)
	if err != nil {
		return s, db.Down(fmt.Errorf("reading who offers what: %w", err))
	}
	for _, p := range pairs {
		o := offering{p.StaffMemberID, p.ServiceID}
		if s.staff[o.staffID].Active && s.services[o.serviceID].Active {
			s.offerings = append(s.offerings, o)
		} else {
			s.ended = append(s.ended, o)
		}
	}
	return s, nil
}

// activeStaff are the staff members in the order of pages.
func (s setup) activeStaff() []db.StaffMember {
	list := slices.SortedFunc(maps.Values(s.staff), func(x, y db.StaffMember) int {
		return cmp.Or(cmp.Compare(x.Position, y.Position), cmp.Compare(x.ID, y.ID))
	})
	return slices.DeleteFunc(list, func(m db.StaffMember) bool { return !m.Active })
}

// allServices are the services, removed ones too, in the order of pages: by category, those without one last.
func (s setup) allServices() []db.Service {
	return slices.SortedFunc(maps.Values(s.services), func(x, y db.Service) int {
		return cmp.Or(cmp.Compare(s.place(x), s.place(y)), cmp.Compare(x.Position, y.Position), cmp.Compare(x.ID, y.ID))
	})
}

// activeServices are the services that can be asked for, in the order of pages.
func (s setup) activeServices() []db.Service {
	return slices.DeleteFunc(s.allServices(), func(one db.Service) bool { return !one.Active })
}

func (s setup) price(one db.Service) waitlist.Price {
	return waitlist.Price{Kind: one.PriceKind, Minor: one.PriceMinor, Currency: s.settings.Currency}
}

// service finds an active service by its public id.
func (s setup) service(id string) (db.Service, error) {
	one, err := s.anyService(id)
	if err == nil && !one.Active {
		err = problem.New(problem.NotFound, "admin.bad.no_service")
	}
	return one, err
}

func (s setup) anyService(id string) (db.Service, error) {
	for _, one := range s.services {
		if one.PublicID == id {
			return one, nil
		}
	}
	return db.Service{}, problem.New(problem.NotFound, "admin.bad.no_service")
}

// staffMember finds an active staff member by the public id.
func (s setup) staffMember(id string) (db.StaffMember, error) {
	m, err := s.anyStaffMember(id)
	if err == nil && !m.Active {
		err = problem.New(problem.NotFound, "admin.bad.no_staff_member")
	}
	return m, err
}

func (s setup) anyStaffMember(id string) (db.StaffMember, error) {
	for _, m := range s.staff {
		if m.PublicID == id {
			return m, nil
		}
	}
	return db.StaffMember{}, problem.New(problem.NotFound, "admin.bad.no_staff_member")
}

// offers tells whether an active staff member offers an active service.
func (s setup) offers(staffID, serviceID int64) bool {
	return slices.Contains(s.offerings, offering{staffID, serviceID})
}

// staffOf are the active staff members who offer a service; one that was removed is offered by those who would do so again.
func (s setup) staffOf(serviceID int64) []waitlist.StaffChoice {
	var list []waitlist.StaffChoice
	for _, m := range s.activeStaff() {
		o := offering{m.ID, serviceID}
		if slices.Contains(s.offerings, o) || slices.Contains(s.ended, o) {
			list = append(list, staffChoice(m))
		}
	}
	return list
}

func staffChoice(m db.StaffMember) waitlist.StaffChoice {
	return waitlist.StaffChoice{ID: m.PublicID, Name: m.Name}
}

func minutes(n int) time.Duration { return time.Duration(n) * time.Minute }
