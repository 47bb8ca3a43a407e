package accounts

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/db"
)

const (
	attemptsKept     = 24 * time.Hour
	sessionsKept     = 30 * 24 * time.Hour // after they ran out
	emailChangesKept = 24 * time.Hour      // likewise
	messagesKept     = 30 * 24 * time.Hour // after they were owed
)

// Forget deletes counted attempts, sessions, emails to users and links that are long over, a thousand of each at a time, and says how many rows it deleted.
func (a *Accounts) Forget(ctx context.Context) (int, error) {
	now, err := a.db.Now(ctx)
	if err != nil {
		return 0, err
	}
	total := 0
	for _, forget := range []func() (int64, error){
		func() (int64, error) { return a.db.DeleteAttemptsBefore(ctx, now.Add(-attemptsKept)) },
		func() (int64, error) { return a.db.DeleteSessionsBefore(ctx, now.Add(-sessionsKept)) },
		func() (int64, error) { return a.db.DeleteInvitationsBefore(ctx, now.Add(-sessionsKept)) },
		func() (int64, error) { return a.db.DeletePasswordLinksBefore(ctx, now.Add(-sessionsKept)) },
		func() (int64, error) { return a.db.DeletePendingLogInsBefore(ctx, now) },
		func() (int64, error) { return a.db.DeletePasskeyChallengesBefore(ctx, now) },
		func() (int64, error) { return a.db.DeleteEmailChangesBefore(ctx, now.Add(-emailChangesKept)) },
		func() (int64, error) { return a.db.DeleteUserMessagesBefore(ctx, now.Add(-messagesKept)) },
	} {
		n, err := forget()
		if err != nil {
			return total, db.Down(fmt.Errorf("forgetting what is over: %w", err))
		}
		total += int(n)
	}
	return total, nil
}
