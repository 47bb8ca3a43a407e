package waitlist

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
)

// An opening is one time that a slot was to be given away: from when it opens until it is filled, booked, withdrawn or lapsed. Holds that
// come to nothing stay within it; a slot that opens again after a cancellation begins another. Package insights counts them.

// beginOpening notes that a slot, locked or just made, is to be given away from at on.
func beginOpening(ctx context.Context, tx *db.Tx, tenantID, slotID int64, origin string, startsAt, at time.Time) error {
	err := tx.BeginOpening(ctx, db.BeginOpeningParams{
		TenantID: tenantID, SlotID: slotID, LiveSlotID: &slotID, Origin: origin, OpenedAt: at, StartsAt: startsAt,
	})
	switch {
	case err != nil:
		return fmt.Errorf("beginning an opening: %w", err)
	case origin == originCancellation:
		return theProgram.did(ctx, tx, "slot.reopen", tenantID, "slots", slotID, nil)
	case origin == originRemainder:
		return theProgram.did(ctx, tx, "slot.remain", tenantID, "slots", slotID, nil)
	}
	return nil // whoever opened it notes that
}

// endOpening notes what became of the live opening of a locked slot; bookingID is the booking that took it, nil when none did. A slot
// without one is left alone: it was never to be given away, or a program that knew no openings opened it.
func endOpening(ctx context.Context, tx *db.Tx, slot db.Slot, outcome rules.OpeningOutcome, bookingID *int64, at time.Time) error {
	_, err := tx.EndOpening(ctx, db.EndOpeningParams{Outcome: outcome, At: &at, BookingID: bookingID, TenantID: slot.TenantID, SlotID: &slot.ID})
	return wrap(err, fmt.Sprintf("ending an opening as %s", outcome))
}
