package waitlist

import (
	"context"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
)

// ConfirmComing is the button "Yes, I am coming" behind the link of a booking. Repeating it changes nothing. Fails with Gone when the appointment
// has begun, or the booking ended.
func (w *Waitlist) ConfirmComing(ctx context.Context, token string) error {
	booking, err := w.bookingByToken(ctx, token)
	if err != nil {
		return err
	}
	if booking.CustomerID == nil {
		return notFound("problem.no_such_link")
	}
	return w.inTx(ctx, booking.TenantID, func(ctx context.Context, tx *db.Tx) error {
		locked, err := tx.LockBooking(ctx, db.LockBookingParams{TenantID: booking.TenantID, ID: booking.ID})
		if err != nil {
			return wrap(err, "locking a booking")
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		said, err := moved(tx.SayComing(ctx, db.SayComingParams{At: &now, TenantID: locked.TenantID, ID: locked.ID, Now: now}))
		switch {
		case err != nil:
			return wrap(err, "keeping that somebody comes")
		case said:
			return customer(*locked.CustomerID).did(ctx, tx, "booking.coming", locked.TenantID, "bookings", locked.ID, nil)
		case locked.ComingAt != nil && locked.State == rules.BookingConfirmed:
			return nil
		}
		return problem.New(problem.Gone, "problem.booking_over")
	})
}
