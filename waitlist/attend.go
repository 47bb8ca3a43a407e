package waitlist

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
)

// CompleteBooking records that the customer came. Fails with Conflict before the start, or when the booking ended otherwise.
func (w *Waitlist) CompleteBooking(ctx context.Context, s Staff, bookingID string) error {
	return w.attend(ctx, s, bookingID, rules.BookingCompleted)
}

// NoShowBooking records that the customer did not come. Fails like CompleteBooking.
func (w *Waitlist) NoShowBooking(ctx context.Context, s Staff, bookingID string) error {
	return w.attend(ctx, s, bookingID, rules.BookingNoShow)
}

func (w *Waitlist) attend(ctx context.Context, s Staff, bookingID string, to rules.BookingState) error {
	booking, err := w.bookingOf(ctx, s, bookingID)
	if err != nil {
		return err
	}
	if booking.CustomerID == nil {
		return problem.New(problem.Conflict, "problem.busy_time")
	}
	return w.inTx(ctx, booking.TenantID, func(ctx context.Context, tx *db.Tx) error {
		_, booking, err := lockBooking(ctx, tx, booking.TenantID, booking.ID)
		if err != nil || booking.State == to {
			return err
		}
		p, err := lockParty(ctx, tx, booking.TenantID, *booking.CustomerID)
		if err != nil {
			return err
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		ok, err := moved(tx.EndBooking(ctx, db.EndBookingParams{ToState: to, At: &now, TenantID: booking.TenantID, ID: booking.ID, Now: now}))
		if err != nil {
			return fmt.Errorf("ending a booking: %w", err)
		}
		if !ok {
			return problem.New(problem.Conflict, "problem.booking_not_begun")
		}
		if err := countAttendance(ctx, tx, p, to); err != nil {
			return err
		}
		return audit.Note(ctx, tx, audit.Entry{
			TenantID: s.TenantID, Actor: audit.User, ActorID: s.UserID, Action: "booking." + string(to), Record: "bookings", RecordID: booking.ID,
		})
	})
}

func countAttendance(ctx context.Context, tx *db.Tx, p party, to rules.BookingState) error {
	var n int64
	var err error
	if to == rules.BookingCompleted {
		n, err = tx.CountVisit(ctx, db.CountVisitParams{TenantID: p.customer.TenantID, ID: p.customer.ID})
	} else {
		n, err = tx.CountNoShow(ctx, db.CountNoShowParams{TenantID: p.customer.TenantID, ID: p.customer.ID})
	}
	if err := must(n, err, "counting an attendance"); err != nil {
		return err
	}
	settings, err := LoadSettings(ctx, tx.Queries, p.customer.TenantID)
	if err != nil {
		return err
	}
	return rerank(ctx, tx, settings, p)
}
