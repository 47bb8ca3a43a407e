package waitlist

import (
	"context"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
)

// ConfirmEntry is the button behind the link that joining sends: from here on the customer can be offered slots. Repeating it
// changes nothing. Fails with Gone when the entry has ended.
func (w *Waitlist) ConfirmEntry(ctx context.Context, token string) error {
	entry, err := w.entryByToken(ctx, token)
	if err != nil {
		return err
	}
	return w.changeByCustomer(ctx, entry, "entry.confirm", w.confirm)
}

// StaffConfirmEntry confirms for a customer who did so in another way.
func (w *Waitlist) StaffConfirmEntry(ctx context.Context, s Staff, entryID string) error {
	return w.changeByStaff(ctx, s, entryID, "entry.confirm", w.confirm)
}

func (w *Waitlist) confirm(ctx context.Context, tx *db.Tx, p party, e db.Entry) error {
	if e.State != rules.EntryUnconfirmed {
		return nil
	}
	now, err := tx.Now(ctx)
	if err != nil {
		return err
	}
	settings, err := LoadSettings(ctx, tx.Queries, e.TenantID)
	if err != nil {
		return err
	}
	joined := e.JoinedAt
	if !settings.Row.PlaceCountsFromJoining {
		joined = now
	}
	k := settings.orderKeys(p.customer, e, joined)
	n, err := tx.ConfirmEntry(ctx, db.ConfirmEntryParams{
		At: &now, StaysFrom: now, JoinedAt: joined, OrderKeyA: k.a, OrderKeyB: k.b, OrderVersionA: k.versionA, OrderVersionB: k.versionB, ChangedAt: now, TenantID: e.TenantID, ID: e.ID,
	})
	tx.AfterCommit(func() { w.Wake(ctx, e.TenantID) })
	return must(n, err, "confirming an entry")
}

// PauseEntry stops offers to the customer behind the link; their place is kept. Fails with Conflict while an offer is out or
// the entry is unconfirmed, Gone when it has ended.
func (w *Waitlist) PauseEntry(ctx context.Context, token string) error {
	entry, err := w.entryByToken(ctx, token)
	if err != nil {
		return err
	}
	return w.changeByCustomer(ctx, entry, "entry.pause", pause)
}

// StaffPauseEntry is PauseEntry at the counter.
func (w *Waitlist) StaffPauseEntry(ctx context.Context, s Staff, entryID string) error {
	return w.changeByStaff(ctx, s, entryID, "entry.pause", pause)
}

func pause(ctx context.Context, tx *db.Tx, _ party, e db.Entry) error {
	switch e.State {
	case rules.EntryPaused:
		return nil
	case rules.EntryOffered:
		return problem.New(problem.Conflict, "problem.answer_first")
	case rules.EntryUnconfirmed:
		return problem.New(problem.Conflict, "problem.confirm_first")
	}
	return moveEntry(ctx, tx, e, rules.EntryWaiting, rules.EntryPaused, "pausing an entry")
}

// ReturnEntry ends a pause. Fails with Gone when the entry has ended.
func (w *Waitlist) ReturnEntry(ctx context.Context, token string) error {
	entry, err := w.entryByToken(ctx, token)
	if err != nil {
		return err
	}
	return w.changeByCustomer(ctx, entry, "entry.return", w.unpause)
}

// StaffReturnEntry is ReturnEntry at the counter.
func (w *Waitlist) StaffReturnEntry(ctx context.Context, s Staff, entryID string) error {
	return w.changeByStaff(ctx, s, entryID, "entry.return", w.unpause)
}

func (w *Waitlist) unpause(ctx context.Context, tx *db.Tx, _ party, e db.Entry) error {
	if e.State != rules.EntryPaused {
		return nil
	}
	tx.AfterCommit(func() { w.Wake(ctx, e.TenantID) })
	return moveEntry(ctx, tx, e, rules.EntryPaused, rules.EntryWaiting, "ending a pause")
}

