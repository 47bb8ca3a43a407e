package waitlist

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
)

// Day is the slots and bookings of one local day, a column for each active staff member and for any other who has something then.
// Fails with NotFound for a day at the ends of the calendar.
func (w *Waitlist) Day(ctx context.Context, tenantID int64, d rules.Date) (Day, error) {
	if !thinkable(d) {
		return Day{}, notFound("problem.no_such_day")
	}
	settings, err := LoadSettings(ctx, w.db.Queries, tenantID)
	if err != nil {
		return Day{}, err
	}
	day := Day{Date: d, Zone: settings.Zone}
	if day.Now, err = w.db.Now(ctx); err != nil {
		return day, err
	}
	from, to := rules.DayBounds(d, settings.Zone)
	slots, err := w.db.SlotsBetween(ctx, db.SlotsBetweenParams{TenantID: tenantID, FromTime: from, ToTime: to, StartsAfter: from.Add(-longest)})
	if err != nil {
		return day, db.Down(fmt.Errorf("reading a day's slots: %w", err))
	}
	items, err := w.items(ctx, tenantID, slots)
	if err != nil {
		return day, err
	}
	schedule, err := readHours(ctx, w.db.Queries, settings, from, to)
	if err != nil {
		return day, db.Down(err)
	}
	staff, err := w.db.AllStaffMembers(ctx, tenantID)
	if err != nil {
		return day, db.Down(fmt.Errorf("reading staff members: %w", err))
	}
	for _, m := range staff {
		column := StaffDay{Staff: StaffChoice{ID: m.PublicID, Name: m.Name}, Open: schedule.OpenOn(m.ID, d)}
		for i, slot := range slots {
			if slot.StaffMemberID == m.ID {
				column.Items = append(column.Items, items[i])
			}
		}
		if m.Active || len(column.Items) > 0 {
			day.Staff = append(day.Staff, column)
		}
	}
	day.Away = away(schedule, d, staff)
	return day, nil
}

// away are the closures of a day, of the business and of those who are active.
func away(s rules.Schedule, d rules.Date, staff []db.StaffMember) (list []Away) {
	names := map[int64]string{0: ""}
	for _, m := range staff {
		if m.Active {
			names[m.ID] = m.Name
		}
	}
	for _, c := range s.Closures {
		name, known := names[c.StaffID]
		if !known || !c.On(d) {
			continue
		}
		one := Away{StaffName: name, ToMinute: 24 * 60, Reason: c.Reason}
		if !c.WholeDay() {
			one.FromMinute, one.ToMinute = c.FromMinute, c.ToMinute
		}
		list = append(list, one)
	}
	return list
}

// items describes slots with their live offers and bookings, in the order given.
func (w *Waitlist) items(ctx context.Context, tenantID int64, slots []db.Slot) ([]DayItem, error) {
	if len(slots) == 0 {
		return nil, nil
	}
	ids := make([]int64, len(slots))
	for i, s := range slots {
		ids[i] = s.ID
	}
	offers, bookings, people, err := w.claimsOf(ctx, tenantID, ids)
	if err != nil {
		return nil, err
	}
	services, err := w.services(ctx, tenantID)
	if err != nil {
		return nil, err
	}
	items := make([]DayItem, len(slots))
	for i, s := range slots {
		item := DayItem{
			SlotID: s.PublicID, Start: s.StartsAt, End: s.EndsAt, State: s.State, Origin: s.Origin, OutsideHours: s.OutsideHours, Created: s.CreatedAt,
			Reason: s.UnfilledReason, WaitsUntil: s.WaitsUntil, TriedAt: s.TriedAt, NextTryAt: s.NextTryAt, WithdrawDueAt: s.WithdrawDueAt, SlotDueAt: s.WithdrawDueAt,
		}
		if s.ServiceID != nil {
			item.ServiceID, item.ServiceName = services[*s.ServiceID].PublicID, services[*s.ServiceID].Name
		}
		if offer, ok := offers[s.ID]; ok && s.State == rules.SlotHeld {
			item.OfferID, item.Person, item.AppointmentTo = offer.PublicID, people[offer.CustomerID], offer.EndsAt
			item.ServiceID, item.ServiceName, item.ExpiresAt, item.OfferDueAt = services[offer.ServiceID].PublicID, offer.ServiceName, offer.ExpiresAt, offer.WithdrawDueAt
			if item.WithdrawDueAt == nil {
				item.WithdrawDueAt = offer.WithdrawDueAt
			}
		}
		if booking, ok := bookings[s.ID]; ok && s.State == rules.SlotBooked {
			if err := w.addBookingTo(ctx, &item, booking, people); err != nil {
				return nil, err
			}
			if booking.ServiceID != nil {
				item.ServiceID = services[*booking.ServiceID].PublicID
			}
		}
		items[i] = item
	}
	return items, nil
}

