package waitlist

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/rules"
)

const (
	remindBatch = 500 // bookings read at a time
	wholeDay    = 24 * time.Hour
)

// RemindBookings asks the customers of appointments that come near whether they still come, each once. Who booked later than they would
// have been asked is not asked, nor is anybody in quiet hours: what was missed before them waits for their end.
func (w *Waitlist) RemindBookings(ctx context.Context) (int, error) {
	now, err := w.db.Now(ctx)
	if err != nil {
		return 0, err
	}
	page := db.BookingsToRemindParams{
		StartsFrom: now, StartsTo: now.Add(rules.MostReminder*time.Hour + wholeDay), Now: now, Limit: remindBatch,
	}
	reminded := 0
	var failed error
	for {
		rows, err := w.db.BookingsToRemind(ctx, page)
		if err != nil {
			return reminded, errors.Join(failed, db.Down(fmt.Errorf("reading bookings to remind of: %w", err)))
		}
		for _, row := range rows {
			page.StartsFrom, page.AfterID = row.StartsAt, row.ID
			asked, err := w.remindIfDue(ctx, row, now)
			failed = errors.Join(failed, err)
			if asked {
				reminded++
			}
		}
		if len(rows) < remindBatch {
			return reminded, failed
		}
	}
}

func (w *Waitlist) remindIfDue(ctx context.Context, row db.BookingsToRemindRow, now time.Time) (bool, error) {
	zone, err := time.LoadLocation(row.Zone)
	if err != nil {
		return false, fmt.Errorf("business %d: %w", row.TenantID, err)
	}
	quiet := rules.QuietHours{From: row.QuietFromMinute, To: row.QuietToMinute}
	due := rules.ReminderAt(row.StartsAt, time.Duration(row.ReminderHours)*time.Hour, quiet, zone)
	if due.After(now) || !row.CreatedAt.Before(due) || quiet.Contains(now, zone) {
		return false, nil
	}
	return w.remindBooking(ctx, row.TenantID, row.ID)
}

// remindBooking owes one reminder, if the booking still stands.
func (w *Waitlist) remindBooking(ctx context.Context, tenantID, bookingID int64) (done bool, err error) {
	err = w.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		done = false
		booking, err := tx.LockBooking(ctx, db.LockBookingParams{TenantID: tenantID, ID: bookingID})
		if err != nil {
			return fmt.Errorf("locking a booking: %w", err)
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		done, err = moved(tx.RemindBooking(ctx, db.RemindBookingParams{At: &now, TenantID: tenantID, ID: bookingID, Now: now}))
		if err != nil || !done {
			return wrap(err, "marking a booking as reminded of")
		}
		return outbox.Enqueue(ctx, tx, outbox.Message{
			TenantID: tenantID, Kind: outbox.Reminder, CustomerID: *booking.CustomerID, BookingID: &bookingID,
			CauseKey: booking.PublicID, UsefulUntil: booking.StartsAt,
		})
	})
	return done, err
}
