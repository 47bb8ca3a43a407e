package waitlist

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
)

// unconfirmedKept is for how long somebody who never confirmed keeps a place where places are few.
const unconfirmedKept = 48 * time.Hour

// StayEntry is the button behind "do you still wait?": the entry's time begins anew. Repeating it changes nothing that matters. Fails with
// Gone when the entry has ended.
func (w *Waitlist) StayEntry(ctx context.Context, token string) error {
	entry, err := w.entryByToken(ctx, token)
	if err != nil {
		return err
	}
	return w.change(ctx, entry, func(ctx context.Context, tx *db.Tx, p party, e db.Entry) error {
		if err := stay(ctx, tx, e); err != nil {
			return err
		}
		return audit.Note(ctx, tx, audit.Entry{
			TenantID: e.TenantID, By: audit.ByCustomer(e.CustomerID), Action: "entry.stay", Record: "entries", RecordID: e.ID,
		})
	})
}

// StaffStayEntry is StayEntry for a customer who said so in another way.
func (w *Waitlist) StaffStayEntry(ctx context.Context, s Staff, entryID string) error {
	return w.changeByStaff(ctx, s, entryID, "entry.stay", func(ctx context.Context, tx *db.Tx, _ party, e db.Entry) error { return stay(ctx, tx, e) })
}

func stay(ctx context.Context, tx *db.Tx, e db.Entry) error {
	now, err := tx.Now(ctx)
	if err != nil {
		return err
	}
	n, err := tx.LetEntryStay(ctx, db.LetEntryStayParams{At: now, TenantID: e.TenantID, ID: e.ID})
	return must(n, err, "letting an entry stay")
}

// AskWhoStays asks those whose time on the list ends soon whether they still wait, where a business lets entries end by themselves.
func (w *Waitlist) AskWhoStays(ctx context.Context) (int, error) {
	return w.eachExpiring(ctx, func(ctx context.Context, tenantID int64, days int, now time.Time) (int, error) {
		since := now.Add(rules.StayLead(days) - rules.Stay(days))
		entries, err := w.db.EntriesToAsk(ctx, db.EntriesToAskParams{TenantID: tenantID, Since: since})
		if err != nil {
			return 0, fmt.Errorf("reading whom to ask: %w", err)
		}
		var failed error
		for _, e := range entries {
			failed = errors.Join(failed, w.askToStay(ctx, e, days))
		}
		return len(entries), failed
	})
}

func (w *Waitlist) askToStay(ctx context.Context, e db.Entry, days int) error {
	err := w.change(ctx, e, func(ctx context.Context, tx *db.Tx, p party, e db.Entry) error {
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		marked, err := moved(tx.MarkEntryAsked(ctx, db.MarkEntryAskedParams{At: &now, TenantID: e.TenantID, ID: e.ID}))
		if err != nil || !marked || p.customer.Email == nil || !e.Consented {
			return wrap(err, "marking whom to ask")
		}
		return outbox.Enqueue(ctx, tx, outbox.Message{
			TenantID: e.TenantID, Kind: outbox.StillWaiting, CustomerID: e.CustomerID, EntryID: &e.ID,
			CauseKey: e.PublicID + "/" + strconv.FormatInt(e.StaysFrom.Unix(), 10), UsefulUntil: rules.StaysUntil(days, e.StaysFrom, &now),
		})
	})
	if problem.KindOf(err) == problem.Gone {
		return nil
	}
	return err
}

// ExpireStays ends the entries whose time is over and whose customers were asked in good time. One with an offer out is left until that
// has ended.
func (w *Waitlist) ExpireStays(ctx context.Context) (int, error) {
	ended, err := w.eachExpiring(ctx, func(ctx context.Context, tenantID int64, days int, now time.Time) (int, error) {
		asked := now.Add(-rules.StayLead(days))
		ids, err := w.db.EntriesToExpire(ctx, db.EntriesToExpireParams{TenantID: tenantID, Since: now.Add(-rules.Stay(days)), AskedBy: &asked})
		if err != nil {
			return 0, fmt.Errorf("reading entries whose time is over: %w", err)
		}
		return w.expireAll(ctx, tenantID, ids, func(e db.Entry) bool {
			return e.StayAskedAt != nil && !rules.StaysUntil(days, e.StaysFrom, e.StayAskedAt).After(now)
		})
	})
	freed, freeErr := w.freePlaces(ctx)
	return ended + freed, errors.Join(err, freeErr)
}

// freePlaces ends the entries that were never confirmed, where places are limited.
func (w *Waitlist) freePlaces(ctx context.Context) (int, error) {
	tenants, err := w.db.CappedTenants(ctx)
	if err != nil {
		return 0, db.Down(fmt.Errorf("reading where places are limited: %w", err))
	}
	now, err := w.db.Now(ctx)
	if err != nil {
		return 0, err
	}
	total := 0
	var failed error
	for _, tenantID := range tenants {
		since := now.Add(-unconfirmedKept)
		ids, err := w.db.EntriesNeverConfirmed(ctx, db.EntriesNeverConfirmedParams{TenantID: tenantID, Since: since})
		failed = errors.Join(failed, db.Down(wrap(err, "reading who never confirmed")))
		n, err := w.expireAll(ctx, tenantID, ids, func(e db.Entry) bool { return e.State == rules.EntryUnconfirmed && !e.StaysFrom.After(since) })
		total, failed = total+n, errors.Join(failed, err)
	}
	return total, failed
}

