package waitlist

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
)

const (
	byCustomer = "customer"
	byBusiness = "business"
)

// CancelBooking cancels the booking behind the customer's link at once; its time opens for the next customer. Repeating it
// changes nothing. Fails with Gone when the booking has begun or ended otherwise.
func (w *Waitlist) CancelBooking(ctx context.Context, token string) error {
	booking, err := w.bookingByToken(ctx, token)
	if err != nil {
		return err
	}
	return w.inTx(ctx, booking.TenantID, func(ctx context.Context, tx *db.Tx) error {
		slot, booking, err := lockBooking(ctx, tx, booking.TenantID, booking.ID)
		if err != nil || booking.State == rules.BookingCancelled {
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
		if booking.State != rules.BookingConfirmed || !booking.StartsAt.After(now) {
			return problem.New(problem.Gone, "problem.booking_over")
		}
		ok, err := moved(tx.CancelBooking(ctx, db.CancelBookingParams{CancelledBy: byCustomer, At: &now, TenantID: booking.TenantID, ID: booking.ID}))
		if err != nil || !ok {
			return must(0, err, "cancelling a booking")
		}
		err = audit.Note(ctx, tx, audit.Entry{
			TenantID: booking.TenantID, By: audit.ByCustomer(p.customer.ID), Action: "booking.cancel", Record: "bookings", RecordID: booking.ID,
		})
		if err != nil {
			return err
		}
		return w.reopenBooked(ctx, tx, slot, booking, now)
	})
}

// WishCancelBooking cancels a booking for the business: first a wish, carried out 10 s later, which UndoBookingWish undoes.
// Then the customer is told, and their entry waits again in its old place. Fails with Gone when the booking has begun or ended.
func (w *Waitlist) WishCancelBooking(ctx context.Context, s Staff, bookingID string) error {
	booking, err := w.bookingOf(ctx, s, bookingID)
	if err != nil {
		return err
	}
	return w.inTx(ctx, booking.TenantID, func(ctx context.Context, tx *db.Tx) error {
		_, booking, err := lockBooking(ctx, tx, booking.TenantID, booking.ID)
		if err != nil {
			return err
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		if booking.State != rules.BookingConfirmed || !booking.EndsAt.After(now) {
			return problem.New(problem.Gone, "problem.booking_over")
		}
		due := now.Add(UndoFor)
		wished, err := moved(tx.WishBookingCancelled(ctx, db.WishBookingCancelledParams{DueAt: &due, TenantID: booking.TenantID, ID: booking.ID}))
		if err != nil || !wished {
			return wrap(err, "wishing a booking cancelled")
		}
		return audit.Note(ctx, tx, audit.Entry{
			TenantID: s.TenantID, By: s.Actor(), Action: "booking.cancel", Record: "bookings", RecordID: booking.ID,
		})
	})
}

// UndoBookingWish takes a cancellation, or what was recorded of an attendance, back within 10 s; later it fails with Gone.
func (w *Waitlist) UndoBookingWish(ctx context.Context, s Staff, bookingID string) error {
	booking, err := w.bookingOf(ctx, s, bookingID)
	if err != nil {
		return err
	}
	return w.inTx(ctx, booking.TenantID, func(ctx context.Context, tx *db.Tx) error {
		_, booking, err := lockBooking(ctx, tx, booking.TenantID, booking.ID)
		if err != nil {
			return err
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		if booking.State == rules.BookingConfirmed && booking.CancelDueAt == nil && booking.AttendDueAt == nil {
			return nil
		}
		undone, err := moved(tx.UndoBookingWish(ctx, db.UndoBookingWishParams{TenantID: booking.TenantID, ID: booking.ID, At: &now}))
		if err != nil {
			return fmt.Errorf("undoing a wish: %w", err)
		}
		if !undone {
			return problem.New(problem.Gone, "problem.too_late_to_undo")
		}
		return s.actor().did(ctx, tx, "booking.undo", booking.TenantID, "bookings", booking.ID, nil)
	})
}

// carryOutCancellation cancels a booking whose cancellation by the business was not undone.
func (w *Waitlist) carryOutCancellation(ctx context.Context, tenantID, bookingID int64) (done bool, err error) {
	err = w.inTx(ctx, tenantID, func(ctx context.Context, tx *db.Tx) error {
		done = false
		slot, booking, err := lockBooking(ctx, tx, tenantID, bookingID)
		if err != nil {
			return err
		}
		var p party
		if booking.CustomerID != nil {
			if p, err = lockParty(ctx, tx, tenantID, *booking.CustomerID); err != nil {
				return err
			}
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		done, err = moved(tx.CancelWishedBooking(ctx, db.CancelWishedBookingParams{At: &now, TenantID: tenantID, ID: bookingID}))
		if err != nil || !done {
			return wrap(err, "cancelling a booking")
		}
		if err := theProgram.did(ctx, tx, "booking.cancelled", tenantID, "bookings", bookingID, nil); err != nil {
			return err
		}
		if err := w.reopenBooked(ctx, tx, slot, booking, now); err != nil {
			return err
		}
		if booking.CustomerID == nil {
			return nil
		}
		if booking.EntryID != nil {
			revived, err := revive(ctx, tx, p, *booking.EntryID, nil)
			if err == nil && revived {
				err = theProgram.did(ctx, tx, "entry.again", tenantID, "entries", *booking.EntryID, nil)
			}
			if err != nil {
				return err
			}
		}
		if p.customer.Email == nil {
			return nil
		}
		return outbox.Enqueue(ctx, tx, outbox.Message{
			TenantID: tenantID, Kind: outbox.Cancelled, CustomerID: p.customer.ID, BookingID: &booking.ID,
			CauseKey: booking.PublicID, UsefulUntil: booking.EndsAt,
		})
	})
	return done, err
}

// reopenBooked opens the time of a booking that has just been cancelled. Busy time is nobody's appointment: it is free, not given away;
// nor is time that has been closed since, or lies outside the hours now, unless staff had made the slot knowing that.
func (w *Waitlist) reopenBooked(ctx context.Context, tx *db.Tx, slot db.Slot, booking db.Booking, now time.Time) error {
	n, err := tx.DropBookingClaim(ctx, db.DropBookingClaimParams{TenantID: slot.TenantID, SlotID: slot.ID, BookingID: &booking.ID})
	if err := must(n, err, "dropping a claim"); err != nil {
		return err
	}
	n, err = tx.ReopenBookedSlot(ctx, db.ReopenBookedSlotParams{At: &now, TenantID: slot.TenantID, ID: slot.ID})
	if err := must(n, err, "reopening a slot"); err != nil {
		return err
	}
	if booking.OfferID != nil { // a program that knew no openings may have taken the offer's yes and left this one live
		if err := endOpening(ctx, tx, slot, rules.OpeningFilled, &booking.ID, booking.CreatedAt); err != nil {
			return err
		}
	}
	switch {
	case booking.Kind == kindBusy:
		return closeSlot(ctx, tx, slot, rules.SlotWithdrawn, now)
	case !slot.StartsAt.After(now):
		return closeSlot(ctx, tx, slot, rules.SlotLapsed, now)
	}
	open, err := stillOpen(ctx, tx, slot, booking)
	if err != nil {
		return err
	}
	if !open {
		return closeSlot(ctx, tx, slot, rules.SlotWithdrawn, now)
	}
	if err := beginOpening(ctx, tx, slot.TenantID, slot.ID, originCancellation, slot.StartsAt, now); err != nil {
		return err
	}
	tx.AfterCommit(func() { w.fillNow(ctx, slot.TenantID, slot.ID) })
	return nil
}

// stillOpen tells whether the time of a booking would be given away today.
func stillOpen(ctx context.Context, tx *db.Tx, slot db.Slot, booking db.Booking) (bool, error) {
	if slot.OutsideHours {
		return true, nil
	}
	settings, err := LoadSettings(ctx, tx.Queries, slot.TenantID)
	if err != nil {
		return false, err
	}
	schedule, err := readHours(ctx, tx.Queries, settings, booking.StartsAt, booking.EndsAt)
	if err != nil {
		return false, err
	}
	return schedule.IsOpen(slot.StaffMemberID, booking.StartsAt, booking.EndsAt), nil
}

func lockBooking(ctx context.Context, tx *db.Tx, tenantID, bookingID int64) (db.Slot, db.Booking, error) {
	booking, err := tx.GetBooking(ctx, db.GetBookingParams{TenantID: tenantID, ID: bookingID})
	if booking, err = found(booking, err, "problem.no_such_booking"); err != nil {
		return db.Slot{}, booking, err
	}
	slot, err := lockSlot(ctx, tx, tenantID, booking.SlotID)
	if err != nil {
		return slot, booking, err
	}
	booking, err = tx.LockBooking(ctx, db.LockBookingParams{TenantID: tenantID, ID: bookingID})
	return slot, booking, wrap(err, "locking a booking")
}
