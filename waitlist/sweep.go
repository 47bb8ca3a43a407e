package waitlist

import (
	"context"
	"errors"
	"fmt"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
)

// FillDue tries every open slot whose time to try has come.
func (w *Waitlist) FillDue(ctx context.Context) (int, error) {
	now, err := w.db.Now(ctx)
	if err != nil {
		return 0, err
	}
	due, err := w.db.SlotsToTry(ctx, db.SlotsToTryParams{At: &now, Limit: dueAtOnce})
	if err != nil {
		return 0, db.Down(fmt.Errorf("reading slots to try: %w", err))
	}
	filled := 0
	var failed error
	for _, row := range due {
		offered, err := w.Fill(ctx, row.TenantID, row.ID)
		failed = errors.Join(failed, err)
		if offered {
			filled++
		}
	}
	return filled, failed
}

// Wake has every open slot of a business tried again at once, because somebody or something changed that could fill one, and has the
// boards look again.
func (w *Waitlist) Wake(ctx context.Context, tenantID int64) {
	ctx = context.WithoutCancel(ctx)
	w.boards.Changed(tenantID)
	err := w.wake(ctx, tenantID)
	w.afterwards(ctx, "waking slots", err, "tenant_id", tenantID)
}

// wakeAtOnce is how many slots are tried before the act that woke them is answered; the job tries the others.
const wakeAtOnce = 5

func (w *Waitlist) wake(ctx context.Context, tenantID int64) error {
	now, err := w.db.Now(ctx)
	if err != nil {
		return err
	}
	err = w.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.WakeSlots(ctx, db.WakeSlotsParams{At: &now, TenantID: tenantID})
		return wrap(err, "waking slots")
	})
	if err != nil {
		return err
	}
	slots, err := w.db.TenantSlotsToTry(ctx, db.TenantSlotsToTryParams{TenantID: tenantID, At: &now, Limit: wakeAtOnce})
	if err != nil {
		return fmt.Errorf("reading slots to try: %w", err)
	}
	var failed error
	for _, id := range slots {
		_, err := w.Fill(ctx, tenantID, id)
		failed = errors.Join(failed, err)
	}
	return failed
}

// CarryOutWishes does what staff wished and did not undo in time: cancellations, attendances, withdrawals of offers and of slots.
func (w *Waitlist) CarryOutWishes(ctx context.Context) (int, error) {
	now, err := w.db.Now(ctx)
	if err != nil {
		return 0, err
	}
	done := 0
	count := func(ok bool, err error) error {
		if ok {
			done++
		}
		return err
	}
	var failed error
	bookings, err := w.db.BookingsToCancel(ctx, &now)
	failed = errors.Join(failed, db.Down(wrap(err, "reading bookings to cancel")))
	for _, row := range bookings {
		failed = errors.Join(failed, count(w.carryOutCancellation(ctx, row.TenantID, row.ID)))
	}
	attended, err := w.db.BookingsToEnd(ctx, &now)
	failed = errors.Join(failed, db.Down(wrap(err, "reading bookings to end")))
	for _, row := range attended {
		failed = errors.Join(failed, count(w.carryOutAttendance(ctx, row.TenantID, row.ID)))
	}
	slots, err := w.db.SlotsToWithdraw(ctx, &now)
	failed = errors.Join(failed, db.Down(wrap(err, "reading slots to withdraw")))
	for _, row := range slots {
		failed = errors.Join(failed, count(w.carryOutSlotWithdrawal(ctx, row.TenantID, row.ID)))
	}
	offers, err := w.db.OffersToWithdraw(ctx, &now)
	failed = errors.Join(failed, db.Down(wrap(err, "reading offers to withdraw")))
	for _, row := range offers {
		failed = errors.Join(failed, count(w.carryOutOfferWithdrawal(ctx, row.TenantID, row.ID)))
	}
	return done, failed
}

// LapseSlots closes open slots whose start has passed.
func (w *Waitlist) LapseSlots(ctx context.Context) (int, error) {
	now, err := w.db.Now(ctx)
	if err != nil {
		return 0, err
	}
	past, err := w.db.SlotsPastStart(ctx, now)
	if err != nil {
		return 0, db.Down(fmt.Errorf("reading slots past their start: %w", err))
	}
	var failed error
	for _, row := range past {
		_, err := w.Fill(ctx, row.TenantID, row.ID) // an open slot past its start lapses there
		failed = errors.Join(failed, err)
	}
	return len(past), failed
}

// ExpireEntries ends the entries whose last possible day is over in the business's zone.
func (w *Waitlist) ExpireEntries(ctx context.Context) (int, error) {
	now, err := w.db.Now(ctx)
	if err != nil {
		return 0, err
	}
	tenants, err := w.db.TenantIDs(ctx)
	if err != nil {
		return 0, db.Down(fmt.Errorf("reading businesses: %w", err))
	}
	ended := 0
	var failed error
	for _, tenantID := range tenants {
		settings, err := LoadSettings(ctx, w.db.Queries, tenantID)
		if err != nil {
			failed = errors.Join(failed, err)
			continue
		}
		rows, err := w.db.EntriesPastTheirDates(ctx, db.EntriesPastTheirDatesParams{TenantID: tenantID, LatestOn: rules.DateOf(now, settings.Zone)})
		failed = errors.Join(failed, db.Down(wrap(err, "reading entries past their dates")))
		for _, row := range rows {
			err := w.endWait(ctx, tenantID, row.ID, rules.EntryExpired, func(ctx context.Context, tx *db.Tx, before db.Entry) error {
				customer, err := tx.GetCustomer(ctx, db.GetCustomerParams{TenantID: tenantID, ID: before.CustomerID})
				if err != nil {
					return fmt.Errorf("reading a customer: %w", err)
				}
				if err := tellExpired(ctx, tx, customer, before, now); err != nil {
					return err
				}
				return audit.Note(ctx, tx, audit.Entry{
					TenantID: tenantID, By: audit.ByProgram, Action: "entry.expire", Record: "entries", RecordID: row.ID,
				})
			})
			failed = errors.Join(failed, err)
			if err == nil {
				ended++
			}
		}
	}
	return ended, failed
}

const reconcilePage = 500

// Reconcile puts every live offer of MySQL back into Redis: after a flush, a failover or a lost write nothing is missing there.
func (w *Waitlist) Reconcile(ctx context.Context) (int, error) {
	now, err := w.db.Now(ctx)
	if err != nil {
		return 0, err
	}
	count := 0
	after := int64(0)
	for {
		rows, err := w.db.PendingOffers(ctx, db.PendingOffersParams{ID: after, Limit: reconcilePage})
		if err != nil {
			return count, db.Down(fmt.Errorf("reading live offers: %w", err))
		}
		for _, row := range rows {
			if err := w.holds.Hold(ctx, row.SlotID, row.ID, row.ExpiresAt, now); err != nil {
				return count, fmt.Errorf("putting a hold back: %w", err)
			}
			after = row.ID
			count++
		}
		if len(rows) < reconcilePage {
			return count, nil
		}
	}
}
