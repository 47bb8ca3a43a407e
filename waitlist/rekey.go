package waitlist

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
)

const (
	rekeyBatch = 250 // entries of one transaction: an act that wants one of them waits some hundredths of a second
	// rekeySettle is longer than any transaction lasts: after it nobody writes keys from weights read before a change.
	rekeySettle = 20 * time.Second
)

// errOvertaken says that another instance wrote this batch, or that the weights changed once more.
var errOvertaken = errors.New("somebody else went on with re-keying")

// Rekey writes the places of entries under new weights, a batch per transaction, and switches to them when all are written. Instances that
// run it at the same time take the batches in turns; one that dies leaves the rest to the others, or to its own next start.
func (w *Waitlist) Rekey(ctx context.Context) (int, error) {
	tenants, err := w.db.RekeyingTenants(ctx)
	if err != nil {
		return 0, db.Down(fmt.Errorf("reading whose weights change: %w", err))
	}
	written := 0
	var failed error
	for _, tenantID := range tenants {
		n, err := w.rekeyBusiness(ctx, tenantID)
		written += n
		failed = errors.Join(failed, err)
	}
	return written, failed
}

func (w *Waitlist) rekeyBusiness(ctx context.Context, tenantID int64) (written int, err error) {
	for {
		settings, err := LoadSettings(ctx, w.db.Queries, tenantID)
		if err != nil || !settings.Row.Rekeying {
			return written, err
		}
		ids, err := w.db.EntriesToRekey(ctx, db.EntriesToRekeyParams{TenantID: tenantID, ID: settings.Row.RekeyAfterID, Limit: rekeyBatch})
		if err != nil {
			return written, db.Down(fmt.Errorf("reading entries to re-key: %w", err))
		}
		if len(ids) == 0 {
			break
		}
		err = w.rekeyEntries(ctx, settings, ids, ids[len(ids)-1])
		if err != nil && !errors.Is(err, errOvertaken) {
			return written, err
		}
		if err == nil {
			written += len(ids)
		}
	}
	stale, err := w.switchKeys(ctx, tenantID)
	if err != nil || len(stale) == 0 {
		return written, err
	}
	// Written meanwhile by somebody who had read the old weights. Now that nobody does any more, they are brought up before the next try.
	settings, err := LoadSettings(ctx, w.db.Queries, tenantID)
	if err != nil {
		return written, err
	}
	if err = w.rekeyEntries(ctx, settings, stale, settings.Row.RekeyAfterID); errors.Is(err, errOvertaken) {
		err = nil
	}
	return written + len(stale), err
}

// rekeyEntries writes the places of a batch of entries under the weights being brought in, and that everything up to the entry upTo is
// written. The other places, which rank, stay as they are.
//
// Whatever changes an entry's facts, or its customer's, holds the entry from before it reads them until its own places are committed. So
// with the entries locked, what is read now is final until the batch is committed, and who changes it afterwards writes a newer place.
func (w *Waitlist) rekeyEntries(ctx context.Context, s Settings, ids []int64, upTo int64) error {
	return w.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		n, err := tx.AdvanceRekey(ctx, db.AdvanceRekeyParams{
			ToID: upTo, Written: newlyWritten(s, ids, upTo), Now: &now, TenantID: s.Row.TenantID, RekeySince: s.Row.RekeySince, FromID: s.Row.RekeyAfterID,
		})
		if err != nil {
			return fmt.Errorf("taking a batch to re-key: %w", err)
		}
		if n == 0 {
			return errOvertaken
		}
		entries, err := tx.LockEntriesToRekey(ctx, db.LockEntriesToRekeyParams{TenantID: s.Row.TenantID, Ids: ids})
		if err != nil {
			return fmt.Errorf("locking entries to re-key: %w", err)
		}
		return writePlaces(ctx, tx, s, entries)
	})
}

// newlyWritten is by how much a batch moves the progress: one behind the front has been counted.
func newlyWritten(s Settings, ids []int64, upTo int64) int {
	if upTo == s.Row.RekeyAfterID {
		return 0
	}
	return len(ids)
}

func writePlaces(ctx context.Context, tx *db.Tx, s Settings, entries []db.LockEntriesToRekeyRow) error {
	if len(entries) == 0 {
		return nil
	}
	customerIDs := make([]int64, len(entries))
	for i, e := range entries {
		customerIDs[i] = e.CustomerID
	}
	customers, err := tx.CustomerFacts(ctx, db.CustomerFactsParams{TenantID: s.Row.TenantID, Ids: customerIDs})
	if err != nil {
		return fmt.Errorf("reading whose entries are re-keyed: %w", err)
	}
	of := map[int64]db.CustomerFactsRow{}
	for _, c := range customers {
		of[c.ID] = c
	}
	weights := s.Coming()
	keys := make([]db.OrderKey, len(entries))
	for i, e := range entries {
		c := of[e.CustomerID]
		known := rules.EntryFacts{
			Priority: e.Priority, Visits: c.Visits, NoShows: c.NoShows, OffersAnswered: c.OffersAnswered, OffersLapsed: c.OffersLapsed,
			FlexibleDays: e.FlexibleDays, AnyStaff: e.AnyStaff, Lifts: weights.Lifts(e.PassedOver),
		}
		keys[i] = db.OrderKey{EntryID: e.ID, Key: rules.OrderKey(weights, e.JoinedAt, rules.FixedParts(weights, known).Fixed())}
	}
	if s.otherKey() == "b" {
		_, err = tx.SetOrderKeysB(ctx, s.Row.TenantID, s.b.Version, keys)
	} else {
		_, err = tx.SetOrderKeysA(ctx, s.Row.TenantID, s.a.Version, keys)
	}
	return err
}

// switchKeys makes the new places rank, once nobody can be writing by older weights. It gives those that are left with an old place
// instead, if there are any.
func (w *Waitlist) switchKeys(ctx context.Context, tenantID int64) (stale []int64, err error) {
	err = w.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		stale = nil
		row, err := tx.LockSettings(ctx, tenantID)
		if err != nil {
			return fmt.Errorf("locking settings: %w", err)
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		current, err := withWeights(ctx, tx.Queries, row)
		if err != nil || !row.Rekeying || now.Sub(*row.RekeySince) < rekeySettle {
			return err
		}
		if stale, err = leftBehind(ctx, tx, current); err != nil || len(stale) > 0 {
			return err
		}
		n, err := tx.SwitchOrderKey(ctx, db.SwitchOrderKeyParams{LiveOrderKey: current.otherKey(), TenantID: tenantID, RekeySince: row.RekeySince})
		if err := must(n, err, "switching to the new places"); err != nil {
			return err
		}
		tx.AfterCommit(func() { w.Wake(ctx, tenantID) })
		return nil
	})
	return stale, err
}

// leftBehind are entries that do not have their place under the weights being brought in, at most a batch of them.
func leftBehind(ctx context.Context, tx *db.Tx, s Settings) (ids []int64, err error) {
	if s.otherKey() == "b" {
		ids, err = tx.StaleEntriesB(ctx, db.StaleEntriesBParams{TenantID: s.Row.TenantID, OrderVersionB: s.b.Version, Limit: rekeyBatch})
	} else {
		ids, err = tx.StaleEntriesA(ctx, db.StaleEntriesAParams{TenantID: s.Row.TenantID, OrderVersionA: s.a.Version, Limit: rekeyBatch})
	}
	return ids, wrap(err, "looking for entries still to re-key")
}

func (s Settings) otherKey() string {
	if s.ranksByB() {
		return "a"
	}
	return "b"
}
