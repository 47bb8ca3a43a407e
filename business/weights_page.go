package business

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist"
)

// weightsHistory is how many changes are shown.
const weightsHistory = 12

// WeightsPage is all that the page of who goes first shows.
type WeightsPage struct {
	Form     WeightsForm
	Weights  rules.Weights     // of the form; where it can't be read, the saved ones
	Saved    rules.Weights     // saved last: those that rank or are being brought in
	Preview  *waitlist.Preview // what the form's weights would do; nil when the form can't be read
	Rekeying waitlist.Rekeying
	History  []WeightsChange // the latest first
	Complete bool            // the history goes back to the beginning
	Staff    string          // the name of somebody on the team, for examples; may be empty
	Zone     *time.Location
}

// WeightsChange is one change of the weights.
type WeightsChange struct {
	At            time.Time
	Who           string // user or API key; empty: their login is gone
	Key           bool   // Who is an API key
	Reason        string // empty: from before reasons were asked for
	Before, After rules.Weights
}

func (b *Business) weightsPage(ctx context.Context, s waitlist.Settings, f WeightsForm) (p WeightsPage, err error) {
	p = WeightsPage{Form: f, Saved: s.Coming(), Zone: s.Zone}
	tenantID := s.Row.TenantID
	weights, refused := f.read()
	if refused == nil {
		preview, err := b.waitlist.Preview(ctx, tenantID, weights)
		if err != nil {
			return p, err
		}
		p.Weights, p.Preview = weights, &preview
	} else {
		p.Weights = p.Saved
	}
	if p.Rekeying, err = b.waitlist.Rekeying(ctx, tenantID); err != nil {
		return p, err
	}
	if p.History, err = b.WeightsHistory(ctx, tenantID); err != nil {
		return p, err
	}
	p.Complete = len(p.History) < weightsHistory
	staff, err := b.db.ListStaffMembers(ctx, tenantID)
	if err != nil {
		return p, db.Down(fmt.Errorf("reading staff members: %w", err))
	}
	if len(staff) > 0 {
		p.Staff = staff[0].Name
	}
	return p, refused
}

// WeightsHistory lists the changes of the weights, the latest first, as many as the page shows.
func (b *Business) WeightsHistory(ctx context.Context, tenantID int64) ([]WeightsChange, error) {
	rows, err := b.db.WeightsChanges(ctx, db.WeightsChangesParams{TenantID: tenantID, RecordID: tenantID, Limit: weightsHistory})
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading earlier weights: %w", err))
	}
	box, err := b.db.Box(ctx, tenantID)
	if err != nil {
		return nil, err
	}
	list := make([]WeightsChange, len(rows))
	for i, row := range rows {
		c := WeightsChange{At: row.At}
		var kept waitlist.WeightsChange
		if err := json.Unmarshal([]byte(row.Detail), &kept); err != nil {
			return nil, fmt.Errorf("reading the detail of audit entry %d: %w", row.ID, err)
		}
		c.Before, c.After = kept.Before, kept.After
		if c.Reason, err = audit.Reason(box, db.AuditEntry{TenantID: row.TenantID, Record: row.Record, RecordID: row.RecordID, Reason: row.Reason}); err != nil {
			return nil, fmt.Errorf("opening the reason of audit entry %d: %w", row.ID, err)
		}
		if row.UserPublicID != nil {
			c.Who, err = b.db.SystemBox().Open(seal.Where{Table: "users", Column: "name", Row: *row.UserPublicID}, row.UserName)
			if err != nil {
				return nil, fmt.Errorf("opening a user's name: %w", err)
			}
		}
		if row.KeyName != nil {
			c.Who, c.Key = *row.KeyName, true
		}
		list[i] = c
	}
	return list, nil
}

// Refused tells whether an error of ProposedWeights is about fields of the form: then the page can be shown.
func Refused(err error) bool {
	var p *problem.Error
	return errors.As(err, &p) && p.Kind == problem.InvalidInput
}
