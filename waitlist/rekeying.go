package waitlist

import (
	"context"
	"time"
)

// rekeyPause is longer than a job that runs every few seconds leaves a batch unwritten, even when an instance has to take over from another.
const rekeyPause = time.Minute

// Rekeying is how far the list is on its way from one order to another.
type Rekeying struct {
	Going   bool // else nothing is on its way and the rest is empty
	Written int  // entries with their place in the new order
	Total   int  // entries that had to get one when the weights were saved
	Since   time.Time
	MovedAt *time.Time // when the last were written; nil: none yet
	// SwitchesAt is the earliest moment at which the new order takes over.
	SwitchesAt time.Time
	Now        time.Time
}

// AllWritten tells that only the moment of the switch is waited for.
func (r Rekeying) AllWritten() bool { return r.Going && r.Written >= r.Total }

// Stalled tells that nothing has been written for so long that no instance seems to be at work.
func (r Rekeying) Stalled() bool {
	last := r.Since
	if r.MovedAt != nil {
		last = *r.MovedAt
	}
	if r.AllWritten() && last.Before(r.SwitchesAt) {
		last = r.SwitchesAt
	}
	return r.Going && r.Now.Sub(last) > rekeyPause
}

// Rekeying tells how far a change of the weights is.
func (w *Waitlist) Rekeying(ctx context.Context, tenantID int64) (Rekeying, error) {
	settings, err := LoadSettings(ctx, w.db.Queries, tenantID)
	if err != nil || !settings.Row.Rekeying {
		return Rekeying{}, err
	}
	now, err := w.db.Now(ctx)
	row := settings.Row
	return Rekeying{
		Going: true, Written: min(row.RekeyWritten, row.RekeyTotal), Total: row.RekeyTotal, Since: *row.RekeySince, MovedAt: row.RekeyMovedAt,
		SwitchesAt: row.RekeySince.Add(rekeySettle), Now: now,
	}, err
}