func (w *Waitlist) addBookingTo(ctx context.Context, item *DayItem, b db.Booking, people map[int64]Person) error {
	item.BookingID, item.BookingState, item.AppointmentTo, item.CancelDueAt, item.AttendAs = b.PublicID, b.State, b.EndsAt, b.CancelDueAt, b.AttendAs
	item.ComingAt = b.ComingAt
	item.ServiceName, item.Busy = b.ServiceName, b.Kind == kindBusy
	if b.CustomerID != nil {
		item.Person = people[*b.CustomerID]
	}
	box, err := w.db.Box(ctx, b.TenantID)
	if err != nil {
		return err
	}
	item.Note, err = box.Open(seal.Where{Tenant: b.TenantID, Table: "bookings", Column: "note", Row: b.PublicID}, b.Note)
	return wrap(err, "opening a note")
}

// claimsOf reads who has slots now: the pending offer or the latest booking of each, and the people in them.
func (w *Waitlist) claimsOf(ctx context.Context, tenantID int64, slotIDs []int64) (map[int64]db.Offer, map[int64]db.Booking, map[int64]Person, error) {
	offers, bookings := map[int64]db.Offer{}, map[int64]db.Booking{}
	var customerIDs []int64
	pending, err := w.db.PendingOffersOfSlots(ctx, db.PendingOffersOfSlotsParams{TenantID: tenantID, SlotIds: slotIDs})
	if err != nil {
		return nil, nil, nil, db.Down(fmt.Errorf("reading live offers: %w", err))
	}
	for _, o := range pending {
		offers[o.SlotID] = o
		customerIDs = append(customerIDs, o.CustomerID)
	}
	booked, err := w.db.StandingBookingsOfSlots(ctx, db.StandingBookingsOfSlotsParams{TenantID: tenantID, SlotIds: slotIDs})
	if err != nil {
		return nil, nil, nil, db.Down(fmt.Errorf("reading bookings: %w", err))
	}
	for _, b := range booked {
		bookings[b.SlotID] = b
		if b.CustomerID != nil {
			customerIDs = append(customerIDs, *b.CustomerID)
		}
	}
	people, err := w.people(ctx, tenantID, customerIDs)
	return offers, bookings, people, err
}

func (w *Waitlist) people(ctx context.Context, tenantID int64, ids []int64) (map[int64]Person, error) {
	customers, err := w.customers(ctx, tenantID, ids)
	if err != nil {
		return nil, err
	}
	people := map[int64]Person{}
	for id, c := range customers {
		if people[id], err = w.person(ctx, c); err != nil {
			return nil, err
		}
	}
	return people, nil
}

// BookingDetail is one booking and whose it is. Fails with NotFound.
func (w *Waitlist) BookingDetail(ctx context.Context, tenantID int64, bookingID string) (DayItem, StaffChoice, error) {
	b, err := w.bookingOf(ctx, Staff{TenantID: tenantID}, bookingID)
	if err != nil {
		return DayItem{}, StaffChoice{}, err
	}
	slot, err := w.db.GetSlot(ctx, db.GetSlotParams{TenantID: tenantID, ID: b.SlotID})
	if err != nil {
		return DayItem{}, StaffChoice{}, db.Down(fmt.Errorf("reading a slot: %w", err))
	}
	item := DayItem{SlotID: slot.PublicID, Start: b.StartsAt, End: slot.EndsAt, State: slot.State}
	var people map[int64]Person
	if b.CustomerID != nil {
		if people, err = w.people(ctx, tenantID, []int64{*b.CustomerID}); err != nil {
			return item, StaffChoice{}, err
		}
	}
	if err := w.addBookingTo(ctx, &item, b, people); err != nil {
		return item, StaffChoice{}, err
	}
	if item.Rating, err = w.ratingOf(ctx, b); err != nil {
		return item, StaffChoice{}, err
	}
	m, err := w.db.GetStaffMember(ctx, db.GetStaffMemberParams{TenantID: tenantID, ID: b.StaffMemberID})
	return item, StaffChoice{ID: m.PublicID, Name: m.Name}, db.Down(wrap(err, "reading a staff member"))
}
