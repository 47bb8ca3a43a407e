package audit

import (
	"context"
	"errors"
	"fmt"

	"github.com/your-org/waitlist-management/db"
)

// linkAtOnce is how many entries are linked in one transaction.
const linkAtOnce = 200

// errHead says that a chain isn't added to, because its head was not written by this program: adding to it would make it look right.
var errHead = errors.New("the head of the audit trail was not written by this program: see waitlist audit verify")

// Link puts every noted entry that isn't linked yet behind the last of its business. It comes after the acts and holds up none of them.
//
// Entries get their places in the order in which Link finds them: an act that began early and was committed late comes later, and has
// an id lower than some before it.
func (t *Trail) Link(ctx context.Context) (int, error) {
	tenants, err := t.db.UnlinkedBusinesses(ctx)
	if err != nil {
		return 0, db.Down(fmt.Errorf("reading whose audit entries aren't linked: %w", err))
	}
	linked := 0
	var failed error
	for _, tenantID := range tenants {
		for more := true; more; {
			n, err := t.linkSome(ctx, tenantID)
			linked += n
			more = n == linkAtOnce
			if err != nil {
				failed = errors.Join(failed, fmt.Errorf("linking the audit entries of business %d: %w", tenantID, err))
				break
			}
		}
	}
	return linked, failed
}

// linkSome links the next entries of one business; none when another instance is doing the same.
func (t *Trail) linkSome(ctx context.Context, tenantID int64) (int, error) {
	row, err := t.head(ctx, tenantID)
	if err != nil {
		return 0, err
	}
	if !t.signed(row) {
		return 0, errHead
	}
	entries, err := t.db.UnlinkedAuditEntries(ctx, db.UnlinkedAuditEntriesParams{TenantID: tenantID, Limit: linkAtOnce})
	if err != nil || len(entries) == 0 {
		return 0, db.Down(err)
	}
	before := HeadOf(row)
	head := before
	links := make([]db.LinkAuditEntryParams, len(entries))
	for i, e := range entries {
		reason := reasonHash(e.Reason)
		head.Length++
		head.Hash = hashOf(e, head.Length, head.Hash, reason)
		sequence, hash := head.Length, head.Hash
		links[i] = db.LinkAuditEntryParams{ChainSequence: &sequence, ChainHash: hash[:], ReasonHash: reason, TenantID: tenantID, ID: e.ID}
	}
	elsewhere := false
	err = t.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		moved, err := t.moveHead(ctx, tx, tenantID, before, head)
		if elsewhere = !moved; err != nil || elsewhere {
			return err
		}
		for _, link := range links {
			if n, err := tx.LinkAuditEntry(ctx, link); err != nil || n != 1 {
				return fmt.Errorf("linking entry %d (%d rows): %w", link.ID, n, err)
			}
		}
		return nil
	})
	if err != nil || elsewhere {
		return 0, err
	}
	return len(links), nil
}

// moveHead is where two instances that link at once are told apart: the head moves from where it was for one of them.
func (t *Trail) moveHead(ctx context.Context, tx *db.Tx, tenantID int64, from, to Head) (bool, error) {
	now, err := tx.Now(ctx)
	if err != nil {
		return false, err
	}
	n, err := tx.MoveAuditHead(ctx, db.MoveAuditHeadParams{
		Length: to.Length, Hash: to.Hash[:], Signature: t.sign(tenantID, to), Now: now, TenantID: tenantID, LengthBefore: from.Length, HashBefore: from.Hash[:],
	})
	if err != nil {
		return false, fmt.Errorf("moving the head: %w", err)
	}
	return n == 1, nil
}

// head is the head of a business's chain. A business whose chain hasn't begun gets one, unless there are linked entries: then it is gone.
func (t *Trail) head(ctx context.Context, tenantID int64) (db.AuditHead, error) {
	row, err := t.db.GetAuditHead(ctx, tenantID)
	if !db.IsNone(err) {
		return row, db.Down(err)
	}
	_, err = t.db.LastLinkedAuditEntry(ctx, tenantID)
	if err == nil {
		return row, errHead
	}
	if !db.IsNone(err) {
		return row, db.Down(err)
	}
	now, err := t.db.Now(ctx)
	if err != nil {
		return row, err
	}
	empty := Head{}
	err = t.db.AddAuditHead(ctx, db.AddAuditHeadParams{TenantID: tenantID, Hash: empty.Hash[:], Signature: t.sign(tenantID, empty), LinkedAt: now})
	if err != nil && !db.IsDuplicate(err) {
		return row, db.Down(fmt.Errorf("beginning an audit trail: %w", err))
	}
	row, err = t.db.GetAuditHead(ctx, tenantID)
	return row, db.Down(err)
}
