package accounts

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist"
)

const (
	keyNameMost = 60 // characters
	// KeysMost is how many API keys a business may have that are neither revoked nor expired.
	KeysMost = 50
)

// Key is an API key that may act now.
type Key struct {
	ID           int64
	PublicID     string
	TenantID     int64
	Name         string
	Scopes       rules.Scopes
	MadeBy       int64 // user
	TokenVersion int   // access tokens of another one are not good any more
	OldSecret    bool  // proved with the secret from before the last rotation

	now           time.Time // UTC, when it was read
	usedAt        *time.Time
	oldSecretHash []byte
	oldUsedAt     *time.Time
}

// Staff is the key as one who acts in the business.
func (k Key) Staff() waitlist.Staff {
	return waitlist.Staff{TenantID: k.TenantID, UserID: k.MadeBy, KeyID: k.ID}
}

// May tells whether the key has this scope.
func (k Key) May(scope rules.Scope) bool { return k.Scopes.Has(scope) }

// ReadAt is when it was read: by the database's clock, UTC.
func (k Key) ReadAt() time.Time { return k.now }

// KeyState is what can still be done with a key.
type KeyState string

// The states.
const (
	KeyLive    KeyState = "live"
	KeyExpired KeyState = "expired"
	KeyRevoked KeyState = "revoked"
)

// KeyLine is an API key as pages show it. Times are UTC.
type KeyLine struct {
	ID        string // public id
	Name      string
	Scopes    rules.Scopes
	State     KeyState
	Maker     string // name of the user who made it; empty: it can't be read any more
	MakerHere bool   // they still work in the business
	MadeAt    time.Time
	RotatedAt *time.Time // nil: never
	UsedAt    *time.Time // to the minute; nil: never
	ExpiresAt *time.Time // nil: never
	RevokedAt *time.Time
	OldUntil  *time.Time // until when the secret from before the last rotation works; nil: it doesn't
	OldUsedAt *time.Time // when that was last used since the rotation, to the minute; nil: not since
	Version   int
}

// Live tells whether programs can come in with the key.
func (k KeyLine) Live() bool { return k.State == KeyLive }

func keyState(expiresAt, revokedAt *time.Time, now time.Time) KeyState {
	switch {
	case revokedAt != nil:
		return KeyRevoked
	case expiresAt != nil && !now.Before(*expiresAt):
		return KeyExpired
	}
	return KeyLive
}

// keyLine is a row for people, at a moment.
func (a *Accounts) keyLine(row db.GetAPIKeyRow, now time.Time) KeyLine {
	scopes, _ := rules.ReadScopes(row.Scopes)
	line := KeyLine{
		ID: row.PublicID, Name: row.Name, Scopes: scopes, State: keyState(row.ExpiresAt, row.RevokedAt, now), MakerHere: row.Member != 0, MadeAt: row.CreatedAt,
		RotatedAt: row.RotatedAt, UsedAt: row.LastUsedAt, ExpiresAt: row.ExpiresAt, RevokedAt: row.RevokedAt, Version: row.Version,
	}
	if row.OldSecretUntil != nil && now.Before(*row.OldSecretUntil) && line.Live() {
		line.OldUntil, line.OldUsedAt = row.OldSecretUntil, row.OldSecretUsedAt
	}
	if name, err := a.db.SystemBox().Open(userColumn("name", row.MakerPublicID), row.MakerName); err == nil {
		line.Maker = name
	}
	return line
}

func noKey() error { return problem.New(problem.NotFound, "keys.bad.no_key") }

func keyOver() error { return problem.New(problem.Conflict, "keys.bad.over") }

func keyChanged() error { return problem.New(problem.Conflict, "keys.bad.changed") }

// newSecret makes a secret that can be told from other random texts, by people and by programs that look for what leaked.
func newSecret() string { return "wlk_" + seal.RandomToken() }

// mayManageKeys locks the members of u's business and gives the role that u has by now: problem.Forbidden without the right. Whoever holds
// the lock is alone in making keys there.
func mayManageKeys(ctx context.Context, tx *db.Tx, u User) (rules.Role, error) {
	members, err := tx.LockMembers(ctx, u.TenantID)
	if err != nil {
		return "", fmt.Errorf("locking members: %w", err)
	}
	me, ok := find(members, u.ID)
	if !ok || !me.Role.May(rules.ManageKeys) {
		return "", problem.New(problem.Forbidden, "problem.next.forbidden")
	}
	return me.Role, nil
}

// lockKey finds a key of u's business, by public id, that may still be changed, and gives the role that u has by now. Errors are
// problem.Forbidden, NotFound, and Conflict for a key that was revoked or has expired.
func lockKey(ctx context.Context, tx *db.Tx, u User, id string) (key db.APIKey, as rules.Role, err error) {
	if as, err = mayManageKeys(ctx, tx, u); err != nil {
		return key, as, err
	}
	key, err = tx.LockAPIKey(ctx, db.LockAPIKeyParams{TenantID: u.TenantID, PublicID: id})
	if absent(err) {
		return key, as, noKey()
	}
	if err != nil {
		return key, as, fmt.Errorf("locking an API key: %w", err)
	}
	now, err := tx.Now(ctx)
	if err == nil && keyState(key.ExpiresAt, key.RevokedAt, now) != KeyLive {
		err = keyOver()
	}
	return key, as, err
}

// once turns a compare-and-set of a key that missed into problem.Conflict.
func once(n int64, err error, what string) error {
	switch {
	case err != nil:
		return fmt.Errorf("%s an API key: %w", what, err)
	case n != 1:
		return keyChanged()
	}
	return nil
}

// scopes reads which of the scopes a person with this role ticked; those that the key had may stay whoever ticks them.
func (r *reading) scopes(typed []string, as rules.Role, had rules.Scopes) rules.Scopes {
	set, unknown := rules.ScopesOf(typed...)
	switch {
	case unknown != "":
		r.refuse("scopes", "problem.unreadable")
	case len(set) == 0:
		r.refuse("scopes", "keys.bad.scopes")
	}
	for _, scope := range set {
		if !had.Has(scope) && !as.MayGive(scope) {
			r.refuse("scopes", "keys.bad.not_yours")
			break
		}
	}
	return set
}
