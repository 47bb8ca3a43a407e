package waitlist

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
)

// Closed is why nobody, or nobody for some services, can join in public now. The zero value is open for all.
type Closed struct {
	Paused bool
	Until  time.Time // in the zone of the business; zero: nobody said
	Reason string    // as the business words it; empty: none given
	Full   bool      // the whole list
	Of     map[string]bool
}

// All tells that nobody can join for anything.
func (c Closed) All() bool { return c.Paused || c.Full }

// Any tells that somebody can't join for something.
func (c Closed) Any() bool { return c.All() || len(c.Of) > 0 }

// Places are how many live entries there are, and how many there may be.
type Places struct {
	Cap, Taken int                      // Cap 0: no limit
	Of         map[string]ServicePlaces // by public id of the service
}

// ServicePlaces are Places for one service.
type ServicePlaces struct{ Cap, Taken int }

// Full tells that there is a limit, and that it is reached.
func (p ServicePlaces) Full() bool { return p.Cap > 0 && p.Taken >= p.Cap }

// Over is by how many so many more would pass the limit.
func (p Places) Over(more int) int {
	if p.Cap == 0 {
		return 0
	}
	return max(0, p.Taken+more-p.Cap)
}

// Closed reads why people can't join in public now.
func (w *Waitlist) Closed(ctx context.Context, b Business) (Closed, error) {
	row, known, err := maybe(w.db.GetJoining(ctx, b.TenantID))
	if err != nil {
		return Closed{}, db.Down(fmt.Errorf("reading how people join: %w", err))
	}
	if !known {
		return Closed{}, nil
	}
	now, err := w.db.Now(ctx)
	if err != nil {
		return Closed{}, err
	}
	var c Closed
	if pausedNow(row, now) {
		c.Paused, c.Reason = true, row.PauseReason
		if row.PausedUntil != nil {
			c.Until = row.PausedUntil.In(b.Zone)
		}
		return c, nil
	}
	places, err := w.places(ctx, b.TenantID)
	c.Full = ServicePlaces{places.Cap, places.Taken}.Full()
	for id, p := range places.Of {
		if p.Full() {
			if c.Of == nil {
				c.Of = map[string]bool{}
			}
			c.Of[id] = true
		}
	}
	return c, err
}

// pausedNow tells whether joining is paused; a pause with an end is over by itself.
func pausedNow(row db.Joining, now time.Time) bool {
	return row.Paused && (row.PausedUntil == nil || row.PausedUntil.After(now))
}

// Places reads how many are on the list of a business, and how many may be. Only what has a limit is counted.
func (w *Waitlist) Places(ctx context.Context, tenantID int64) (Places, error) {
	return w.places(ctx, tenantID)
}

func (w *Waitlist) places(ctx context.Context, tenantID int64) (p Places, err error) {
	row, known, err := maybe(w.db.GetJoining(ctx, tenantID))
	if err != nil || !known {
		return p, db.Down(wrap(err, "reading how people join"))
	}
	if row.ListCap > 0 {
		taken, err := w.db.CountPlaces(ctx, tenantID)
		if err != nil {
			return p, db.Down(fmt.Errorf("counting places: %w", err))
		}
		p.Cap, p.Taken = row.ListCap, int(taken)
	}
	caps, err := w.db.ListCaps(ctx, tenantID)
	if err != nil || len(caps) == 0 {
		return p, db.Down(wrap(err, "reading limits"))
	}
	p.Of = map[string]ServicePlaces{}
	for _, c := range caps {
		taken, err := w.db.CountPlacesOf(ctx, db.CountPlacesOfParams{TenantID: tenantID, ServiceID: c.ServiceID})
		if err != nil {
			return p, db.Down(fmt.Errorf("counting places: %w", err))
		}
		p.Of[c.PublicID] = ServicePlaces{c.ListCap, int(taken)}
	}
	return p, nil
}

// placesSpare is how far from its limit a list is filled without a lock: more than can be joining at one moment, with as many
// connections as eight instances have.
const placesSpare = 256

// joinable refuses, for everybody alike, what a business takes nobody for: Conflict while joining is paused or the list is full.
func joinable(ctx context.Context, tx *db.Tx, tenantID int64, now time.Time) (db.Joining, error) {
	row, known, err := maybe(tx.GetJoining(ctx, tenantID))
	switch {
	case err != nil:
		return row, fmt.Errorf("reading how people join: %w", err)
	case known && pausedNow(row, now):
		return row, problem.New(problem.Conflict, "problem.joining.paused")
	}
	return row, nil
}

// takePlace makes sure that one more may be on the list for a service: Conflict when the list is full, Invalid when the service's is. Near
// the limit whoever joins waits for the one before, so that of two who want the last place one gets it. It is called with the customer locked, before the entry is added.
func takePlace(ctx context.Context, tx *db.Tx, row db.Joining, serviceID int64) error {
	if row.ListCap > 0 {
		full, err := noPlace(ctx, row.ListCap,
			func(ctx context.Context) (int64, error) { return tx.CountPlaces(ctx, row.TenantID) },
			func(ctx context.Context) error { _, err := tx.LockJoining(ctx, row.TenantID); return err })
		if err != nil {
			return err
		}
		if full {
			return problem.New(problem.Conflict, "problem.joining.full")
		}
	}
	of := db.GetListCapParams{TenantID: row.TenantID, ServiceID: serviceID}
	limit, limited, err := maybe(tx.GetListCap(ctx, of))
	if err != nil || !limited {
		return wrap(err, "reading a limit")
	}
	full, err := noPlace(ctx, limit.ListCap,
		func(ctx context.Context) (int64, error) { return tx.CountPlacesOf(ctx, db.CountPlacesOfParams(of)) },
		func(ctx context.Context) error { _, err := tx.LockListCap(ctx, db.LockListCapParams(of)); return err })
	if err != nil {
		return err
	}
	if full {
		return problem.Invalid(problem.Bad("service", "problem.joining.service_full"))
	}
	return nil
}

func noPlace(ctx context.Context, limit int, count func(context.Context) (int64, error), lock func(context.Context) error) (bool, error) {
	taken, err := count(ctx)
	if err != nil {
		return false, fmt.Errorf("counting places: %w", err)
	}
	if int(taken)+placesSpare < limit || int(taken) >= limit {
		return int(taken) >= limit, nil
	}
	if err := lock(ctx); err != nil {
		return false, fmt.Errorf("locking a limit: %w", err)
	}
	if taken, err = count(ctx); err != nil {
		return false, fmt.Errorf("counting places: %w", err)
	}
	return int(taken) >= limit, nil
}