// SetPriority moves an entry up or down the list, -3 to 3, for a reason that the audit trail keeps. Fails with Invalid naming
// the field, Gone when the entry has ended.
func (w *Waitlist) SetPriority(ctx context.Context, s Staff, entryID string, priority int, reason string) error {
	reason, bad := readPriority(priority, reason)
	if bad != nil {
		return problem.Invalid(*bad)
	}
	entry, err := w.entryOf(ctx, s, entryID)
	if err != nil {
		return err
	}
	return w.change(ctx, entry, func(ctx context.Context, tx *db.Tx, p party, e db.Entry) error {
		_, err := prioritise(ctx, tx, s, p, e, priority, reason)
		return err
	})
}

// readPriority checks a priority and the reason for it.
func readPriority(priority int, typed string) (reason string, bad *problem.Field) {
	if reason, bad = readReason(typed); bad != nil {
		return reason, bad
	}
	if priority < -3 || priority > 3 {
		field := problem.Bad("priority", "problem.bounds", "Least", -3, "Most", 3)
		bad = &field
	}
	return reason, bad
}

// prioritise gives a locked live entry a priority and notes the reason. It tells whether the entry had another one.
func prioritise(ctx context.Context, tx *db.Tx, s Staff, p party, e db.Entry, priority int, reason string) (bool, error) {
	if e.Priority == priority {
		return false, nil
	}
	now, err := tx.Now(ctx)
	if err != nil {
		return false, err
	}
	n, err := tx.SetEntryPriority(ctx, db.SetEntryPriorityParams{Priority: priority, ChangedAt: now, TenantID: e.TenantID, ID: e.ID})
	if err := must(n, err, "changing a priority"); err != nil {
		return false, err
	}
	settings, err := LoadSettings(ctx, tx.Queries, e.TenantID)
	if err != nil {
		return false, err
	}
	if err := rerank(ctx, tx, settings, p); err != nil {
		return false, err
	}
	return true, audit.Note(ctx, tx, audit.Entry{
		TenantID: s.TenantID, By: s.Actor(), Action: "entry.priority", Record: "entries", RecordID: e.ID,
		Detail: map[string]int{"before": e.Priority, "after": priority}, Reason: reason,
	})
}

// change runs an act on a live entry with its customer locked. Fails with Gone when the entry has ended.
func (w *Waitlist) change(ctx context.Context, entry db.Entry, act func(context.Context, *db.Tx, party, db.Entry) error) error {
	return w.inTx(ctx, entry.TenantID, func(ctx context.Context, tx *db.Tx) error {
		p, err := lockParty(ctx, tx, entry.TenantID, entry.CustomerID)
		if err != nil {
			return err
		}
		live, ok := p.entry(entry.ID)
		if !ok {
			return problem.New(problem.Gone, "problem.entry_ended")
		}
		return act(ctx, tx, p, live)
	})
}

// changeByStaff is change with a line in the audit trail.
func (w *Waitlist) changeByStaff(ctx context.Context, s Staff, entryID, action string, act func(context.Context, *db.Tx, party, db.Entry) error) error {
	entry, err := w.entryOf(ctx, s, entryID)
	if err != nil {
		return err
	}
	return w.changeBy(ctx, s.actor(), entry, action, act)
}

// changeByCustomer is changeByStaff for the customer whose entry it is.
func (w *Waitlist) changeByCustomer(ctx context.Context, entry db.Entry, action string, act func(context.Context, *db.Tx, party, db.Entry) error) error {
	return w.changeBy(ctx, customer(entry.CustomerID), entry, action, act)
}

func (w *Waitlist) changeBy(ctx context.Context, who actor, entry db.Entry, action string, act func(context.Context, *db.Tx, party, db.Entry) error) error {
	return w.change(ctx, entry, func(ctx context.Context, tx *db.Tx, p party, e db.Entry) error {
		if err := act(ctx, tx, p, e); err != nil || stands(action, e) {
			return err
		}
		return who.did(ctx, tx, action, e.TenantID, "entries", e.ID, nil)
	})
}
