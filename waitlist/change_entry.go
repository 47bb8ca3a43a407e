package waitlist

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
)

// EntryChange is what staff change of an entry at once; nil stays as it is.
type EntryChange struct {
	Version  int // of the entry as it was read; 0: whichever it is
	Wishes   *Wishes
	Note     *string
	Priority *int
	Reason   string // for the priority
}

// ChangeEntry is StaffChangeWishes, SetNote and SetPriority in one: all of it or nothing. The note can be changed of an entry that has ended,
// too. Fails with Invalid naming the field, Conflict when the entry was changed since it was read, Gone when it has ended.
func (w *Waitlist) ChangeEntry(ctx context.Context, s Staff, entryID string, f EntryChange) error {
	f, err := f.read()
	if err != nil {
		return err
	}
	entry, err := w.entryOf(ctx, s, entryID)
	if err != nil {
		return err
	}
	return w.inTx(ctx, s.TenantID, func(ctx context.Context, tx *db.Tx) error {
		p, err := lockParty(ctx, tx, s.TenantID, entry.CustomerID)
		if err != nil {
			return err
		}
		e, err := tx.LockEntry(ctx, db.LockEntryParams{TenantID: s.TenantID, ID: entry.ID})
		if err != nil {
			return fmt.Errorf("locking an entry: %w", err)
		}
		if err := atVersion(e, f.Version); err != nil {
			return err
		}
		return w.changeEntry(ctx, tx, s, p, e, f)
	})
}

func (f EntryChange) read() (EntryChange, error) {
	var bad []problem.Field
	if f.Note != nil {
		note, field := readNote(*f.Note)
		if field != nil {
			bad = append(bad, *field)
		}
		f.Note = &note
	}
	if f.Priority != nil {
		reason, field := readPriority(*f.Priority, f.Reason)
		if field != nil {
			bad = append(bad, *field)
		}
		f.Reason = reason
	}
	if len(bad) > 0 {
		return f, problem.Invalid(bad...)
	}
	return f, nil
}

func (w *Waitlist) changeEntry(ctx context.Context, tx *db.Tx, s Staff, p party, e db.Entry, f EntryChange) error {
	if (f.Wishes != nil || f.Priority != nil) && !e.State.Live() {
		return problem.New(problem.Gone, "problem.entry_ended")
	}
	if f.Wishes != nil {
		if err := w.rewish(ctx, tx, s.actor(), p, e, *f.Wishes); err != nil {
			return err
		}
	}
	if f.Priority != nil {
		if _, err := prioritise(ctx, tx, s, p, e, *f.Priority, f.Reason); err != nil {
			return err
		}
	}
	if f.Note == nil {
		return nil
	}
	box, err := tx.Box(ctx, s.TenantID)
	if err != nil {
		return err
	}
	current, err := box.Open(inNote(e), e.Note)
	if err != nil || current == *f.Note {
		return wrap(err, "opening a note")
	}
	return writeNote(ctx, tx, s, e, *f.Note)
}

// atVersion fails with Conflict when an entry is not the version that it was read in; 0 is any.
func atVersion(e db.Entry, version int) error {
	if version != 0 && e.Version != version {
		return problem.New(problem.Conflict, "problem.entry_changed")
	}
	return nil
}
