package api

import (
	"github.com/oapi-codegen/nullable"

	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

func slotOf(s waitlist.StaffSlot) spec.Slot {
	return spec.Slot{
		ID: s.SlotID, State: spec.SlotState(s.State), StaffMember: spec.Reference{ID: s.Staff.ID, Name: s.Staff.Name}, Service: serviceNamed(s.ServiceID, s.ServiceName),
		StartsAt: s.Start.UTC(), EndsAt: s.End.UTC(), Origin: spec.SlotOrigin(s.Origin), OutsideHours: s.OutsideHours, CreatedAt: s.Created.UTC(),
		UnfilledReason: orNull(spec.UnfilledReason(s.Reason)), WaitsUntil: momentOrNull(s.WaitsUntil), TriedAt: momentOrNull(s.TriedAt),
		NextTryAt: momentOrNull(s.NextTryAt), WithdrawDueAt: momentOrNull(s.SlotDueAt),
		Customer: contactOrNull(s.Person), Offer: offerOn(s.DayItem), Booking: bookingOn(s.DayItem),
	}
}

func slotsOf(slots []waitlist.StaffSlot) []spec.Slot {
	list := make([]spec.Slot, len(slots))
	for i, s := range slots {
		list[i] = slotOf(s)
	}
	return list
}

func slotDetailOf(d waitlist.SlotDetail) spec.SlotDetail {
	s := slotOf(d.StaffSlot)
	return spec.SlotDetail{
		ID: s.ID, State: s.State, StaffMember: s.StaffMember, Service: s.Service, StartsAt: s.StartsAt, EndsAt: s.EndsAt, Origin: s.Origin, OutsideHours: s.OutsideHours, CreatedAt: s.CreatedAt,
		UnfilledReason: s.UnfilledReason, WaitsUntil: s.WaitsUntil, TriedAt: s.TriedAt, NextTryAt: s.NextTryAt, WithdrawDueAt: s.WithdrawDueAt,
		Customer: s.Customer, Offer: s.Offer, Booking: s.Booking, ChosenEntryID: orNull(d.ChosenID), Offers: offersOf(d.Offers),
	}
}

// offerOn is the offer that holds a slot.
func offerOn(item waitlist.DayItem) nullable.Nullable[spec.SlotOffer] {
	if item.OfferID == "" {
		return nullable.NewNullNullable[spec.SlotOffer]()
	}
	return nullable.NewNullableWithValue(spec.SlotOffer{
		ID: item.OfferID, EndsAt: item.AppointmentTo.UTC(), ExpiresAt: item.ExpiresAt.UTC(), ShownExpiresAt: rules.ShownDeadline(item.ExpiresAt).UTC(),
		WithdrawDueAt: momentOrNull(item.OfferDueAt),
	})
}

// bookingOn is the booking that has a slot.
func bookingOn(item waitlist.DayItem) nullable.Nullable[spec.SlotBooking] {
	if item.BookingID == "" {
		return nullable.NewNullNullable[spec.SlotBooking]()
	}
	return nullable.NewNullableWithValue(spec.SlotBooking{
		ID: item.BookingID, Busy: item.Busy, State: spec.BookingState(item.BookingState), EndsAt: item.AppointmentTo.UTC(), Note: orNull(item.Note),
		CancelDueAt: momentOrNull(item.CancelDueAt), AttendAs: orNull(spec.Attendance(item.AttendAs)), ComingAt: momentOrNull(item.ComingAt),
	})
}

// serviceNamed is a service by its id and the name it had; null for none.
func serviceNamed(id, name string) nullable.Nullable[spec.Reference] {
	return orNull(spec.Reference{ID: id, Name: name})
}

func contactOrNull(p waitlist.Person) nullable.Nullable[spec.CustomerContact] {
	if p.ID == "" {
		return nullable.NewNullNullable[spec.CustomerContact]()
	}
	return nullable.NewNullableWithValue(contactOf(p))
}
