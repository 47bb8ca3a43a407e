package waitlist

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
)

const (
	bulkBatch = 100  // entries read at a time
	bulkRun   = 2000 // entries that one run of the job goes through, so that every business has its turn
)

// CarryOutBulk goes on with the acts on many that are not finished, entry by entry, each in a transaction of its own.
func (w *Waitlist) CarryOutBulk(ctx context.Context) (int, error) {
	acts, err := w.db.BulkActsAtWork(ctx)
	if err != nil {
		return 0, db.Down(fmt.Errorf("reading acts on many: %w", err))
	}
	done := 0
	var failed error
	for _, act := range acts {
		n, err := w.carryOut(ctx, act, bulkRun)
		done += n
		failed = errors.Join(failed, err)
	}
	return done, failed
}

// carryOut goes through at most so many entries of one act. Several instances may do it at once: an entry is changed together with its line
// in bulk_changes, and that only once.
func (w *Waitlist) carryOut(ctx context.Context, act db.BulkAct, most int) (done int, err error) {
	if act.State == "collecting" {
		if err := w.collect(ctx, act); err != nil {
			return 0, err
		}
		if act, err = w.db.GetBulkAct(ctx, db.GetBulkActParams{TenantID: act.TenantID, ID: act.ID}); err != nil {
			return 0, db.Down(fmt.Errorf("reading an act on many: %w", err))
		}
	}
	if act.State == "done" || act.State == "undone" { // undone a second time
		return 0, nil
	}
	if act.Total > most && most == bulkAtOnce { // the page does not wait for it
		return 0, nil
	}
	from, one, to := "pending", w.bulkOne, "done"
	if act.State == "undoing" {
		from, one, to = "changed", w.bulkUndoOne, "undone"
	}
	var failed error
	// Whose offer is taken back comes last: else it would go from one to the next of those who are about to be paused or removed.
	after, offered, last := int64(0), map[int64]bool{}, act.State == "undoing" || act.Act != BulkPause && act.Act != BulkRemove
	for done < most {
		lines, err := w.db.BulkChangesIn(ctx, db.BulkChangesInParams{TenantID: act.TenantID, BulkActID: act.ID, State: from, EntryID: after, Limit: int32(min(bulkBatch, most-done))})
		if err != nil {
			return done, db.Down(fmt.Errorf("reading whom an act on many is about: %w", err))
		}
		if len(lines) == 0 && len(offered) > 0 && !last {
			after, last = 0, true
			continue
		}
		if len(lines) == 0 {
			if failed == nil {
				failed = w.endBulk(ctx, act, to)
			}
			return done, failed
		}
		if !last {
			if err := w.markOffered(ctx, act.TenantID, lines, offered); err != nil {
				return done, err
			}
		}
		for _, line := range lines {
			after = line.EntryID
			if err := ctx.Err(); err != nil {
				return done, err
			}
			if offered[line.EntryID] && !last {
				continue
			}
			if err := one(ctx, act, line); err != nil && !errors.Is(err, errLineDone) { // the others go on; this one is tried again
				failed = errors.Join(failed, fmt.Errorf("act on many %d, entry %d: %w", act.ID, line.EntryID, err))
			}
			done++
		}
	}
	return done, failed
}

// markOffered marks the entries to which an offer is out.
func (w *Waitlist) markOffered(ctx context.Context, tenantID int64, lines []db.BulkChange, offered map[int64]bool) error {
	ids := make([]int64, len(lines))
	for i, line := range lines {
		ids[i] = line.EntryID
	}
	if len(ids) == 0 {
		return nil
	}
	entries, err := w.db.EntriesByID(ctx, db.EntriesByIDParams{TenantID: tenantID, Ids: ids})
	for _, e := range entries {
		if e.State == rules.EntryOffered {
			offered[e.ID] = true
		}
	}
	return db.Down(wrap(err, "reading entries"))
}

func (w *Waitlist) endBulk(ctx context.Context, act db.BulkAct, to string) error {
	return w.inTx(ctx, act.TenantID, func(ctx context.Context, tx *db.Tx) error {
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		_, err = tx.EndBulkAct(ctx, db.EndBulkActParams{ToState: to, At: &now, TenantID: act.TenantID, ID: act.ID, FromState: act.State})
		return wrap(err, "ending an act on many")
	})
}

