package waitlist

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
)

// WaitAgain puts the customer who cancelled the booking behind the link back on the list, at its end. Repeating it changes
// nothing. Fails with Conflict when the booking is not cancelled, Gone when there is no entry to revive.
func (w *Waitlist) WaitAgain(ctx context.Context, token string) error {
	booking, err := w.bookingByToken(ctx, token)
	if err != nil {
		return err
	}
	if booking.EntryID == nil {
		return problem.New(problem.Gone, "problem.not_from_the_list")
	}
	return w.inTx(ctx, booking.TenantID, func(ctx context.Context, tx *db.Tx) error {
		p, err := lockParty(ctx, tx, booking.TenantID, *booking.CustomerID)
		if err != nil {
			return err
		}
		booking, err := tx.LockBooking(ctx, db.LockBookingParams{TenantID: booking.TenantID, ID: booking.ID})
		if err != nil {
			return fmt.Errorf("locking a booking: %w", err)
		}
		if booking.State != rules.BookingCancelled {
			return problem.New(problem.Conflict, "problem.booking_stands")
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		revived, err := revive(ctx, tx, p, *booking.EntryID, &now)
		if err != nil || !revived {
			return err
		}
		tx.AfterCommit(func() { w.Wake(ctx, booking.TenantID) })
		return customer(p.customer.ID).did(ctx, tx, "entry.again", booking.TenantID, "entries", *booking.EntryID, nil)
	})
}

// revive lets a booked entry of a locked customer wait again, from joined on or, with nil, in its old place. An entry for the
// same service that waits meanwhile makes it do nothing. An address that was never confirmed is not offered to now either.
func revive(ctx context.Context, tx *db.Tx, p party, entryID int64, joined *time.Time) (bool, error) {
	entry, err := tx.LockEntry(ctx, db.LockEntryParams{TenantID: p.customer.TenantID, ID: entryID})
	if err != nil {
		return false, fmt.Errorf("locking an entry: %w", err)
	}
	if _, waits := p.entryFor(entry.ServiceID); waits || entry.State != rules.EntryBooked {
		return false, nil
	}
	now, err := tx.Now(ctx)
	if err != nil {
		return false, err
	}
	row := db.ReviveEntryParams{
		ToState: rules.EntryWaiting, JoinedAt: entry.JoinedAt, ConfirmedAt: entry.ConfirmedAt, StaysFrom: now, ChangedAt: now, TenantID: entry.TenantID, ID: entry.ID,
	}
	if joined != nil {
		row.JoinedAt = *joined
	}
	switch {
	case entry.ConfirmedAt != nil:
	case joined != nil: // they pressed a button behind an emailed link: the address is theirs
		row.ConfirmedAt = joined
	default:
		row.ToState = rules.EntryUnconfirmed
	}
	n, err := tx.ReviveEntry(ctx, row)
	if err := must(n, err, "reviving an entry"); err != nil {
		return false, err
	}
	settings, err := LoadSettings(ctx, tx.Queries, entry.TenantID)
	if err != nil {
		return false, err
	}
	return true, rerank(ctx, tx, settings, p)
}
