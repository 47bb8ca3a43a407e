package api

import (
	"net/http"

	"github.com/labstack/echo/v4"
	"github.com/oapi-codegen/nullable"

	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// ListBookings answers GET /bookings.
func (d *door) ListBookings(c echo.Context, p spec.ListBookingsParams) error {
	after, err := placeOf(p.Cursor)
	if err != nil {
		return err
	}
	bookings, next, err := d.Waitlist.Bookings(c.Request().Context(), staffOf(c).TenantID, waitlist.BookingFilter{
		Period: periodOf(p.From, p.To), StaffMember: or(p.StaffMemberID, ""), Customer: or(p.CustomerID, ""),
		State: rules.BookingState(or(p.State, "")), After: after, Limit: limitOf(p.Limit),
	})
	if err != nil {
		return named(err, filterFields...)
	}
	data := make([]spec.Booking, len(bookings))
	for i, b := range bookings {
		data[i] = bookingOf(b)
	}
	return answer(c, http.StatusOK, spec.BookingList{Data: data, NextCursor: cursor(next)})
}

// Book answers POST /bookings.
func (d *door) Book(c echo.Context, _ spec.BookParams) error {
	ctx := c.Request().Context()
	var asked spec.NewBooking
	if err := read(c, &asked); err != nil {
		return err
	}
	f, err := bookForm(asked)
	if err != nil {
		return err
	}
	business, err := d.Waitlist.Business(ctx, staffOf(c).TenantID)
	if err != nil {
		return err
	}
	f.Locale, f.Press = business.Locale, pressOf(c)
	if asked.Customer != nil {
		f.Locale = languageOf(asked.Customer.Language, business.Locale)
	}
	id, err := d.Waitlist.Book(ctx, staffOf(c), f)
	if err != nil {
		return named(err, timeFields...)
	}
	b, err := d.Waitlist.BookingOf(ctx, staffOf(c).TenantID, id)
	if err != nil {
		return err
	}
	return made(c, "/bookings/"+id, bookingOf(b))
}

// bookForm refuses what doesn't go together with InvalidInput.
func bookForm(asked spec.NewBooking) (waitlist.Book, error) {
	f := waitlist.Book{
		StaffMember: asked.StaffMemberID, Busy: asked.Kind == spec.BookingKindBusy, Service: or(asked.ServiceID, ""), Minutes: or(asked.DurationMinutes, 0),
		Date: askedDay(&asked.Date), FromMinute: windowMinute(asked.Time), Customer: or(asked.CustomerID, ""), Note: or(asked.Note, ""), OutsideHours: or(asked.OutsideHours, false),
	}
	if asked.Customer != nil {
		f.Name, f.Email, f.Phone = asked.Customer.Name, or(asked.Customer.Email, ""), or(asked.Customer.Phone, "")
	}
	var bad []problem.Field
	for _, out := range []struct {
		name  string
		sent  bool
		other string
		is    bool
	}{
		{"service_id", asked.ServiceID != nil, "kind=busy", f.Busy}, {"customer_id", asked.CustomerID != nil, "kind=busy", f.Busy}, {"customer", asked.Customer != nil, "kind=busy", f.Busy},
		{"duration_minutes", asked.DurationMinutes != nil, "kind=appointment", !f.Busy}, {"customer", asked.Customer != nil, "customer_id", asked.CustomerID != nil},
	} {
		if out.sent && out.is {
			bad = append(bad, problem.Bad(out.name, "problem.api.not_with", "Other", out.other))
		}
	}
	if len(bad) > 0 {
		return f, problem.Invalid(bad...)
	}
	return f, nil
}

// GetBooking answers GET /bookings/{booking_id}.
func (d *door) GetBooking(c echo.Context, id spec.BookingID) error {
	b, err := d.Waitlist.BookingOf(c.Request().Context(), staffOf(c).TenantID, id)
	if err != nil {
		return err
	}
	return one(c, bookingOf(b))
}

// CancelBooking answers POST /bookings/{booking_id}/cancellation.
func (d *door) CancelBooking(c echo.Context, id spec.BookingID, _ spec.CancelBookingParams) error {
	if err := d.Waitlist.WishCancelBooking(c.Request().Context(), staffOf(c), id); err != nil {
		return err
	}
	return d.GetBooking(c, id)
}

// RestoreBooking answers POST /bookings/{booking_id}/restoration.
func (d *door) RestoreBooking(c echo.Context, id spec.BookingID, _ spec.RestoreBookingParams) error {
	if err := d.Waitlist.UndoBookingWish(c.Request().Context(), staffOf(c), id); err != nil {
		return err
	}
	return d.GetBooking(c, id)
}

// CompleteBooking answers POST /bookings/{booking_id}/completion.
func (d *door) CompleteBooking(c echo.Context, id spec.BookingID, _ spec.CompleteBookingParams) error {
	if err := d.Waitlist.CompleteBooking(c.Request().Context(), staffOf(c), id); err != nil {
		return err
	}
	return d.GetBooking(c, id)
}

// MissBooking answers POST /bookings/{booking_id}/no-show.
func (d *door) MissBooking(c echo.Context, id spec.BookingID, _ spec.MissBookingParams) error {
	if err := d.Waitlist.NoShowBooking(c.Request().Context(), staffOf(c), id); err != nil {
		return err
	}
	return d.GetBooking(c, id)
}

func bookingOf(b waitlist.StaffBooking) spec.Booking {
	shown := spec.Booking{
		ID: b.ID, Kind: spec.BookingKindAppointment, State: spec.BookingState(b.State), SlotID: b.SlotID, OfferID: orNull(b.OfferID), EntryID: orNull(b.EntryID),
		Customer: contactOrNull(b.Person), StaffMember: spec.Reference{ID: b.Staff.ID, Name: b.Staff.Name}, Service: serviceNamed(b.ServiceID, b.ServiceName),
		Price: nullable.NewNullNullable[spec.Price](), StartsAt: b.Start.UTC(), EndsAt: b.End.UTC(), FreeFrom: momentOrNull(&b.FreeFrom), Note: orNull(b.Note),
		CreatedAt: b.Created.UTC(), EndedAt: momentOrNull(b.EndedAt), CancelledBy: orNull(spec.Canceller(b.CancelledBy)), CancelDueAt: momentOrNull(b.CancelDueAt),
		AttendAs: orNull(spec.Attendance(b.AttendAs)), AttendDueAt: momentOrNull(b.AttendDueAt), RemindedAt: momentOrNull(b.RemindedAt), ComingAt: momentOrNull(b.ComingAt),
		Rating: nullable.NewNullNullable[spec.Rating](),
	}
	if b.Busy {
		shown.Kind = spec.BookingKindBusy
	} else {
		shown.Price = nullable.NewNullableWithValue(priceOf(b.Price))
	}
	if b.Rating.Stars > 0 {
		shown.Rating = nullable.NewNullableWithValue(spec.Rating{Stars: b.Rating.Stars, Comment: orNull(b.Rating.Comment), GivenAt: b.Rating.Given.UTC()})
	}
	return shown
}
