package waitlist

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
)

// limitWindow is the time in which a business's messages are counted. It moves on with the clock.
const limitWindow = time.Hour

// HourlyUse is what a business has used of its limit of messages in the last hour.
type HourlyUse struct {
	Limit int // 0: none
	Sent  int // handed over within the last hour
	Owed  int // offers that are made and whose email is yet to go
}

// Room is how many more may go out now.
func (u HourlyUse) Room() int { return max(0, u.Limit-u.Sent-u.Owed) }

// ReadHourlyUse counts what a business with a limit has used of it. It reads as many rows of an index as messages were sent.
func ReadHourlyUse(ctx context.Context, q *db.Queries, tenantID int64, limit int, now time.Time) (HourlyUse, error) {
	since := now.Add(-limitWindow)
	sent, err := q.MessagesSentSince(ctx, db.MessagesSentSinceParams{TenantID: tenantID, Since: &since})
	if err != nil {
		return HourlyUse{}, db.Down(fmt.Errorf("counting messages: %w", err))
	}
	owed, err := q.OffersToSend(ctx, tenantID)
	if err != nil {
		return HourlyUse{}, db.Down(fmt.Errorf("counting offers to be sent: %w", err))
	}
	return HourlyUse{Limit: limit, Sent: int(sent), Owed: int(owed)}, nil
}

// RoomAgain is when a business that used up its limit may send again, as far as that can be told: when enough of what was sent is an hour
// ago. ok is false where it hangs on what is yet to be sent.
func RoomAgain(ctx context.Context, q *db.Queries, tenantID int64, u HourlyUse, now time.Time) (at time.Time, ok bool, err error) {
	if u.Sent < u.Limit {
		return time.Time{}, false, nil
	}
	since := now.Add(-limitWindow)
	last, known, err := maybe(q.MessageSentLast(ctx, db.MessageSentLastParams{TenantID: tenantID, Since: &since, Offset: int32(u.Limit - 1)}))
	if err != nil || !known || last == nil {
		return time.Time{}, false, db.Down(wrap(err, "reading when there is room again"))
	}
	return last.Add(limitWindow), true, nil
}

// roomSpare is how far from its limit offers are made without a lock, as placesSpare is for joining.
const roomSpare = 256

// hourIsUp tells that a business has sent as much as it may, and when it may again. Near the limit whoever makes an offer waits for the one
// before, so that the last one within it is made once. It is called with the slot locked, before the customer is.
func hourIsUp(ctx context.Context, tx *db.Tx, s Settings, now time.Time) (why unfilled, up bool, err error) {
	if s.MessagesPerHour == 0 {
		return why, false, nil
	}
	use, err := ReadHourlyUse(ctx, tx.Queries, s.Row.TenantID, s.MessagesPerHour, now)
	if err != nil || use.Room() > roomSpare {
		return why, false, err
	}
	if use.Room() > 0 {
		if _, err := tx.LockSettings(ctx, s.Row.TenantID); err != nil {
			return why, false, fmt.Errorf("locking a limit: %w", err)
		}
		if use, err = ReadHourlyUse(ctx, tx.Queries, s.Row.TenantID, s.MessagesPerHour, now); err != nil || use.Room() > 0 {
			return why, false, err
		}
	}
	at, _, err := RoomAgain(ctx, tx.Queries, s.Row.TenantID, use, now)
	return unfilled{reason: rules.ReasonHourLimit, retryAt: at}, true, err
}
