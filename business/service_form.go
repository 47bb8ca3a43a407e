package business

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// Bounds of what a service is: names in characters, the rest in minutes.
const (
	LongestServiceName = 120
	LeastDuration      = 5
	MostDuration       = 1440
	MostBuffer         = 480
)

// ServiceForm is what is typed about a service.
type ServiceForm struct {
	Name      string      `form:"name"`
	Duration  string      `form:"duration"`   // minutes, LeastDuration to MostDuration
	Buffer    string      `form:"buffer"`     // minutes, 0 to MostBuffer
	PriceKind string      `form:"price_kind"` // a rules.PriceKind
	Price     string      `form:"price"`      // of rules.PriceAmount: as Locale writes it, in the currency of the business
	Category  string      `form:"category"`   // public id; empty: none
	Staff     []string    `form:"staff"`      // public ids of who offers it
	Version   string      `form:"version"`    // of the service that the form was made from
	Seen      string      `form:"seen"`       // Touched.Fingerprint of what was shown
	Press     string      `form:"press"`
	Locale    i18n.Locale // of whoever typed
}

// ServicePage is what surrounds the form of a service.
type ServicePage struct {
	ID       string // empty: one to add
	Name     string // as saved
	Currency string // ISO 4217
	Staff    []waitlist.StaffChoice

	Categories []CategoryChoice
}

// NewService is the page for adding a service, and a form to begin with: half an hour, offered by everybody.
func (b *Business) NewService(ctx context.Context, tenantID int64) (ServicePage, ServiceForm, error) {
	setup, err := readSetup(ctx, b.db.Queries, tenantID)
	if err != nil {
		return ServicePage{}, ServiceForm{}, err
	}
	page := setup.servicePage()
	form := ServiceForm{Duration: "30", Buffer: "0", PriceKind: string(rules.PriceAmount)}
	for _, m := range page.Staff {
		form.Staff = append(form.Staff, m.ID)
	}
	return page, form, nil
}

// Service is the page of an active service and its form as saved, for a reader with locale l.
func (b *Business) Service(ctx context.Context, tenantID int64, id string, l i18n.Locale) (ServicePage, ServiceForm, error) {
	setup, err := readSetup(ctx, b.db.Queries, tenantID)
	if err != nil {
		return ServicePage{}, ServiceForm{}, err
	}
	s, err := setup.service(id)
	if err != nil {
		return ServicePage{}, ServiceForm{}, err
	}
	page := setup.servicePage()
	page.ID, page.Name = s.PublicID, s.Name
	form := ServiceForm{
		Name: s.Name, Duration: strconv.Itoa(s.DurationMinutes), Buffer: strconv.Itoa(s.BufferMinutes), PriceKind: string(s.PriceKind),
		Category: setup.categoryOf(s).PublicID, Version: strconv.Itoa(s.Version),
	}
	if s.PriceKind == rules.PriceAmount {
		form.Price = PriceText(s.PriceMinor, page.Currency, l)
	}
	for _, m := range setup.staffOf(s.ID) {
		form.Staff = append(form.Staff, m.ID)
	}
	return page, form, nil
}

func (s setup) servicePage() ServicePage {
	page := ServicePage{Currency: s.settings.Currency, Categories: s.categoryChoices()}
	for _, m := range s.activeStaff() {
		page.Staff = append(page.Staff, staffChoice(m))
	}
	return page
}

// service is a ServiceForm that was read.
type service struct {
	Name      string
	Duration  int
	Buffer    int
	PriceKind rules.PriceKind
	Price     int64 // minor units
	Category  *int64
	Staff     []int64
}