// collect fixes whom an act on many is about. Broken off, it is done anew.
func (w *Waitlist) collect(ctx context.Context, act db.BulkAct) error {
	settings, err := LoadSettings(ctx, w.db.Queries, act.TenantID)
	if err != nil {
		return err
	}
	filter, err := w.readFilter(ctx, act)
	if err != nil {
		return err
	}
	list, _, some, err := w.entryList(ctx, settings, filter)
	if err != nil {
		return err
	}
	var ids []int64
	if some {
		if ids, err = w.db.EntryIDs(ctx, list); err != nil {
			return db.Down(err)
		}
	}
	collecting := func(act func(context.Context, *db.Tx) error) error {
		return w.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error { return act(ctx, tx) })
	}
	for chunk := range slices.Chunk(ids, 1000) {
		err := collecting(func(ctx context.Context, tx *db.Tx) error {
			now, err := tx.LockBulkAct(ctx, db.LockBulkActParams{TenantID: act.TenantID, ID: act.ID})
			if err != nil || now.State != "collecting" { // another instance was faster
				return wrap(err, "locking an act on many")
			}
			return tx.AddBulkChanges(ctx, act.TenantID, act.ID, chunk)
		})
		if err != nil {
			return err
		}
	}
	return collecting(func(ctx context.Context, tx *db.Tx) error {
		if _, err := tx.LockBulkAct(ctx, db.LockBulkActParams{TenantID: act.TenantID, ID: act.ID}); err != nil {
			return fmt.Errorf("locking an act on many: %w", err)
		}
		counts, err := tx.CountBulkChanges(ctx, db.CountBulkChangesParams{TenantID: act.TenantID, BulkActID: act.ID})
		if err != nil {
			return fmt.Errorf("counting whom an act on many is about: %w", err)
		}
		total := 0
		for _, c := range counts {
			total += int(c.Entries)
		}
		_, err = tx.BeginBulkAct(ctx, db.BeginBulkActParams{Total: total, TenantID: act.TenantID, ID: act.ID})
		return wrap(err, "beginning an act on many")
	})
}

// errLineDone says that another instance was through with this entry first: the transaction is rolled back.
var errLineDone = errors.New("somebody else was faster with this entry")

// bulkOne does the act to one entry by the same acts that do it to one alone.
func (w *Waitlist) bulkOne(ctx context.Context, act db.BulkAct, line db.BulkChange) error {
	s := staffOf(act.TenantID, act.UserID, act.KeyID)
	if act.Act == BulkRemove {
		noted := false
		err := w.endWait(ctx, act.TenantID, line.EntryID, rules.EntryRemoved, func(ctx context.Context, tx *db.Tx, before db.Entry) error {
			noted = true
			if err := noteBulk(ctx, tx, act, "entry.remove", before.ID); err != nil {
				return err
			}
			return endLine(ctx, tx, act, line, before, true)
		})
		if err != nil || noted {
			return err
		}
		return w.bulkIn(ctx, act, line, func(context.Context, *db.Tx, party, db.Entry) (bool, error) { return false, nil })
	}
	for range 5 {
		err := w.bulkIn(ctx, act, line, func(ctx context.Context, tx *db.Tx, p party, e db.Entry) (bool, error) {
			return w.bulkAct(ctx, tx, s, act, p, e)
		})
		if !errors.Is(err, errMoved) {
			return err
		}
		if err := w.takeBackAndPause(ctx, act, line); !errors.Is(err, errMoved) {
			return err
		}
	}
	return problem.New(problem.Conflict, "problem.try_again")
}

// bulkAct does the act to a locked entry. errMoved: an offer to it is out, which has to be locked first.
func (w *Waitlist) bulkAct(ctx context.Context, tx *db.Tx, s Staff, act db.BulkAct, p party, e db.Entry) (bool, error) {
	switch act.Act {
	case BulkPause:
		switch e.State {
		case rules.EntryOffered:
			return false, errMoved
		case rules.EntryWaiting:
			if err := pause(ctx, tx, p, e); err != nil {
				return false, err
			}
			return true, noteBulk(ctx, tx, act, "entry.pause", e.ID)
		}
	case BulkResume:
		if e.State != rules.EntryPaused {
			return false, nil
		}
		if err := w.unpause(ctx, tx, p, e); err != nil {
			return false, err
		}
		return true, noteBulk(ctx, tx, act, "entry.return", e.ID)
	case BulkPriority:
		if e.State.Live() {
			reason, err := bulkReason(ctx, tx, act)
			if err != nil {
				return false, err
			}
			return prioritise(ctx, tx, s, p, e, act.Priority, reason)
		}
	case BulkTag:
		return giveTag(ctx, tx, s, *act.TagID, e.CustomerID)
	case BulkUntag:
		return takeTag(ctx, tx, s, *act.TagID, e.CustomerID)
	}
	return false, nil
}

func bulkReason(ctx context.Context, tx *db.Tx, act db.BulkAct) (string, error) {
	box, err := tx.Box(ctx, act.TenantID)
	if err != nil {
		return "", err
	}
	return box.Open(bulkPlace(act.TenantID, act.PublicID, "reason"), act.Reason)
}

