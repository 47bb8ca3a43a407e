package db

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"time"
)

const (
	tries     = 5
	txTimeout = 15 * time.Second
)

// Tx is one transaction: its queries, its moment and what happens once it is committed.
type Tx struct {
	*Queries
	db    *DB
	tx    *sql.Tx
	now   time.Time
	after []func()
}

// InTx runs act in one READ COMMITTED transaction and commits it when act returns nil.
//
// A deadlock, a lock wait over 3 s or a refused auto-increment rolls back and runs act again, at most five times: act must
// keep nothing from a failed try. The work is not cut short when ctx is cancelled, since the outcome would be unknown;
// it has 15 s. When the database is not there the error is problem.Unavailable, and the outcome of a commit whose answer was
// lost is unknown: every act is idempotent.
func (d *DB) InTx(ctx context.Context, act func(ctx context.Context, tx *Tx) error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), txTimeout)
	defer cancel()
	var err error
	for try := range tries {
		if try > 0 {
			pause := time.Duration(1+rand.IntN(10<<try)) * time.Millisecond
			select {
			case <-time.After(pause):
			case <-ctx.Done():
				return down(err)
			}
		}
		var after []func()
		if after, err = d.once(ctx, act); err == nil {
			for _, f := range after {
				f()
			}
			return nil
		}
		if !passing(err) {
			return down(err)
		}
	}
	return down(err)
}

func (d *DB) once(ctx context.Context, act func(context.Context, *Tx) error) (after []func(), err error) {
	sqlTx, err := d.pool.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelReadCommitted})
	if err != nil {
		return nil, fmt.Errorf("beginning a transaction: %w", err)
	}
	// After 1205 a COMMIT would keep half the work: whatever went wrong, roll back.
	defer func() {
		if err != nil {
			_ = sqlTx.Rollback()
		}
	}()
	tx := &Tx{Queries: New(sqlTx), db: d, tx: sqlTx}
	if err := act(ctx, tx); err != nil {
		return nil, err
	}
	if err := sqlTx.Commit(); err != nil {
		return nil, fmt.Errorf("committing: %w", err)
	}
	return tx.after, nil
}

// Now is the database's clock, read once per transaction at the first call. Call it after the first locks are held: a
// moment read before a wait for a lock is as old as the wait was long.
func (tx *Tx) Now(ctx context.Context) (time.Time, error) {
	if tx.now.IsZero() {
		now, err := tx.db.now(ctx, tx.tx)
		if err != nil {
			return time.Time{}, err
		}
		tx.now = now
	}
	return tx.now, nil
}

// AfterCommit runs f once the transaction is committed, in the order given, and never when it is rolled back or tried again.
func (tx *Tx) AfterCommit(f func()) { tx.after = append(tx.after, f) }

// SQL is for the few statements that sqlc cannot write, such as multi-row inserts.
func (tx *Tx) SQL() DBTX { return tx.tx }
