package waitlist

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
)

// CompleteBooking records that the customer came: first a wish, carried out 10 s later, which UndoBookingWish undoes. Fails with Conflict
// before the start, or when the booking ended otherwise.
func (w *Waitlist) CompleteBooking(ctx context.Context, s Staff, bookingID string) error {
	return w.wishAttended(ctx, s, bookingID, rules.BookingCompleted)
}

// NoShowBooking records that the customer did not come. It is carried out, undone and fails like CompleteBooking.
func (w *Waitlist) NoShowBooking(ctx context.Context, s Staff, bookingID string) error {
	return w.wishAttended(ctx, s, bookingID, rules.BookingNoShow)
}

func (w *Waitlist) wishAttended(ctx context.Context, s Staff, bookingID string, as rules.BookingState) error {
	booking, err := w.bookingOf(ctx, s, bookingID)
	if err != nil {
		return err
	}
	if booking.CustomerID == nil {
		return problem.New(problem.Conflict, "problem.busy_time")
	}
	return w.inTx(ctx, booking.TenantID, func(ctx context.Context, tx *db.Tx) error {
		_, booking, err := lockBooking(ctx, tx, booking.TenantID, booking.ID)
		if err != nil || booking.State == as || booking.AttendAs == as {
			return err
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		due := now.Add(UndoFor)
		ok, err := moved(tx.WishBookingAttended(ctx, db.WishBookingAttendedParams{
			AttendAs: as, DueAt: &due, TenantID: booking.TenantID, ID: booking.ID, Now: now,
		}))
		if err != nil {
			return fmt.Errorf("recording an attendance: %w", err)
		}
		if !ok {
			return problem.New(problem.Conflict, "problem.booking_not_begun")
		}
		return audit.Note(ctx, tx, audit.Entry{
			TenantID: s.TenantID, By: s.Actor(), Action: "booking." + string(as), Record: "bookings", RecordID: booking.ID,
		})
	})
}

// carryOutAttendance ends a booking as staff recorded it and did not undo.
func (w *Waitlist) carryOutAttendance(ctx context.Context, tenantID, bookingID int64) (done bool, err error) {
	err = w.inTx(ctx, tenantID, func(ctx context.Context, tx *db.Tx) error {
		done = false
		_, booking, err := lockBooking(ctx, tx, tenantID, bookingID)
		if err != nil || booking.AttendDueAt == nil || booking.CustomerID == nil {
			return err
		}
		p, err := lockParty(ctx, tx, tenantID, *booking.CustomerID)
		if err != nil {
			return err
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		done, err = moved(tx.EndWishedBooking(ctx, db.EndWishedBookingParams{ToState: booking.AttendAs, At: &now, TenantID: tenantID, ID: bookingID}))
		if err != nil || !done {
			return wrap(err, "ending a booking")
		}
		action := "booking.kept"
		if booking.AttendAs == rules.BookingNoShow {
			action = "booking.missed"
		}
		if err := theProgram.did(ctx, tx, action, tenantID, "bookings", bookingID, nil); err != nil {
			return err
		}
		return countAttendance(ctx, tx, p, booking.AttendAs)
	})
	return done, err
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
