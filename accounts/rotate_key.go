package accounts

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/seal"
)

// KeyGraces are the numbers of days that an old secret may work on beside the new one.
func KeyGraces() []int { return []int{0, 1, 7} }

// RotateKey is how the secret of an API key is to be replaced.
type RotateKey struct {
	Grace   string // days that the old secret works on, one of KeyGraces
	Version int    // of the key when the form was made
	Press   string
}

// RotateKey gives an API key, by public id, another secret. With no days of grace the old one is refused at once, and so is every access
// token of the key. A secret from before the old one is refused in any case. Pressed again it changes nothing and gives no secret. Errors are
// problem.InvalidInput with the field grace, Conflict when somebody changed or rotated the key since or it is over, NotFound, Forbidden.
func (a *Accounts) RotateKey(ctx context.Context, u User, id string, f RotateKey) (made KeySecret, err error) {
	days, err := strconv.Atoi(f.Grace)
	if err != nil || !slices.Contains(KeyGraces(), days) {
		return made, problem.Invalid(problem.Bad("grace", "problem.required"))
	}
	err = a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		made = KeySecret{ID: id, Secret: newSecret()}
		key, _, err := lockKey(ctx, tx, u, id)
		if err != nil {
			return err
		}
		_, fresh, err := tx.Press(ctx, u.TenantID, f.Press, id)
		if err != nil || !fresh {
			made.Secret = ""
			return err
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		row := db.RotateAPIKeyParams{
			SecretHash: seal.HashToken(made.Secret), RotatedAt: &now, TokenVersions: 1, TenantID: u.TenantID, ID: key.ID, Version: f.Version,
		}
		if days > 0 {
			until := now.Add(time.Duration(days) * 24 * time.Hour)
			row.OldSecretHash, row.OldSecretUntil, row.TokenVersions = key.SecretHash, &until, 0
		}
		n, err := tx.RotateAPIKey(ctx, row)
		if err := once(n, err, "rotating"); err != nil {
			return err
		}
		return note(ctx, tx, u, "key.rotate", "api_keys", key.ID, audit.Changes(nil, map[string]any{"old_secret_days": days}))
	})
	if err != nil {
		return KeySecret{}, err
	}
	return made, nil
}

// EndOldSecret ends the grace of the secret from before the last rotation of an API key, by public id, and every access token of the key:
// nobody can tell which of them the old secret got. One that has ended by itself is fine. Errors are problem.Conflict when somebody changed or
// rotated the key since or it is over, NotFound, Forbidden.
func (a *Accounts) EndOldSecret(ctx context.Context, u User, id string, version int) error {
	return a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		key, _, err := lockKey(ctx, tx, u, id)
		if err != nil || key.OldSecretHash == nil {
			return err
		}
		n, err := tx.EndOldAPISecret(ctx, db.EndOldAPISecretParams{TenantID: u.TenantID, ID: key.ID, Version: version})
		if err := once(n, err, "ending the old secret of"); err != nil {
			return err
		}
		return note(ctx, tx, u, "key.end_secret", "api_keys", key.ID, nil)
	})
}
