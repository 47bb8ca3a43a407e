package accounts

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
)

// KeyList is what the page of all API keys shows.
type KeyList struct {
	Keys []KeyLine // the newest first
	Over []KeyLine // revoked and expired ones, likewise
	Zone *time.Location
	Now  time.Time // UTC
}

// ListKeys are the API keys of u's business.
func (a *Accounts) ListKeys(ctx context.Context, u User) (list KeyList, err error) {
	if list.Zone, list.Now, err = a.here(ctx, u.TenantID); err != nil {
		return list, err
	}
	rows, err := a.db.ListAPIKeys(ctx, u.TenantID)
	if err != nil {
		return list, db.Down(fmt.Errorf("reading API keys: %w", err))
	}
	for _, row := range rows {
		if line := a.keyLine(db.GetAPIKeyRow(row), list.Now); line.Live() {
			list.Keys = append(list.Keys, line)
		} else {
			list.Over = append(list.Over, line)
		}
	}
	return list, nil
}

// KeyPage is one API key with what happened to it.
type KeyPage struct {
	KeyLine
	History []audit.Line
	Zone    *time.Location
	Now     time.Time // UTC
}

// KeyPage is one API key of u's business by public id: problem.NotFound for any other.
func (a *Accounts) KeyPage(ctx context.Context, u User, id string) (page KeyPage, err error) {
	if page.Zone, page.Now, err = a.here(ctx, u.TenantID); err != nil {
		return page, err
	}
	row, err := a.db.GetAPIKey(ctx, db.GetAPIKeyParams{TenantID: u.TenantID, PublicID: id})
	if absent(err) {
		return page, noKey()
	}
	if err != nil {
		return page, db.Down(fmt.Errorf("reading an API key: %w", err))
	}
	page.KeyLine = a.keyLine(row, page.Now)
	page.History, err = audit.History(ctx, a.db, u.TenantID, "api_keys", row.ID)
	return page, err
}

// here is the zone of a business and the moment.
func (a *Accounts) here(ctx context.Context, tenantID int64) (zone *time.Location, now time.Time, err error) {
	settings, err := a.db.GetSettings(ctx, tenantID)
	if err != nil {
		return nil, now, db.Down(fmt.Errorf("reading the zone of business %d: %w", tenantID, err))
	}
	if zone, err = time.LoadLocation(settings.Zone); err != nil {
		return nil, now, fmt.Errorf("reading the zone of business %d: %w", tenantID, err)
	}
	now, err = a.db.Now(ctx)
	return zone, now, err
}
