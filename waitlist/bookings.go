package waitlist

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
)

// BookingFilter is which bookings of a business are asked for.
type BookingFilter struct {
	Period             // of their start; from today for a year unless it says otherwise
	StaffMember string // public id; empty: anybody's
	Customer    string // likewise
	State       rules.BookingState
	After       string // next of the page before; empty: the first page
	Limit       int
}

// Bookings are bookings in the order of their start, a page at a time: next is where it goes on, empty at the end. Fails with Invalid naming
// staff_member, customer, to or cursor.
func (w *Waitlist) Bookings(ctx context.Context, tenantID int64, f BookingFilter) (list []StaffBooking, next string, err error) {
	l := db.BookingList{TenantID: tenantID, State: f.State}
	after, err := readPlace(f.After)
	if err != nil {
		return nil, "", err
	}
	if l.From, l.To, err = w.ahead(ctx, tenantID, f.Period); err != nil {
		return nil, "", err
	}
	if l.StaffID, err = w.staffMemberID(ctx, tenantID, f.StaffMember); err != nil {
		return nil, "", err
	}
	if l.CustomerID, err = w.askedCustomerID(ctx, tenantID, f.Customer); err != nil {
		return nil, "", err
	}
	places, err := w.db.ListBookings(ctx, l, after, f.Limit+1)
	if err != nil {
		return nil, "", db.Down(err)
	}
	ids, next := pageOf(places, f.Limit)
	if len(ids) == 0 {
		return nil, "", nil
	}
	bookings, err := w.db.BookingsByID(ctx, db.BookingsByIDParams{TenantID: tenantID, Ids: ids})
	if err != nil {
		return nil, "", db.Down(fmt.Errorf("reading bookings: %w", err))
	}
	list, err = w.staffBookings(ctx, tenantID, asListed(ids, bookings, func(b db.Booking) int64 { return b.ID }))
	return list, next, err
}

// BookingOf is one booking. Fails with NotFound.
func (w *Waitlist) BookingOf(ctx context.Context, tenantID int64, bookingID string) (StaffBooking, error) {
	b, err := w.bookingOf(ctx, Staff{TenantID: tenantID}, bookingID)
	if err != nil {
		return StaffBooking{}, err
	}
	list, err := w.staffBookings(ctx, tenantID, []db.Booking{b})
	if err != nil {
		return StaffBooking{}, err
	}
	return list[0], nil
}

// askedCustomerID finds a customer by a public id that is asked for; 0 for an empty one. Fails with Invalid.
func (w *Waitlist) askedCustomerID(ctx context.Context, tenantID int64, publicID string) (int64, error) {
	if publicID == "" {
		return 0, nil
	}
	c, known, err := maybe(w.db.GetCustomerByPublicID(ctx, db.GetCustomerByPublicIDParams{TenantID: tenantID, PublicID: publicID}))
	if err == nil && !known {
		return 0, problem.Invalid(problem.Bad("customer", "problem.no_such_customer"))
	}
	return c.ID, db.Down(wrap(err, "reading a customer"))
}

// aroundBookings is what bookings refer to.
type aroundBookings struct {
	slots           map[int64]db.Slot
	entries, offers map[int64]string // public ids
	people          map[int64]Person
	staff           map[int64]db.StaffMember
	services        map[int64]db.Service
	ratings         map[int64]db.Rating // by booking
}

// staffBookings describes bookings in the order given.
func (w *Waitlist) staffBookings(ctx context.Context, tenantID int64, bookings []db.Booking) ([]StaffBooking, error) {
	if len(bookings) == 0 {
		return nil, nil
	}
	around, err := w.aroundBookings(ctx, tenantID, bookings)
	if err != nil {
		return nil, db.Down(err)
	}
	list := make([]StaffBooking, len(bookings))
	for i, b := range bookings {
		if list[i], err = w.staffBooking(ctx, around, b); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func (w *Waitlist) staffBooking(ctx context.Context, around aroundBookings, b db.Booking) (StaffBooking, error) {
	m, slot := around.staff[b.StaffMemberID], around.slots[b.SlotID]
	s := StaffBooking{
		ID: b.PublicID, SlotID: slot.PublicID, Staff: StaffChoice{m.PublicID, m.Name}, Busy: b.Kind == kindBusy, Start: b.StartsAt, End: b.EndsAt,
		State: b.State, CancelledBy: b.CancelledBy, CancelDueAt: b.CancelDueAt, AttendAs: b.AttendAs, AttendDueAt: b.AttendDueAt,
		Created: b.CreatedAt, EndedAt: b.EndedAt, RemindedAt: b.RemindedAt, ComingAt: b.ComingAt,
	}
	if b.State != rules.BookingCancelled {
		s.FreeFrom = slot.EndsAt
	}
	if b.OfferID != nil {
		s.OfferID = around.offers[*b.OfferID]
	}
	if b.EntryID != nil {
		s.EntryID = around.entries[*b.EntryID]
	}
	if b.CustomerID != nil {
		s.Person = around.people[*b.CustomerID]
	}
	if b.ServiceID != nil {
		s.ServiceID, s.ServiceName, s.Price = around.services[*b.ServiceID].PublicID, b.ServiceName, Price{b.PriceKind, b.PriceMinor, b.Currency}
	}
	box, err := w.db.Box(ctx, b.TenantID)
	if err != nil {
		return s, err
	}
	if s.Note, err = box.Open(seal.Where{Tenant: b.TenantID, Table: "bookings", Column: "note", Row: b.PublicID}, b.Note); err != nil {
		return s, fmt.Errorf("opening a note: %w", err)
	}
	if r, rated := around.ratings[b.ID]; rated {
		s.Rating = Rating{Stars: r.Stars, Given: r.GivenAt}
		if s.Rating.Comment, err = box.Open(inRating(b), r.Comment); err != nil {
			return s, fmt.Errorf("opening the comment of a rating: %w", err)
		}
	}
	return s, nil
}

func (w *Waitlist) aroundBookings(ctx context.Context, tenantID int64, bookings []db.Booking) (a aroundBookings, err error) {
	var ids, slots, entries, offers, customers []int64
	for _, b := range bookings {
		ids, slots = append(ids, b.ID), append(slots, b.SlotID)
		for _, one := range []struct {
			id *int64
			to *[]int64
		}{{b.EntryID, &entries}, {b.OfferID, &offers}, {b.CustomerID, &customers}} {
			if one.id != nil {
				*one.to = append(*one.to, *one.id)
			}
		}
	}
	rows, err := w.db.SlotsByID(ctx, db.SlotsByIDParams{TenantID: tenantID, Ids: slots})
	if err != nil {
		return a, fmt.Errorf("reading slots: %w", err)
	}
	a.slots = byID(rows, func(s db.Slot) int64 { return s.ID })
	ratings, err := w.db.RatingsOfBookings(ctx, db.RatingsOfBookingsParams{TenantID: tenantID, BookingIds: ids})
	if err != nil {
		return a, fmt.Errorf("reading ratings: %w", err)
	}
	a.ratings = byID(ratings, func(r db.Rating) int64 { return r.BookingID })
	if a.entries, err = w.publicEntryIDs(ctx, tenantID, entries); err != nil {
		return a, err
	}
	if a.offers, err = w.publicOfferIDs(ctx, tenantID, offers); err != nil {
		return a, err
	}
	if a.people, err = w.people(ctx, tenantID, customers); err != nil {
		return a, err
	}
	if a.staff, err = w.staffMembers(ctx, tenantID); err != nil {
		return a, err
	}
	a.services, err = w.services(ctx, tenantID)
	return a, err
}
