package audit

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/db"
)

// FaultKind is what is wrong with a chain at one place.
type FaultKind string

// The kinds of faults.
const (
	FaultChanged FaultKind = "changed" // the entry isn't what was linked, or not where it was
	FaultMissing FaultKind = "missing" // the entry is gone
	FaultReason  FaultKind = "reason"  // the reason isn't the one that was given; to erase it would be no fault
	FaultAdded   FaultKind = "added"   // an entry behind the end that the head knows of
	FaultCut     FaultKind = "cut"     // the head knows of entries behind the last
	FaultHead    FaultKind = "head"    // the head is gone, or was not written by this program: all may have been written anew
	FaultNoted   FaultKind = "noted"   // the head that somebody noted down was never this chain's
)

// Fault is one place where a chain is broken.
type Fault struct {
	Kind     FaultKind
	Sequence int64 // the place in the chain
	EntryID  int64 // 0 when there is no entry
}

// mostFaults is how many faults a Report lists; it counts them all.
const mostFaults = 20

// Report is what was found in the chain of one business.
type Report struct {
	TenantID int64
	Head     Head      // by the stored head
	Checked  int64     // entries looked at
	From, To time.Time // moments of the first and the last of them, UTC; zero without any
	Erased   int64     // reasons that were erased
	Waiting  int64     // entries not linked yet
	Faults   []Fault   // the first of them
	Broken   int64     // how many there are
}

// Whole tells that nothing is wrong.
func (r Report) Whole() bool { return r.Broken == 0 }

func (r *Report) fault(kind FaultKind, sequence, entryID int64) {
	if r.Broken++; len(r.Faults) < mostFaults {
		r.Faults = append(r.Faults, Fault{kind, sequence, entryID})
	}
}

// checkAtOnce is how many entries are read in one go: memory does not grow with the trail.
const checkAtOnce = 1000

// Verify looks at every linked entry of a business, from the first to the head. Noted heads, which somebody wrote down or found in a
// log, have to be of this chain too.
func (t *Trail) Verify(ctx context.Context, tenantID int64, noted ...Head) (Report, error) {
	w := &walk{t: t, report: Report{TenantID: tenantID}}
	for w.more(ctx) { //nolint:revive // it does its work in the condition
	}
	if w.err != nil {
		return w.report, w.err
	}
	var err error
	if w.report.Waiting, err = t.db.CountUnlinkedAuditEntries(ctx, tenantID); err != nil {
		return w.report, db.Down(fmt.Errorf("counting entries that aren't linked: %w", err))
	}
	for _, head := range noted {
		row, err := t.db.GetLinkedAuditEntry(ctx, db.GetLinkedAuditEntryParams{TenantID: tenantID, ChainSequence: &head.Length})
		switch {
		case db.IsNone(err), err == nil && stored(row.ChainHash) != head.Hash:
			w.report.fault(FaultNoted, head.Length, row.ID)
		case err != nil:
			return w.report, db.Down(fmt.Errorf("reading an audit entry: %w", err))
		}
	}
	return w.report, nil
}

// walk goes along a chain.
type walk struct {
	t      *Trail
	report Report
	at     int64        // place of the last entry looked at
	hashes []Hash       // of which one is the hash of that entry: as it is stored, and as it should be; none when nobody can know
	head   db.AuditHead // as it was when it was last looked at
	known  bool         // there is a head
	err    error
}

// more looks at the next entries, and says whether there are still more to look at.
func (w *walk) more(ctx context.Context) bool {
	rows, err := w.after(ctx, checkAtOnce)
	if err != nil {
		w.err = err
		return false
	}
	// The head is read after the rows: whatever was linked meanwhile, it knows of all of them.
	if !w.known || len(rows) == 0 || *rows[len(rows)-1].ChainSequence > w.head.Length {
		if w.err = w.look(ctx); w.err != nil {
			return false
		}
	}
	for _, row := range rows {
		if w.known && *row.ChainSequence > w.head.Length {
			w.report.fault(FaultAdded, *row.ChainSequence, row.ID)
			continue
		}
		w.step(row)
	}
	if len(rows) > 0 && w.at == *rows[len(rows)-1].ChainSequence {
		return true
	}
	if len(rows) == 0 && w.at < w.head.Length {
		if rows, w.err = w.after(ctx, 1); w.err != nil || len(rows) > 0 {
			return w.err == nil
		}
	}
	w.end()
	return false
}

func (w *walk) after(ctx context.Context, most int32) ([]db.AuditEntry, error) {
	rows, err := w.t.db.AuditChainAfter(ctx, db.AuditChainAfterParams{TenantID: w.report.TenantID, ChainSequence: &w.at, Limit: most})
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading the audit trail: %w", err))
	}
	return rows, nil
}

// look reads the head.
func (w *walk) look(ctx context.Context) error {
	head, err := w.t.db.GetAuditHead(ctx, w.report.TenantID)
	if db.IsNone(err) {
		return nil
	}
	if err != nil {
		return db.Down(fmt.Errorf("reading the head of the audit trail: %w", err))
	}
	w.head, w.known = head, true
	return nil
}

// step looks at one entry, which comes behind all those before.
func (w *walk) step(row db.AuditEntry) {
	sequence := *row.ChainSequence
	if missing := sequence - 1 - w.at; missing > 0 {
		for i := range min(missing, mostFaults) {
			w.report.fault(FaultMissing, w.at+1+i, 0)
		}
		w.report.Broken += max(missing-mostFaults, 0)
		w.hashes = nil
	} else if w.at == 0 {
		w.hashes = []Hash{{}}
	}
	hash := stored(row.ChainHash)
	kind, should := fitness(row, w.hashes)
	if kind != "" {
		w.report.fault(kind, sequence, row.ID)
	}
	w.hashes = []Hash{hash}
	if should != nil && *should != hash {
		w.hashes = append(w.hashes, *should)
	}
	if len(row.Reason) == 0 && len(row.ReasonHash) > 0 {
		w.report.Erased++
	}
	if w.report.Checked++; w.report.Checked == 1 {
		w.report.From = row.At
	}
	w.at, w.report.To = sequence, row.At
}

// fitness tells what is wrong with an entry behind one of these hashes, "" for nothing, and which hash it should have: nil when the one
// before is lost, and nothing can be said.
func fitness(row db.AuditEntry, behind []Hash) (FaultKind, *Hash) {
	hash := stored(row.ChainHash)
	var should *Hash
	for _, previous := range behind {
		is := hashOf(row, *row.ChainSequence, previous, row.ReasonHash)
		if should == nil || is == hash {
			should = &is
		}
	}
	switch {
	case should != nil && *should != hash:
		return FaultChanged, should
	case len(row.Reason) > 0 && !bytes.Equal(reasonHash(row.Reason), row.ReasonHash):
		return FaultReason, should
	}
	return "", should
}

// end holds the last entry against the head.
func (w *walk) end() {
	head := HeadOf(w.head)
	w.report.Head = head
	switch {
	case !w.known && w.at == 0:
		return // nothing was ever linked
	case !w.known:
		w.report.fault(FaultHead, w.at, 0)
		return
	case !w.t.signed(w.head), w.at == head.Length && w.at > 0 && !w.ends(head.Hash):
		w.report.fault(FaultHead, head.Length, 0)
	}
	if w.at < head.Length {
		w.report.fault(FaultCut, w.at+1, 0)
	}
}

func (w *walk) ends(hash Hash) bool {
	for _, h := range w.hashes {
		if h == hash {
			return true
		}
	}
	return false
}