// noteBulk is the line in the audit trail of one entry of an act on many.
func noteBulk(ctx context.Context, tx *db.Tx, act db.BulkAct, action string, entryID int64) error {
	by := staffOf(act.TenantID, act.UserID, act.KeyID)
	if act.UndoneBy != nil {
		by = staffOf(act.TenantID, *act.UndoneBy, act.UndoneByKeyID)
	}
	return audit.Note(ctx, tx, audit.Entry{
		TenantID: act.TenantID, By: by.Actor(), Action: action, Record: "entries", RecordID: entryID,
	})
}

// bulkIn locks an entry, live or not, with its customer, lets do change it, and ends its line.
func (w *Waitlist) bulkIn(ctx context.Context, act db.BulkAct, line db.BulkChange, do func(context.Context, *db.Tx, party, db.Entry) (bool, error)) error {
	return w.lockedLine(ctx, act, line, func(ctx context.Context, tx *db.Tx, p party, e db.Entry) error {
		changed, err := do(ctx, tx, p, e)
		if err != nil {
			return err
		}
		return endLine(ctx, tx, act, line, e, changed)
	})
}

func (w *Waitlist) lockedLine(ctx context.Context, act db.BulkAct, line db.BulkChange, do func(context.Context, *db.Tx, party, db.Entry) error) error {
	entry, err := w.db.GetEntry(ctx, db.GetEntryParams{TenantID: act.TenantID, ID: line.EntryID})
	if err != nil {
		return db.Down(fmt.Errorf("reading an entry: %w", err))
	}
	return w.inTx(ctx, act.TenantID, func(ctx context.Context, tx *db.Tx) error {
		p, err := lockParty(ctx, tx, act.TenantID, entry.CustomerID)
		if err != nil {
			return err
		}
		e, err := tx.LockEntry(ctx, db.LockEntryParams{TenantID: act.TenantID, ID: entry.ID})
		if err != nil {
			return fmt.Errorf("locking an entry: %w", err)
		}
		return do(ctx, tx, p, e)
	})
}

// endLine writes what the act did to an entry, in the transaction that did it.
func endLine(ctx context.Context, tx *db.Tx, act db.BulkAct, line db.BulkChange, before db.Entry, changed bool) error {
	row := db.EndBulkChangeParams{ToState: "unchanged", TenantID: act.TenantID, BulkActID: act.ID, EntryID: line.EntryID}
	if changed {
		after, err := tx.GetEntry(ctx, db.GetEntryParams{TenantID: act.TenantID, ID: line.EntryID})
		if err != nil {
			return fmt.Errorf("reading an entry again: %w", err)
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		row.ToState, row.BeforeState, row.BeforePriority, row.AfterVersion, row.ChangedAt = "changed", before.State, before.Priority, after.Version, &now
	}
	return once(tx.EndBulkChange(ctx, row))
}

// once turns a compare-and-set on a line that missed into errLineDone.
func once(n int64, err error) error {
	if err == nil && n == 0 {
		return errLineDone
	}
	return wrap(err, "writing what an act on many did")
}

// takeBackAndPause ends the offer that is out to an entry, so that the next customer is asked, and pauses it.
func (w *Waitlist) takeBackAndPause(ctx context.Context, act db.BulkAct, line db.BulkChange) error {
	entry, err := w.db.GetEntry(ctx, db.GetEntryParams{TenantID: act.TenantID, ID: line.EntryID})
	if err != nil {
		return db.Down(fmt.Errorf("reading an entry: %w", err))
	}
	return w.endLiveOffer(ctx, entry, rules.EntryRemoved, func(ctx context.Context, tx *db.Tx, p party, offer db.Offer, e db.Entry) error {
		if err := waitAgain(ctx, tx, e); err != nil {
			return err
		}
		waiting := e
		waiting.State = rules.EntryWaiting
		if err := pause(ctx, tx, p, waiting); err != nil {
			return err
		}
		if err := tellTakenBack(ctx, tx, offer); err != nil {
			return err
		}
		if err := noteBulk(ctx, tx, act, "entry.pause", e.ID); err != nil {
			return err
		}
		return endLine(ctx, tx, act, line, e, true)
	})
}

// tellTakenBack tells what became of an offer that endLiveOffer ended for the business.
func tellTakenBack(ctx context.Context, tx *db.Tx, offer db.Offer) error {
	now, err := tx.Now(ctx)
	if err != nil {
		return err
	}
	if !offer.ExpiresAt.After(now) { // it had run out: nobody took it back
		return tellMovedOn(ctx, tx, offer, now)
	}
	return tellWithdrawn(ctx, tx, offer, now)
}
