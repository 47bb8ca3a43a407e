package waitlist

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
)

// bulkUndoOne puts one entry back to what it was before the act, unless somebody has changed it since.
func (w *Waitlist) bulkUndoOne(ctx context.Context, act db.BulkAct, line db.BulkChange) error {
	return w.lockedLine(ctx, act, line, func(ctx context.Context, tx *db.Tx, p party, e db.Entry) error {
		restored, err := w.putBack(ctx, tx, act, line, p, e)
		if err != nil {
			return err
		}
		row := db.UndoBulkChangeParams{ToState: "kept", TenantID: act.TenantID, BulkActID: act.ID, EntryID: line.EntryID}
		if restored {
			row.ToState = "restored"
		}
		return once(tx.UndoBulkChange(ctx, row))
	})
}

func (w *Waitlist) putBack(ctx context.Context, tx *db.Tx, act db.BulkAct, line db.BulkChange, p party, e db.Entry) (bool, error) {
	s := staffOf(act.TenantID, *act.UndoneBy, act.UndoneByKeyID)
	untouched := e.Version == line.AfterVersion
	switch act.Act {
	case BulkPause:
		if !untouched || e.State != rules.EntryPaused {
			return false, nil
		}
		if err := w.unpause(ctx, tx, p, e); err != nil {
			return false, err
		}
		return true, noteBulk(ctx, tx, act, "entry.return", e.ID)
	case BulkResume:
		if !untouched || e.State != rules.EntryWaiting {
			return false, nil
		}
		if err := pause(ctx, tx, p, e); err != nil {
			return false, err
		}
		return true, noteBulk(ctx, tx, act, "entry.pause", e.ID)
	case BulkRemove:
		if !untouched || e.State != rules.EntryRemoved {
			return false, nil
		}
		return w.restoreEntry(ctx, tx, act, line, p, e)
	case BulkPriority:
		since, err := tx.CountPrioritiesSince(ctx, db.CountPrioritiesSinceParams{TenantID: act.TenantID, EntryID: e.ID, Since: *line.ChangedAt})
		if err != nil || since > 0 || !e.State.Live() || e.Priority != act.Priority {
			return false, wrap(err, "reading whether a priority was changed since")
		}
		reason, err := bulkReason(ctx, tx, act)
		if err != nil {
			return false, err
		}
		return prioritise(ctx, tx, s, p, e, line.BeforePriority, reason)
	case BulkTag:
		given, bears, err := maybe(tx.FindCustomerTag(ctx, db.FindCustomerTagParams{TenantID: act.TenantID, TagID: *act.TagID, CustomerID: e.CustomerID}))
		if err != nil || !bears || !given.GivenAt.Equal(*line.ChangedAt) {
			return false, wrap(err, "reading a tag of a customer")
		}
		return takeTag(ctx, tx, s, *act.TagID, e.CustomerID)
	case BulkUntag:
		return giveTag(ctx, tx, s, *act.TagID, e.CustomerID)
	}
	return false, fmt.Errorf("an act on many called %q", act.Act)
}

// restoreEntry lets an entry that the business took off the list stand where it stood. When its customer waits for the service again
// meanwhile, it stays off.
func (w *Waitlist) restoreEntry(ctx context.Context, tx *db.Tx, act db.BulkAct, line db.BulkChange, p party, e db.Entry) (bool, error) {
	if _, waits := p.entryFor(e.ServiceID); waits {
		return false, nil
	}
	to := line.BeforeState
	if to == rules.EntryOffered { // the slot went on to others
		to = rules.EntryWaiting
	}
	now, err := tx.Now(ctx)
	if err != nil {
		return false, err
	}
	n, err := tx.BringEntryBack(ctx, db.BringEntryBackParams{ToState: to, At: now, TenantID: e.TenantID, ID: e.ID})
	if err := must(n, err, "restoring an entry"); err != nil {
		return false, err
	}
	settings, err := LoadSettings(ctx, tx.Queries, e.TenantID)
	if err != nil {
		return false, err
	}
	if err := rerank(ctx, tx, settings, p); err != nil {
		return false, err
	}
	tx.AfterCommit(func() { w.Wake(ctx, e.TenantID) })
	return true, noteBulk(ctx, tx, act, "entry.restore", e.ID)
}
