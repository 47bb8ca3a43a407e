package waitlist

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
)

const (
	retryAll     = 30 * time.Second // every open slot is tried at least this often
	retryMail    = 15 * time.Second // while sending fails
	winnersAtOne = 20               // candidates locked and found changed in one transaction before it is left to the next try
)

// Fill tries to give an open slot away: it finds who should have it by the business's own weights, holds it for them and
// enqueues the email, all in one transaction. It reports whether an offer went out; when none did the slot says why and
// when it is tried again. A slot that is not open is left alone.
func (w *Waitlist) Fill(ctx context.Context, tenantID, slotID int64) (offered bool, err error) {
	done := sync.OnceFunc(w.turns.take(tenantID))
	defer done()
	err = w.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		offered = false
		tx.AfterCommit(done) // whatever else follows keeps nobody waiting
		slot, err := lockSlot(ctx, tx, tenantID, slotID)
		if err != nil || slot.State != rules.SlotOpen {
			return err
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		if !slot.StartsAt.After(now) {
			tx.AfterCommit(func() { w.boards.Changed(tenantID) })
			return closeSlot(ctx, tx, slot, rules.SlotLapsed, now)
		}
		if slot.WithdrawDueAt != nil {
			return w.leaveUnfilled(ctx, tx, slot, now, unfilled{reason: rules.ReasonSlotClosed, retryAt: slot.WithdrawDueAt.Add(time.Second)})
		}
		settings, err := LoadSettings(ctx, tx.Queries, tenantID)
		if err != nil {
			return err
		}
		offered, err = w.tryCandidates(ctx, tx, settings, slot, now)
		return err
	})
	return offered, err
}

// unfilled is why a slot got no offer, when to try again, and where to go on.
type unfilled struct {
	reason  rules.UnfilledReason
	retryAt time.Time     // zero: in 30 s, the longest
	cursor  *rules.Cursor // nil: from the top
}

func (w *Waitlist) tryCandidates(ctx context.Context, tx *db.Tx, s Settings, slot db.Slot, now time.Time) (bool, error) {
	sc, err := newScan(ctx, tx.Queries, s, slot, now)
	if err != nil {
		return false, err
	}
	if slot.ChosenEntryID != nil {
		offered, err := w.tryChosen(ctx, tx, sc)
		if offered || err != nil {
			return offered, err
		}
	}
	if reason, retryAt := rules.OfferGate(s.Settings, now, sc.opening); reason != "" {
		return false, w.leaveUnfilled(ctx, tx, slot, now, unfilled{reason: reason, retryAt: retryAt})
	}
	failing, err := mailFailing(ctx, tx)
	if err != nil {
		return false, err
	}
	if failing {
		return false, w.leaveUnfilled(ctx, tx, slot, now, unfilled{reason: rules.ReasonMailDown, retryAt: now.Add(retryMail)})
	}
	if why, up, err := hourIsUp(ctx, tx, s, now); err != nil || up {
		if err == nil {
			err = w.leaveUnfilled(ctx, tx, slot, now, why)
		}
		return false, err
	}
	for range winnersAtOne {
		pick, why, err := sc.pick(ctx)
		if err != nil {
			return false, err
		}
		if why != nil {
			return false, w.leaveUnfilled(ctx, tx, slot, now, *why)
		}
		p, misfit, err := sc.recheck(ctx, tx, pick.Candidate.EntryID, asTheyAre)
		if err != nil {
			return false, err
		}
		if misfit == "" {
			return true, w.offer(ctx, tx, sc, p, pick, nil)
		}
		if misfit != rules.MisfitContactLimit { // the next look counts that one, and says when it ends
			sc.skip[pick.Candidate.EntryID] = true
		}
	}
	return false, w.leaveUnfilled(ctx, tx, slot, now, unfilled{reason: rules.ReasonScanning, retryAt: now})
}

