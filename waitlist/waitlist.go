package waitlist

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/holds"
	"github.com/your-org/waitlist-management/live"
	"github.com/your-org/waitlist-management/problem"
)

// UndoFor is how long staff can take back a cancellation or a withdrawal.
const UndoFor = 10 * time.Second

// longest is the most a slot or booking lasts; look-ups of what overlaps rely on it.
const longest = 24 * time.Hour

// Waitlist carries out every act on entries, slots, offers and bookings. It is safe for concurrent use.
type Waitlist struct {
	db     *db.DB
	holds  *holds.Store
	boards *live.Boards
	log    *slog.Logger
	turns  turns
	hashed atomic.Int64 // customers up to this id have the digest of their number
}

// New makes a Waitlist over an open, migrated database. Whatever it changes it tells the boards.
func New(d *db.DB, h *holds.Store, b *live.Boards, log *slog.Logger) *Waitlist {
	return &Waitlist{db: d, holds: h, boards: b, log: log}
}

// inTx runs an act on a business in one transaction. Once it is committed the boards are told, before anything else follows from it.
func (w *Waitlist) inTx(ctx context.Context, tenantID int64, act func(context.Context, *db.Tx) error) error {
	return w.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		tx.AfterCommit(func() { w.boards.Changed(tenantID) })
		return act(ctx, tx)
	})
}

// afterwards logs what failed after a commit. Nothing is lost by it: the jobs do what the hint did not.
func (w *Waitlist) afterwards(ctx context.Context, doing string, err error, keys ...any) {
	if err != nil {
		w.log.WarnContext(ctx, doing+" after the commit; a job will", append(keys, "error", err.Error())...)
	}
}

func notFound(key string) error { return problem.New(problem.NotFound, key) }
