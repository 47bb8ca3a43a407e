package accounts

import (
	"context"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
)

// ChangeKey is an API key's name and scopes as they were typed.
type ChangeKey struct {
	Name    string // at most 60 characters
	Scopes  []string
	Version int // of the key when the form was made
}

// ChangeKey changes the name and the scopes of an API key, by public id. What is taken from it, its access tokens may do no longer, at once.
// Errors are problem.InvalidInput with the fields name and scopes, Conflict when somebody changed the key since or it is over, NotFound,
// Forbidden.
func (a *Accounts) ChangeKey(ctx context.Context, u User, id string, f ChangeKey) error {
	return a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		key, as, err := lockKey(ctx, tx, u, id)
		if err != nil {
			return err
		}
		had, _ := rules.ReadScopes(key.Scopes)
		var r reading
		name, scopes := r.name("name", f.Name, keyNameMost), r.scopes(f.Scopes, as, had)
		if err := r.err(); err != nil {
			return err
		}
		if key.Version != f.Version {
			return keyChanged()
		}
		if name == key.Name && scopes.String() == had.String() {
			return nil
		}
		n, err := tx.ChangeAPIKey(ctx, db.ChangeAPIKeyParams{Name: name, Scopes: scopes.String(), TenantID: u.TenantID, ID: key.ID, Version: f.Version})
		if err := once(n, err, "changing"); err != nil {
			return err
		}
		change := audit.Changes(map[string]any{"scopes": had.Words()}, map[string]any{"scopes": scopes.Words()})
		return note(ctx, tx, u, "key.change", "api_keys", key.ID, change.Untold("name", name != key.Name))
	})
}
