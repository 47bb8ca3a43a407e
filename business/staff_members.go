package business

import (
	"context"
	"slices"
	"strconv"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// StaffRow is a staff member as the list shows them.
type StaffRow struct {
	ID       string
	Name     string
	Services []string // names of the active services they offer
	HasLogin bool
	OwnHours bool

	ServiceIDs []string // public, of the services
	Version    int
}

// StaffList is what the page of all staff members shows.
type StaffList struct {
	Active      []StaffRow
	HasServices bool // the business has active services
}

// StaffMembers lists the active staff members in the order of pages.
func (b *Business) StaffMembers(ctx context.Context, tenantID int64) (StaffList, error) {
	setup, err := readSetup(ctx, b.db.Queries, tenantID)
	if err != nil {
		return StaffList{}, err
	}
	services := setup.activeServices()
	list := StaffList{HasServices: len(services) > 0}
	for _, m := range setup.activeStaff() {
		row := StaffRow{ID: m.PublicID, Name: m.Name, HasLogin: m.UserID != nil, OwnHours: m.OwnHours, Version: m.Version}
		for _, s := range services {
			if setup.offers(m.ID, s.ID) {
				row.Services, row.ServiceIDs = append(row.Services, s.Name), append(row.ServiceIDs, s.PublicID)
			}
		}
		list.Active = append(list.Active, row)
	}
	return list, nil
}

// StaffForm is what is typed about a staff member.
type StaffForm struct {
	Name     string   `form:"name"`
	Services []string `form:"services"` // public ids of what they offer
	Version  string   `form:"version"`  // of the staff member that the form was made from
	Seen     string   `form:"seen"`     // Touched.Fingerprint of what was shown
	Press    string   `form:"press"`
}

// StaffPage is what surrounds the form of a staff member.
type StaffPage struct {
	ID       string // empty: one to add
	Name     string // as saved
	Services []waitlist.ServiceChoice
	OwnHours bool         // they work by hours of their own
	TimeOff  []ClosureRow // to come, their own; their first day to come first
	Today    rules.Date
}

// NewStaffMember is the page for adding a staff member, and a form to begin with: they offer everything.
func (b *Business) NewStaffMember(ctx context.Context, tenantID int64) (StaffPage, StaffForm, error) {
	setup, err := readSetup(ctx, b.db.Queries, tenantID)
	if err != nil {
		return StaffPage{}, StaffForm{}, err
	}
	page := setup.staffPage()
	var form StaffForm
	for _, s := range page.Services {
		form.Services = append(form.Services, s.ID)
	}
	return page, form, nil
}

// StaffMember is the page of an active staff member and their form as saved.
func (b *Business) StaffMember(ctx context.Context, tenantID int64, id string) (StaffPage, StaffForm, error) {
	setup, err := readSetup(ctx, b.db.Queries, tenantID)
	if err != nil {
		return StaffPage{}, StaffForm{}, err
	}
	m, err := setup.staffMember(id)
	if err != nil {
		return StaffPage{}, StaffForm{}, err
	}
	page := setup.staffPage()
	page.ID, page.Name = m.PublicID, m.Name
	page.OwnHours = m.OwnHours
	form := StaffForm{Name: m.Name, Version: strconv.Itoa(m.Version)}
	for _, s := range setup.activeServices() {
		if setup.offers(m.ID, s.ID) {
			form.Services = append(form.Services, s.PublicID)
		}
	}
	list, err := b.closuresOf(ctx, setup, func(c db.Closure) bool { return c.StaffMemberID != nil && *c.StaffMemberID == m.ID })
	page.TimeOff, page.Today = list.Coming, list.Today
	return page, form, err
}

func (s setup) staffPage() StaffPage {
	var page StaffPage
	for _, one := range s.activeServices() {
		page.Services = append(page.Services, waitlist.ServiceChoice{
			ID: one.PublicID, Name: one.Name, Duration: minutes(one.DurationMinutes), Buffer: minutes(one.BufferMinutes), Price: s.price(one),
		})
	}
	return page
}

// LongestStaffName is in characters.
const LongestStaffName = 80

// read checks the form and finds the ids of the services.
func (f StaffForm) read(s setup) (name string, services []int64, err error) {
	var r reading
	name = r.name("name", f.Name, LongestStaffName)
	for _, id := range f.Services {
		one, err := s.service(id)
		if err != nil {
			r.refuse("services", "admin.bad.service")
			break
		}
		services = append(services, one.ID)
	}
	slices.Sort(services)
	return name, slices.Compact(services), r.err()
}

// withStaff is what all offer once this staff member offers exactly these services.
func (s setup) withStaff(staffID int64, services []int64) []offering {
	after := s.withoutStaff(staffID)
	for _, id := range services {
		after = append(after, offering{staffID, id})
	}
	return after
}

// withoutStaff is what the others offer.
func (s setup) withoutStaff(staffID int64) []offering {
	return slices.DeleteFunc(slices.Clone(s.offerings), func(o offering) bool { return o.staffID == staffID })
}
