package waitlist

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/waitlist/sheet"
)

// RunImports puts the good rows of started imports on the list, and takes off what is undone, batch by batch until all is done or ctx ends.
// Each batch is a transaction of its own that locks its import: whoever comes after a crash, or works at the same time, goes on where
// the last one was committed.
func (w *Waitlist) RunImports(ctx context.Context) (int, error) {
	list, err := w.db.ImportsAtWork(ctx)
	if err != nil {
		return 0, db.Down(fmt.Errorf("looking for imports: %w", err))
	}
	total := 0
	var failed error
	for _, row := range list {
		batch := w.importBatch
		if row.State == rules.ImportUndoing {
			batch = w.undoBatch
		}
		for ctx.Err() == nil {
			n, more, err := batch(ctx, row.TenantID, row.ID)
			total += n
			if err != nil {
				failed = errors.Join(failed, err)
			}
			if err != nil || !more {
				break
			}
		}
	}
	return total, failed
}

// importBatch imports the next rows; more is false when none are left.
func (w *Waitlist) importBatch(ctx context.Context, tenantID, importID int64) (n int, more bool, err error) {
	for range 5 {
		err = w.inTx(ctx, tenantID, func(ctx context.Context, tx *db.Tx) error {
			n, more, err = w.importSome(ctx, tx, tenantID, importID)
			return err
		})
		if !db.IsDuplicate(err) { // somebody joined or was added at this very moment; now they are known
			break
		}
	}
	return n, more, err
}

func (w *Waitlist) importSome(ctx context.Context, tx *db.Tx, tenantID, importID int64) (int, bool, error) {
	i, err := tx.LockImport(ctx, db.LockImportParams{TenantID: tenantID, ID: importID})
	if err != nil {
		return 0, false, fmt.Errorf("locking an import: %w", err)
	}
	if i.State != rules.ImportRunning {
		return 0, false, nil
	}
	staged, err := tx.ImportRowsIn(ctx, db.ImportRowsInParams{TenantID: tenantID, ImportID: importID, State: rules.RowGood, Limit: importBatch})
	if err != nil {
		return 0, false, fmt.Errorf("reading rows to import: %w", err)
	}
	if len(staged) == 0 {
		return 0, false, w.endImport(ctx, tx, i)
	}
	b, err := w.newBatch(ctx, tx, i)
	if err != nil {
		return 0, false, err
	}
	rows := make([]sheet.Row, len(staged))
	for n, r := range staged {
		if rows[n], err = openCells(b.sieve.box, tenantID, i.PublicID, r.Line, r.Cells); err != nil {
			return 0, false, err
		}
	}
	return len(staged), true, b.add(ctx, rows)
}

// batch is some rows on their way to the list.
type batch struct {
	tx       *db.Tx
	i        db.Import
	sieve    *sieve
	settings Settings
	now      time.Time
}

func (w *Waitlist) newBatch(ctx context.Context, tx *db.Tx, i db.Import) (*batch, error) {
	var m Mapping
	if err := json.Unmarshal([]byte(i.Mapping), &m); err != nil {
		return nil, fmt.Errorf("reading a mapping: %w", err)
	}
	b := &batch{tx: tx, i: i}
	var err error
	if b.sieve, err = w.newSieve(ctx, tx.Queries, i, m); err != nil {
		return nil, err
	}
	if b.settings, err = LoadSettings(ctx, tx.Queries, i.TenantID); err != nil {
		return nil, err
	}
	b.now, err = tx.Now(ctx)
	return b, err
}

// add puts those on the list who are still good: somebody may have joined, or been blocked, since the rows were checked.
func (b *batch) add(ctx context.Context, rows []sheet.Row) error {
	good, others, err := b.sieve.sift(ctx, rows)
	if err != nil {
		return err
	}
	if good, err = b.lock(ctx, good, others); err != nil {
		return err
	}
	if err := b.addCustomers(ctx, good); err != nil {
		return err
	}
	if err := b.addEntries(ctx, good); err != nil {
		return err
	}
	for state, lines := range others {
		if err := markRows(ctx, b.tx, b.i, rules.RowGood, state, lines); err != nil {
			return err
		}
	}
	n, err := b.tx.CountImported(ctx, db.CountImportedParams{
		Added: len(good), Listed: len(others[rules.RowListed]) + len(others[rules.RowDouble]), Bad: len(others[rules.RowBad]) + len(others[rules.RowBlocked]),
		TenantID: b.i.TenantID, ID: b.i.ID,
	})
	return must(n, err, "counting what was imported")
}

// lock locks the customers whom the business knows, in ascending id, and looks again who of them waits by now.
func (b *batch) lock(ctx context.Context, good []sifted, others map[rules.ImportRowState][]int) ([]sifted, error) {
	var ids []int64
	for _, r := range good {
		if r.customer != nil {
			ids = append(ids, r.customer.ID)
		}
	}
	if len(ids) == 0 {
		return good, nil
	}
	locked, err := b.tx.LockCustomersByID(ctx, db.LockCustomersByIDParams{TenantID: b.i.TenantID, Ids: ids})
	if err != nil {
		return nil, fmt.Errorf("locking customers: %w", err)
	}
	waits, err := b.sieve.waiting(ctx, good)
	if err != nil {
		return nil, err
	}
	byID := map[int64]db.Customer{}
	for _, c := range locked {
		byID[c.ID] = c
	}
	return slices.DeleteFunc(good, func(r sifted) bool {
		if r.customer == nil {
			return false
		}
		*r.customer = byID[r.customer.ID]
		gone := waits[[2]int64{r.customer.ID, r.service.ID}]
		if gone {
			others[rules.RowListed] = append(others[rules.RowListed], r.line)
		}
		return gone
	}), nil
}

