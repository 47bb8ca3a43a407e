package accounts

import (
	"context"
	"fmt"
	"slices"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/i18n"
)

// Profile is what users decide about themselves.
type Profile struct {
	Name   string // at most 80 characters
	Locale string // BCP 47, of the pages and letters; empty: that of the business
}

// ChangeProfile changes it. Errors are problem.InvalidInput with the fields name and locale.
func (a *Accounts) ChangeProfile(ctx context.Context, u User, f Profile) error {
	var r reading
	name := r.name("name", f.Name, nameMost)
	if f.Locale != "" && !slices.Contains(i18n.Tags(), f.Locale) {
		r.refuse("locale", "problem.required")
	}
	if err := r.err(); err != nil {
		return err
	}
	return a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		row, err := tx.LockUser(ctx, u.ID)
		if err != nil {
			return fmt.Errorf("locking user %d: %w", u.ID, err)
		}
		before, err := openUser(tx.SystemBox(), row.PublicID, row.Name, row.Email)
		if err != nil || before.name == name && row.Locale == f.Locale {
			return err
		}
		n, err := tx.SetProfile(ctx, db.SetProfileParams{ID: u.ID, Name: tx.SystemBox().Seal(userColumn("name", row.PublicID), name), Locale: f.Locale})
		if err != nil || n != 1 {
			return fmt.Errorf("changing user %d (%d rows): %w", u.ID, n, err)
		}
		changed := audit.Changes(map[string]any{"locale": row.Locale}, map[string]any{"locale": f.Locale}).Untold("name", before.name != name)
		return note(ctx, tx, u, "login.change_profile", "users", u.ID, changed)
	})
}
