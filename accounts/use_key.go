package accounts

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/your-org/waitlist-management/accounts/token"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
)

// usedEvery is how often at most it is written down that a key was used.
const usedEvery = time.Minute

// badClient is the one answer to an unknown key, a wrong secret, and a key that was revoked or has expired.
func badClient() error { return problem.New(problem.Unauthenticated, "keys.bad.client") }

// useKey reads a key that may act now, with its row, in one query: problem.Unauthenticated for any other.
func (a *Accounts) useKey(ctx context.Context, publicID string) (Key, db.UseAPIKeyRow, error) {
	row, err := a.db.UseAPIKey(ctx, publicID)
	if absent(err) {
		return Key{}, row, badClient()
	}
	if err != nil {
		return Key{}, row, db.Down(fmt.Errorf("reading an API key: %w", err))
	}
	now := a.db.At(row.Clock)
	if keyState(row.ExpiresAt, row.RevokedAt, now) != KeyLive {
		return Key{}, row, badClient()
	}
	scopes, _ := rules.ReadScopes(row.Scopes) // one that only a newer program knows is worth nothing here
	return Key{
		ID: row.ID, PublicID: row.PublicID, TenantID: row.TenantID, Name: row.Name, Scopes: scopes, MadeBy: row.MadeBy, TokenVersion: row.TokenVersion,
		now: now, usedAt: row.LastUsedAt, oldSecretHash: row.OldSecretHash, oldUsedAt: row.OldSecretUsedAt,
	}, row, nil
}

// KeyOfToken is the key of an access token, with those scopes that the token and the key both have, and notes that it was used. Beside the
// signature it costs one read. problem.Unauthenticated for a token that is not good now, or whose key has ended or its tokens with a rotation.
func (a *Accounts) KeyOfToken(ctx context.Context, tokens token.Tokens, text string) (Key, error) {
	signed, err := tokens.Verify(text)
	if err != nil {
		return Key{}, err
	}
	key, _, err := a.useKey(ctx, signed.Key())
	if err != nil {
		return Key{}, err
	}
	claims, err := signed.At(key.now)
	if err != nil {
		return Key{}, err
	}
	if claims.Version != key.TokenVersion {
		return Key{}, problem.New(problem.Unauthenticated, "keys.bad.token").Because(errors.New("the key's tokens were ended"))
	}
	key.Scopes = key.Scopes.Both(claims.Scopes)
	return key, a.TouchKey(ctx, key)
}

// ProveKey is the key of whoever knows its secret, or the one before while that works, and notes that it was used.
// problem.Unauthenticated in all other cases, without telling which.
func (a *Accounts) ProveKey(ctx context.Context, clientID, secret string) (Key, error) {
	given := seal.HashToken(secret)
	key, row, err := a.useKey(ctx, clientID)
	if err != nil {
		return Key{}, err
	}
	present := subtle.ConstantTimeCompare(given, row.SecretHash) == 1
	old := row.OldSecretUntil != nil && key.now.Before(*row.OldSecretUntil) && subtle.ConstantTimeCompare(given, row.OldSecretHash) == 1
	if !present && !old {
		return Key{}, badClient()
	}
	key.OldSecret = old && !present
	return key, a.TouchKey(ctx, key)
}

// TouchKey notes that a key was used when it was read, and the old secret if that proved it, each once a minute. Of many requests at the
// same moment one writes, and the others don't wait for it.
func (a *Accounts) TouchKey(ctx context.Context, key Key) error {
	before := key.now.Add(-usedEvery)
	if a.touches.due(touch{key.ID, ""}, key.usedAt, key.now) {
		err := a.db.TouchAPIKey(ctx, db.TouchAPIKeyParams{Now: &key.now, TenantID: key.TenantID, ID: key.ID, UsedBefore: &before})
		if err != nil {
			return db.Down(fmt.Errorf("noting that an API key was used: %w", err))
		}
	}
	if key.OldSecret && a.touches.due(touch{key.ID, string(key.oldSecretHash)}, key.oldUsedAt, key.now) {
		err := a.db.TouchOldAPISecret(ctx, db.TouchOldAPISecretParams{
			Now: &key.now, TenantID: key.TenantID, ID: key.ID, OldSecretHash: key.oldSecretHash, UsedBefore: &before,
		})
		if err != nil {
			return db.Down(fmt.Errorf("noting that an old secret was used: %w", err))
		}
	}
	return nil
}

// touch is what is noted: the use of a key, or of its old secret.
type touch struct {
	keyID  int64
	secret string // digest of the old secret; empty: the key
}

// touches are when this instance noted what the last time, so that of many requests which all read an old row one alone writes.
type touches struct {
	mu    sync.Mutex
	noted map[touch]time.Time
}

// due says whether to note something at now that the row calls noted at last, and remembers that it was said.
func (t *touches) due(what touch, last *time.Time, now time.Time) bool {
	if last != nil && now.Sub(*last) < usedEvery {
		return false
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if noted, ok := t.noted[what]; ok && now.Sub(noted) < usedEvery && now.Sub(noted) > -usedEvery {
		return false
	}
	if len(t.noted) > 10_000 { // more keys than that within a minute: some are noted twice
		t.noted = map[touch]time.Time{}
	}
	t.noted[what] = now
	return true
}