// addCustomers adds those whom the business doesn't know, each once whatever they wait for.
func (b *batch) addCustomers(ctx context.Context, good []sifted) error {
	fresh := map[string]*db.Customer{}
	var rows []db.AddCustomerParams
	var ids []string
	var names []db.NamePrefixes
	for n, r := range good {
		if r.customer != nil {
			continue
		}
		if fresh[r.key] == nil {
			row := b.customer(r)
			rows, ids = append(rows, row), append(ids, row.PublicID)
			names = append(names, db.NamePrefixes{Digests: b.tx.Lookup().Prefixes(b.i.TenantID, r.name)})
			fresh[r.key] = &db.Customer{TenantID: row.TenantID, PublicID: row.PublicID, Email: row.Email, Phone: row.Phone, EmailHash: row.EmailHash, Locale: row.Locale}
		}
		good[n].customer = fresh[r.key]
	}
	if len(rows) == 0 {
		return nil
	}
	if err := b.tx.AddCustomers(ctx, rows); err != nil {
		return err
	}
	added, err := b.tx.CustomerIDsByPublicID(ctx, db.CustomerIDsByPublicIDParams{TenantID: b.i.TenantID, PublicIds: ids})
	if err != nil {
		return fmt.Errorf("reading the ids of customers: %w", err)
	}
	byPublic := map[string]int64{}
	for _, c := range added {
		byPublic[c.PublicID] = c.ID
	}
	for _, c := range fresh {
		c.ID = byPublic[c.PublicID]
	}
	for n, id := range ids {
		names[n].CustomerID = byPublic[id]
	}
	return b.tx.AddManyPrefixes(ctx, b.i.TenantID, names)
}

func (b *batch) customer(r sifted) db.AddCustomerParams {
	row := db.AddCustomerParams{TenantID: b.i.TenantID, PublicID: seal.PublicID(), Locale: r.locale, CreatedAt: b.now, IdentityHash: r.identity}
	column := func(name string) seal.Where {
		return seal.Where{Tenant: b.i.TenantID, Table: "customers", Column: name, Row: row.PublicID}
	}
	row.Name = b.sieve.box.Seal(column("name"), r.name)
	if r.email != "" {
		row.Email, row.EmailHash = b.sieve.box.Seal(column("email"), r.email), b.tx.Lookup().Email(b.i.TenantID, r.email)
	}
	if r.phone != nil {
		row.Phone, row.PhoneHash = b.sieve.box.Seal(column("phone"), r.contact.phone), r.phone
	}
	return row
}

// addEntries adds an entry for each row, with the consent behind it, and gives the rows their entries.
func (b *batch) addEntries(ctx context.Context, good []sifted) error {
	if len(good) == 0 {
		return nil
	}
	rows := make([]db.AddEntryParams, len(good))
	ids := make([]string, len(good))
	for n, r := range good {
		ids[n] = seal.PublicID()
		var err error
		if rows[n], err = entryRow(ctx, b.tx, *r.customer, r.entry(b.i, b.settings, ids[n], b.now)); err != nil {
			return err
		}
	}
	if err := b.tx.AddEntries(ctx, rows); err != nil {
		return err
	}
	added, err := b.tx.EntryIDsByPublicID(ctx, db.EntryIDsByPublicIDParams{TenantID: b.i.TenantID, PublicIds: ids})
	if err != nil {
		return fmt.Errorf("reading the ids of entries: %w", err)
	}
	byPublic := map[string]int64{}
	for _, e := range added {
		byPublic[e.PublicID] = e.ID
	}
	entries := map[int]int64{}
	var consents []db.AddConsentParams
	for n, r := range good {
		id := byPublic[ids[n]]
		entries[r.line] = id
		if rows[n].Consented && r.customer.Email != nil {
			consents = append(consents, db.AddConsentParams{
				TenantID: b.i.TenantID, CustomerID: r.customer.ID, EntryID: id, Wording: b.i.Wording, Locale: b.i.Locale, GivenAt: b.now,
			})
		}
	}
	if err := b.tx.AddImportConsents(ctx, consents); err != nil {
		return err
	}
	marked, err := b.tx.MarkImportRowsAdded(ctx, b.i.TenantID, b.i.ID, entries)
	if err == nil && int(marked) != len(good) {
		err = fmt.Errorf("marked %d rows of %d as imported", marked, len(good))
	}
	if err != nil {
		return err
	}
	for _, r := range good {
		for _, tag := range r.tags {
			if _, err := giveTag(ctx, b.tx, staffOf(b.i.TenantID, b.i.UserID, b.i.KeyID), tag, r.customer.ID); err != nil {
				return err
			}
		}
		err := audit.Note(ctx, b.tx, audit.Entry{
			TenantID: b.i.TenantID, By: staffOf(b.i.TenantID, b.i.UserID, b.i.KeyID).Actor(), Action: "entry.import", Record: "entries", RecordID: entries[r.line],
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// endImport ends one with no good row left, and has open slots tried with those who came.
func (w *Waitlist) endImport(ctx context.Context, tx *db.Tx, i db.Import) error {
	now, err := tx.Now(ctx)
	if err != nil {
		return err
	}
	n, err := tx.MoveImport(ctx, db.MoveImportParams{ToState: rules.ImportDone, EndedAt: &now, TenantID: i.TenantID, ID: i.ID, FromState: rules.ImportRunning})
	if err := must(n, err, "ending an import"); err != nil {
		return err
	}
	tx.AfterCommit(func() { w.Wake(ctx, i.TenantID) })
	return audit.Note(ctx, tx, audit.Entry{
		TenantID: i.TenantID, By: audit.ByProgram, Action: "list.import_end", Record: "imports", RecordID: i.ID, Detail: map[string]int{"added": i.RowsAdded},
	})
}
