package accounts

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/seal"
)

// noticeUseful is how long a user is still told what happened, should sending fail.
const noticeUseful = 7 * 24 * time.Hour

// notice owes a user an email that says what happened to their login, one of the kinds that outbox lists for it, at the address they have
// at this point of the transaction.
func notice(ctx context.Context, tx *db.Tx, userID int64, kind outbox.UserKind) error {
	return noticeIn(ctx, tx, 0, userID, kind)
}

// noticeIn is notice about what happened in a business.
func noticeIn(ctx context.Context, tx *db.Tx, tenantID, userID int64, kind outbox.UserKind) error {
	user, err := tx.GetUser(ctx, userID)
	if err != nil {
		return fmt.Errorf("reading user %d: %w", userID, err)
	}
	now, err := tx.Now(ctx)
	if err != nil {
		return err
	}
	return write(ctx, tx, user, outbox.UserMessage{TenantID: tenantID, Kind: kind, CauseKey: seal.PublicID(), UsefulUntil: now.Add(noticeUseful)})
}

// write owes m to a user, in their language and at the address they have.
func write(ctx context.Context, tx *db.Tx, user db.User, m outbox.UserMessage) (err error) {
	p, err := openUser(tx.SystemBox(), user.PublicID, user.Name, user.Email)
	if err != nil {
		return err
	}
	m.UserID, m.Name, m.Email = user.ID, p.name, p.email
	if m.Locale = user.Locale; m.Locale == "" {
		if m.Locale, err = homeLocale(ctx, tx, user.ID); err != nil {
			return err
		}
	}
	return outbox.EnqueueForUser(ctx, tx, m)
}

// homeLocale is the language of the business a user has belonged to the longest; "" when there is none.
func homeLocale(ctx context.Context, tx *db.Tx, userID int64) (string, error) {
	home, err := tx.HomeOfUser(ctx, userID)
	if err != nil && !absent(err) {
		return "", fmt.Errorf("reading where user %d works: %w", userID, err)
	}
	return home.Locale, nil
}
