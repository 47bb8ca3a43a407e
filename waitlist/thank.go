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

// ThankCustomers thanks for appointments that took place and asks how they were: once each, no customer twice within thirty days, not in
// quiet hours, and not days late.
func (w *Waitlist) ThankCustomers(ctx context.Context) (int, error) {
	now, err := w.db.Now(ctx)
	if err != nil {
		return 0, err
	}
	since := now.Add(-rules.ThanksGap)
	page := db.BookingsToThankParams{
		EndsFrom: now.Add(-rules.MostThanks*time.Hour - rules.ThanksLate), EndsTo: now, ThankedSince: &since, Limit: remindBatch,
	}
	thanked := 0
	var failed error
	for {
		rows, err := w.db.BookingsToThank(ctx, page)
		if err != nil {
			return thanked, errors.Join(failed, db.Down(fmt.Errorf("reading bookings to thank for: %w", err)))
		}
		for _, row := range rows {
			page.EndsFrom, page.AfterID = row.EndsAt, row.ID
			done, err := w.thankIfDue(ctx, row, now)
			failed = errors.Join(failed, err)
			if done {
				thanked++
			}
		}
		if len(rows) < remindBatch {
			return thanked, failed
		}
	}
}

func (w *Waitlist) thankIfDue(ctx context.Context, row db.BookingsToThankRow, now time.Time) (bool, error) {
	zone, err := time.LoadLocation(row.Zone)
	if err != nil {
		return false, fmt.Errorf("business %d: %w", row.TenantID, err)
	}
	quiet := rules.QuietHours{From: row.QuietFromMinute, To: row.QuietToMinute}
	due := rules.ThanksAt(row.EndsAt, time.Duration(row.ThanksHours)*time.Hour, quiet, zone)
	if due.After(now) || now.Sub(due) > rules.ThanksLate || quiet.Contains(now, zone) {
		return false, nil
	}
	return w.thank(ctx, row.TenantID, row.ID)
}

// thank owes one thank-you. The customer is locked, so that of two appointments that end together one is thanked for.
func (w *Waitlist) thank(ctx context.Context, tenantID, bookingID int64) (done bool, err error) {
	err = w.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		done = false
		booking, err := tx.LockBooking(ctx, db.LockBookingParams{TenantID: tenantID, ID: bookingID})
		if err != nil {
			return fmt.Errorf("locking a booking: %w", err)
		}
		if _, err := tx.LockCustomer(ctx, db.LockCustomerParams{TenantID: tenantID, ID: *booking.CustomerID}); err != nil {
			return fmt.Errorf("locking a customer: %w", err)
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		since := now.Add(-rules.ThanksGap)
		before, err := tx.CountThanksSince(ctx, db.CountThanksSinceParams{TenantID: tenantID, CustomerID: booking.CustomerID, Since: &since})
		if err != nil || before > 0 {
			return wrap(err, "reading when a customer was thanked")
		}
		done, err = moved(tx.ThankBooking(ctx, db.ThankBookingParams{At: &now, TenantID: tenantID, ID: bookingID, Now: now}))
		if err != nil || !done {
			return wrap(err, "marking a booking as thanked for")
		}
		return outbox.Enqueue(ctx, tx, outbox.Message{
			TenantID: tenantID, Kind: outbox.Thanks, CustomerID: *booking.CustomerID, BookingID: &bookingID,
			CauseKey: booking.PublicID, UsefulUntil: now.Add(tellOfThanks),
		})
	})
	return done, err
}
