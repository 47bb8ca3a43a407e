package accounts

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
)

// When a new key expires, as NewKey.Expires says it beside a number of days.
const (
	ExpiresNever = "never"
	ExpiresOn    = "on"
)

// KeyLasts are the numbers of days for which a key may be made, beside never expiring and a date.
func KeyLasts() []int { return []int{30, 90, 365} }

// NewKey is an API key as it was typed.
type NewKey struct {
	Name      string // at most 60 characters
	Scopes    []string
	Expires   string // ExpiresNever, ExpiresOn or one of KeyLasts
	ExpiresOn string // 2006-01-02, the last day in the zone of the business; read with ExpiresOn only
	Press     string
}

// KeySecret is what whoever makes or rotates a key is shown once: it is kept nowhere.
type KeySecret struct {
	ID     string // public id of the key
	Secret string // empty: this form was pressed before, and its secret has been shown
}

// CreateKey makes an API key. Pressed again it makes no second one and gives no secret. Errors are problem.InvalidInput with the fields
// name, scopes, expires and expires_on, and Forbidden.
func (a *Accounts) CreateKey(ctx context.Context, u User, f NewKey) (made KeySecret, err error) {
	zone, _, err := a.here(ctx, u.TenantID)
	if err != nil {
		return made, err
	}
	err = a.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		as, err := mayManageKeys(ctx, tx, u)
		if err != nil {
			return err
		}
		made = KeySecret{ID: seal.PublicID(), Secret: newSecret()}
		earlier, fresh, err := tx.Press(ctx, u.TenantID, f.Press, made.ID)
		if err != nil || !fresh {
			made = KeySecret{ID: earlier}
			return err
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		row, err := f.read(as, zone, now)
		if err != nil {
			return err
		}
		if err := roomForKey(ctx, tx, u.TenantID, now); err != nil {
			return err
		}
		row.TenantID, row.PublicID, row.SecretHash, row.MadeBy, row.CreatedAt = u.TenantID, made.ID, seal.HashToken(made.Secret), u.ID, now
		id, err := tx.AddAPIKey(ctx, row)
		if err != nil {
			return fmt.Errorf("adding an API key: %w", err)
		}
		scopes, _ := rules.ReadScopes(row.Scopes)
		after := map[string]any{"scopes": scopes.Words()}
		if row.ExpiresAt != nil {
			after["expires"] = row.ExpiresAt.In(zone).Add(-time.Microsecond).Format(time.DateOnly) // the last day
		}
		return note(ctx, tx, u, "key.create", "api_keys", id, audit.Changes(nil, after))
	})
	if err != nil {
		return KeySecret{}, err
	}
	return made, nil
}

// roomForKey refuses another key where there are as many as there may be. The members of the business are locked.
func roomForKey(ctx context.Context, tx *db.Tx, tenantID int64, now time.Time) error {
	n, err := tx.CountLiveAPIKeys(ctx, db.CountLiveAPIKeysParams{TenantID: tenantID, Now: &now})
	if err != nil {
		return fmt.Errorf("counting API keys: %w", err)
	}
	if n >= KeysMost {
		return problem.Invalid(problem.Bad("name", "keys.bad.most", "Most", KeysMost))
	}
	return nil
}

// read gives name, scopes and end.
func (f NewKey) read(as rules.Role, zone *time.Location, now time.Time) (row db.AddAPIKeyParams, err error) {
	var r reading
	row.Name = r.name("name", f.Name, keyNameMost)
	row.Scopes = r.scopes(f.Scopes, as, nil).String()
	switch f.Expires {
	case ExpiresNever:
	case ExpiresOn:
		row.ExpiresAt = r.lastDay(f.ExpiresOn, zone, now)
	default:
		for _, days := range KeyLasts() {
			if f.Expires == strconv.Itoa(days) {
				end := now.AddDate(0, 0, days)
				row.ExpiresAt = &end
			}
		}
		if row.ExpiresAt == nil {
			r.refuse("expires", "problem.required")
		}
	}
	return row, r.err()
}

// lastDay reads the last day on which a key is good, in at most ten years, and gives its end.
func (r *reading) lastDay(typed string, zone *time.Location, now time.Time) *time.Time {
	day, err := rules.ParseDate(typed)
	if err != nil {
		r.refuse("expires_on", "keys.bad.date")
		return nil
	}
	end := day.AddDays(1).In(0, zone).UTC()
	switch {
	case !now.Before(end):
		r.refuse("expires_on", "keys.bad.past")
	case end.After(now.AddDate(10, 0, 1)):
		r.refuse("expires_on", "keys.bad.far")
	}
	return &end
}