func (f ServiceForm) read(s setup) (service, error) {
	var r reading
	read := service{
		Name:      r.name("name", f.Name, LongestServiceName),
		Duration:  r.number("duration", f.Duration, LeastDuration, MostDuration),
		Buffer:    r.number("buffer", f.Buffer, 0, MostBuffer),
		PriceKind: rules.PriceKind(f.PriceKind),
	}
	if read.Duration+read.Buffer > MostDuration && r.err() == nil {
		r.refuse("buffer", "admin.bad.over_a_day")
	}
	switch read.PriceKind {
	case rules.PriceAmount:
		read.Price = r.price("price", f.Price, f.Locale, s.settings.Currency)
	case rules.PriceFree, rules.PriceOnRequest:
	default:
		r.refuse("price_kind", "problem.required")
	}
	if f.Category != "" {
		if c, err := s.category(f.Category); err == nil {
			read.Category = &c.ID
		} else {
			r.refuse("category", "hours.bad.category")
		}
	}
	for _, id := range f.Staff {
		m, err := s.staffMember(id)
		if err != nil {
			r.refuse("staff", "admin.bad.staff")
			break
		}
		read.Staff = append(read.Staff, m.ID)
	}
	slices.Sort(read.Staff)
	read.Staff = slices.Compact(read.Staff)
	return read, r.err()
}

// offered is what the staff members offer once these are the ones who offer the service.
func (s setup) offered(serviceID int64, by []int64) []offering {
	after := slices.DeleteFunc(slices.Clone(s.offerings), func(o offering) bool { return o.serviceID == serviceID })
	for _, id := range by {
		after = append(after, offering{id, serviceID})
	}
	return after
}

// change is the row as the form has it. In another category it goes to the end.
func (s service) change(ctx context.Context, tx *db.Tx, row db.Service) (db.ChangeServiceParams, error) {
	c := db.ChangeServiceParams{
		Name: s.Name, DurationMinutes: s.Duration, BufferMinutes: s.Buffer, PriceKind: s.PriceKind, PriceMinor: s.Price,
		CategoryID: s.Category, Position: row.Position, TenantID: row.TenantID, ID: row.ID, Version: row.Version,
	}
	if !same(s.Category, row.CategoryID) {
		last, err := tx.NextServicePosition(ctx, row.TenantID)
		if err != nil {
			return c, fmt.Errorf("finding the end of the services: %w", err)
		}
		c.Position = int(last)
	}
	return c, nil
}

// is tells whether the row has all of it already.
func (s service) is(row db.Service) bool {
	return s.Name == row.Name && s.Duration == row.DurationMinutes && s.Buffer == row.BufferMinutes && s.PriceKind == row.PriceKind &&
		s.Price == row.PriceMinor && same(s.Category, row.CategoryID)
}

func same(a, b *int64) bool { return a == b || a != nil && b != nil && *a == *b }

// withLength adds to what a change of a service touches what was agreed at its old length, and the openings kept for it that it no longer
// fits into.
func (a *ahead) withLength(t Touched, row db.Service, after service) (Touched, error) {
	if after.Duration == row.DurationMinutes && after.Buffer == row.BufferMinutes {
		return t, nil
	}
	listed := map[string]bool{}
	for _, b := range t.Bookings {
		listed[b.ID] = true
	}
	for _, s := range t.Slots {
		listed[s.ID] = true
	}
	of := func(id *int64) bool { return id != nil && *id == row.ID }
	length := minutes(after.Duration + after.Buffer)
	short := func(s db.Slot) bool { return of(s.ServiceID) && s.EndsAt.Sub(s.StartsAt) < length }
	more, err := a.touched(
		func(b db.BookingsAheadRow) bool { return of(b.ServiceID) && !listed[b.PublicID] },
		func(s db.Slot) bool {
			offer := a.offers[s.ID]
			return !listed[s.PublicID] && (short(s) || offer != nil && offer.serviceID == row.ID)
		},
	)
	if err != nil {
		return t, err
	}
	for i := range more.Bookings {
		more.Bookings[i].Agreed = true
	}
	for i, s := range more.Slots {
		more.Slots[i].Agreed, more.Slots[i].Short = s.Held, !s.Held
	}
	t.Bookings, t.Slots = append(t.Bookings, more.Bookings...), append(t.Slots, more.Slots...)
	return t, nil
}
