package db

import (
	"context"
	"fmt"
	"time"
)

// Now is the database's clock in UTC, to the microsecond. Pages and transactions judge deadlines by it alone, so that
// instances with wrong clocks agree.
func (d *DB) Now(ctx context.Context) (time.Time, error) { return d.now(ctx, d.pool) }

// At is what Now was when the database's clock stood at clock, which a query read beside its rows: that spares asking for it.
func (d *DB) At(clock time.Time) time.Time { return clock.Add(time.Duration(d.moved.Load())) }

// MoveClock adds by to what Now and Tx.Now return from here on. Tests and the demo live through days with it; the
// database's own clock is untouched.
func (d *DB) MoveClock(by time.Duration) { d.moved.Add(int64(by)) }

func (d *DB) now(ctx context.Context, q DBTX) (time.Time, error) {
	var now time.Time
	if err := q.QueryRowContext(ctx, "SELECT CURRENT_TIMESTAMP(6)").Scan(&now); err != nil {
		return time.Time{}, down(fmt.Errorf("reading the database's clock: %w", err))
	}
	return d.At(now), nil
}