// pick looks from the top and, when an earlier try stopped at its bound, a little at the top and then from there on.
func (sc *scan) pick(ctx context.Context) (rules.Pick, *unfilled, error) {
	from, limit, limited := fromTop, scanLimit, rules.Pick{}
	stopped, resumes, err := sc.stoppedAt(ctx)
	if err != nil {
		return rules.Pick{}, nil, err
	}
	if resumes {
		head, found, more, err := sc.certain(ctx, fromTop, scanHead)
		if err != nil || found {
			return head, nil, err
		}
		if more {
			from, limit, limited = stopped, scanLimit-scanHead, head
			limited.Contacts = limited.Contacts || sc.slot.UnfilledReason == rules.ReasonContactLimit // seen on the way
		}
	}
	pick, found, more, err := sc.certain(ctx, from, limit)
	if err != nil || found {
		return pick, nil, err
	}
	why := unfilled{reason: rules.ReasonNoCandidate}
	switch {
	case pick.Contacts:
		why = unfilled{reason: rules.ReasonContactLimit, retryAt: pick.EarliestContact}
	case limited.Contacts:
		why = unfilled{reason: rules.ReasonContactLimit, retryAt: limited.EarliestContact}
	case more:
		why.reason = rules.ReasonScanning
	}
	if more {
		why.retryAt, why.cursor = sc.now, &pick.Last
	}
	return pick, &why, nil
}

// recheck locks one candidate and looks at them again, now that nothing about them can change. seenAs may leave wishes out.
func (sc *scan) recheck(ctx context.Context, tx *db.Tx, entryID int64, seenAs func(rules.Candidate) rules.Candidate) (party, rules.Misfit, error) {
	e, err := tx.GetEntry(ctx, db.GetEntryParams{TenantID: sc.slot.TenantID, ID: entryID})
	if e, err = found(e, err, "problem.no_such_entry"); err != nil {
		return party{}, "", err
	}
	p, err := lockParty(ctx, tx, sc.slot.TenantID, e.CustomerID)
	if err != nil {
		return p, "", err
	}
	live, ok := p.entry(entryID)
	if !ok {
		return p, rules.MisfitState, nil
	}
	again, err := sc.candidates(ctx, []db.Entry{live})
	if err != nil || len(again) == 0 {
		return p, rules.MisfitState, err
	}
	service, ok := sc.services[live.ServiceID]
	if !ok {
		return p, rules.MisfitDuration, nil
	}
	return p, rules.Fits(sc.settings.Settings, sc.now, sc.opening, serviceTime(service), seenAs(again[0])), nil
}

// asTheyAre leaves a candidate's wishes as they are.
func asTheyAre(c rules.Candidate) rules.Candidate { return c }

func (w *Waitlist) leaveUnfilled(ctx context.Context, tx *db.Tx, slot db.Slot, now time.Time, u unfilled) error {
	next := now.Add(retryAll)
	if !u.retryAt.IsZero() && u.retryAt.Before(next) {
		next = u.retryAt
	}
	params := db.LeaveSlotUnfilledParams{
		UnfilledReason: u.reason, NextTryAt: &next, TriedAt: &now, TenantID: slot.TenantID, ID: slot.ID,
	}
	if !u.retryAt.IsZero() && waits(u.reason) {
		params.WaitsUntil = &u.retryAt
	}
	if u.cursor != nil {
		params.ScanKey, params.ScanID = &u.cursor.OrderKey, &u.cursor.EntryID
	}
	if u.reason != slot.UnfilledReason {
		tx.AfterCommit(func() { w.boards.Changed(slot.TenantID) })
	}
	n, err := tx.LeaveSlotUnfilled(ctx, params)
	return must(n, err, "leaving a slot unfilled")
}

// waits tells whether a reason is one that passes with time, so that people can be told until when.
func waits(reason rules.UnfilledReason) bool {
	return reason == rules.ReasonQuietHours || reason == rules.ReasonContactLimit || reason == rules.ReasonHourLimit
}

func mailFailing(ctx context.Context, tx *db.Tx) (bool, error) {
	status, known, err := maybe(tx.GetMailStatus(ctx))
	if err != nil {
		return false, fmt.Errorf("reading whether sending works: %w", err)
	}
	return known && status.FailingSince != nil, nil
}

// fillNow is Fill as the sequel of a committed act: the next customer is asked at once. If it fails the job tries within 30 s.
func (w *Waitlist) fillNow(ctx context.Context, tenantID, slotID int64) {
	_, err := w.Fill(context.WithoutCancel(ctx), tenantID, slotID)
	w.afterwards(ctx, "filling a slot", err, "tenant_id", tenantID, "slot_id", slotID)
}