func (w *Waitlist) expireAll(ctx context.Context, tenantID int64, ids []int64, still func(db.Entry) bool) (int, error) {
	ended := 0
	var failed error
	for _, id := range ids {
		done, err := w.expireOne(ctx, tenantID, id, still)
		failed = errors.Join(failed, err)
		if done {
			ended++
		}
	}
	return ended, failed
}

// expireOne ends an entry that has no offer out, if it is still to end once it is locked.
func (w *Waitlist) expireOne(ctx context.Context, tenantID, id int64, still func(db.Entry) bool) (ended bool, err error) {
	entry, err := w.db.GetEntry(ctx, db.GetEntryParams{TenantID: tenantID, ID: id})
	if err != nil {
		return false, db.Down(fmt.Errorf("reading an entry: %w", err))
	}
	err = w.inTx(ctx, tenantID, func(ctx context.Context, tx *db.Tx) error {
		ended = false
		p, err := lockParty(ctx, tx, tenantID, entry.CustomerID)
		if err != nil {
			return err
		}
		e, live := p.entry(id)
		if !live || e.State == rules.EntryOffered || !still(e) {
			return nil
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		if err := endEntry(ctx, tx, e, rules.EntryExpired, now); err != nil {
			return err
		}
		if err := tellExpired(ctx, tx, p.customer, e, now); err != nil {
			return err
		}
		ended = true
		return audit.Note(ctx, tx, audit.Entry{TenantID: tenantID, By: audit.ByProgram, Action: "entry.expire", Record: "entries", RecordID: id})
	})
	return ended, err
}

func (w *Waitlist) eachExpiring(ctx context.Context, act func(ctx context.Context, tenantID int64, days int, now time.Time) (int, error)) (int, error) {
	tenants, err := w.db.ExpiringTenants(ctx)
	if err != nil {
		return 0, db.Down(fmt.Errorf("reading where entries end by themselves: %w", err))
	}
	now, err := w.db.Now(ctx)
	if err != nil {
		return 0, err
	}
	total := 0
	var failed error
	for _, t := range tenants {
		n, err := act(ctx, t.TenantID, t.ExpiryDays, now)
		total, failed = total+n, errors.Join(failed, db.Down(err))
	}
	return total, failed
}

// staysUntil is when an entry ends by itself unless its customer says that they still wait; zero: it does not.
func (w *Waitlist) staysUntil(ctx context.Context, e db.Entry) (time.Time, error) {
	row, _, err := maybe(w.db.GetJoining(ctx, e.TenantID))
	return stayTimes{e.StaysFrom, e.StayAskedAt}.until(row.ExpiryDays, e.State), db.Down(wrap(err, "reading how long entries stay"))
}

// stayTimes are since when an entry stays, and when its customer was asked whether they still wait; nil: not.
type stayTimes struct {
	from  time.Time
	asked *time.Time
}

// until is when an entry ends by itself where entries stay for so many days, 0 being for ever; zero: it does not.
func (t stayTimes) until(days int, state rules.EntryState) time.Time {
	if days == 0 || !state.Live() || state == rules.EntryUnconfirmed {
		return time.Time{}
	}
	return rules.StaysUntil(days, t.from, t.asked)
}

// BringBackEntry puts an entry that expired, or was removed, back into its old place. Repeating it changes nothing. Fails with Conflict
// when the customer waits for the service again meanwhile or the entry ended otherwise, NotFound.
func (w *Waitlist) BringBackEntry(ctx context.Context, s Staff, entryID string) error {
	entry, err := w.entryOf(ctx, s, entryID)
	if err != nil {
		return err
	}
	return w.inTx(ctx, s.TenantID, func(ctx context.Context, tx *db.Tx) error {
		p, err := lockParty(ctx, tx, s.TenantID, entry.CustomerID)
		if err != nil {
			return err
		}
		if _, live := p.entry(entry.ID); live {
			return nil
		}
		if _, waits := p.entryFor(entry.ServiceID); waits {
			return problem.New(problem.Conflict, "problem.already_waiting")
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		to := rules.EntryWaiting
		if entry.ConfirmedAt == nil {
			to = rules.EntryUnconfirmed
		}
		back, err := moved(tx.BringEntryBack(ctx, db.BringEntryBackParams{ToState: to, At: now, TenantID: s.TenantID, ID: entry.ID}))
		if err != nil {
			return fmt.Errorf("bringing an entry back: %w", err)
		}
		if !back {
			return problem.New(problem.Conflict, "problem.joining.not_back")
		}
		settings, err := LoadSettings(ctx, tx.Queries, s.TenantID)
		if err != nil {
			return err
		}
		if err := rerank(ctx, tx, settings, p); err != nil {
			return err
		}
		tx.AfterCommit(func() { w.Wake(ctx, s.TenantID) })
		return audit.Note(ctx, tx, audit.Entry{
			TenantID: s.TenantID, By: s.Actor(), Action: "entry.bring_back", Record: "entries", RecordID: entry.ID,
		})
	})
}
