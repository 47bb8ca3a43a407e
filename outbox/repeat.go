package outbox

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/db"
)

// Repeat has a message that ended in a state, after so many attempts, sent once more as soon as tx is committed. It tells whether it did:
// not when the message is in another state by now, was tried since, or has no use any more.
func Repeat(ctx context.Context, tx *db.Tx, m db.OutboxMessage) (bool, error) {
	now, err := tx.Now(ctx)
	if err != nil {
		return false, err
	}
	n, err := tx.RepeatOutboxMessage(ctx, db.RepeatOutboxMessageParams{Now: now, TenantID: m.TenantID, ID: m.ID, FromState: m.State, Attempts: m.Attempts})
	return repeated(tx, n, err)
}

// RepeatForUser is Repeat for a message to a user.
func RepeatForUser(ctx context.Context, tx *db.Tx, m db.UserMessage) (bool, error) {
	now, err := tx.Now(ctx)
	if err != nil {
		return false, err
	}
	n, err := tx.RepeatUserMessage(ctx, db.RepeatUserMessageParams{Now: now, ID: m.ID, FromState: m.State, Attempts: m.Attempts})
	return repeated(tx, n, err)
}

func repeated(tx *db.Tx, n int64, err error) (bool, error) {
	if err != nil {
		return false, fmt.Errorf("having a message sent again: %w", err)
	}
	if n == 1 {
		tx.AfterCommit(nudge)
	}
	return n == 1, nil
}
