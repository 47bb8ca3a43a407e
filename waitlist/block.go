package waitlist

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
)

// Block is a person whom a business doesn't take: by address, by number, or both. They can't join in public and are offered nothing.
// It is not a suppression: a blocked person is still written to about an appointment that they have.
type Block struct {
	ID      string
	Name    string
	Email   string // empty: not blocked by address
	Phone   string // likewise by number
	Reason  string
	By      string    // who blocked them; empty when that login is gone
	Blocked time.Time // in the zone of the business
}

// BlockForm is what is decided about a person.
type BlockForm struct {
	Customer string // public id of a known customer; then Name is not read, and Email and Phone only tell which of theirs are meant
	Name     string
	Email    string
	Phone    string
	Reason   string
	Entries  string // what becomes of their live entries: LeaveEntries, PauseEntries or RemoveEntries
}

// What becomes of the live entries of whoever is blocked. Whatever it is, nothing is offered to them.
const (
	LeaveEntries  = "leave"
	PauseEntries  = "pause"
	RemoveEntries = "remove"
)

const blocksShown = 500

// isBlocked tells whether the business blocked whoever has this contact.
func isBlocked(ctx context.Context, tx *db.Tx, tenantID int64, c contact) (bool, error) {
	blocks, err := tx.FindBlocks(ctx, db.FindBlocksParams{TenantID: tenantID, EmailHash: tx.Lookup().Email(tenantID, c.email), PhoneHash: tx.Lookup().Phone(tenantID, c.phone)})
	return len(blocks) > 0, wrap(err, "reading who is blocked")
}

// blockedContact is isBlocked for a page.
func (w *Waitlist) blockedContact(ctx context.Context, tenantID int64, p Person) (bool, error) {
	lookup := w.db.Lookup()
	barred, err := blockedAmong(ctx, w.db.Queries, tenantID, nonNil(lookup.Email(tenantID, p.Email)), nonNil(lookup.Phone(tenantID, p.Phone)))
	return len(barred) > 0, db.Down(err)
}

// Blocks are those whom a business blocked, the newest first.
func (w *Waitlist) Blocks(ctx context.Context, tenantID int64) ([]Block, error) {
	list, _, err := w.BlocksFrom(ctx, tenantID, "", blocksShown)
	return list, err
}

// BlocksFrom is Blocks for programs: at most limit of them behind the one that after names, and next for those behind them, empty at the end.
// Fails with Invalid for an after that names none.
func (w *Waitlist) BlocksFrom(ctx context.Context, tenantID int64, after string, limit int) (list []Block, next string, err error) {
	before, err := behind(after, func() (int64, error) {
		row, err := w.db.GetBlockByPublicID(ctx, db.GetBlockByPublicIDParams{TenantID: tenantID, PublicID: after})
		return row.ID, err
	})
	if err != nil {
		return nil, "", err
	}
	rows, err := w.db.ListBlocks(ctx, db.ListBlocksParams{TenantID: tenantID, BeforeID: before, Limit: int32(limit) + 1})
	if err != nil {
		return nil, "", db.Down(fmt.Errorf("reading blocks: %w", err))
	}
	rows, more := firstOf(rows, limit)
	if more {
		next = rows[limit-1].PublicID
	}
	list, err = w.blocksOf(ctx, tenantID, rows)
	return list, next, err
}

// BlockOf is one block. Fails with NotFound.
func (w *Waitlist) BlockOf(ctx context.Context, tenantID int64, id string) (Block, error) {
	row, err := w.db.GetBlockByPublicID(ctx, db.GetBlockByPublicIDParams{TenantID: tenantID, PublicID: id})
	if row, err = found(row, err, "problem.block.unknown"); err != nil {
		return Block{}, err
	}
	list, err := w.blocksOf(ctx, tenantID, []db.Block{row})
	if err != nil {
		return Block{}, err
	}
	return list[0], nil
}

// BlocksOf are the blocks by which a person is blocked.
func (w *Waitlist) BlocksOf(ctx context.Context, s Staff, f BlockForm) ([]Block, error) {
	_, c, err := w.readBlock(ctx, s, f)
	if err != nil {
		return nil, err
	}
	lookup := w.db.Lookup()
	rows, err := w.db.FindBlocks(ctx, db.FindBlocksParams{TenantID: s.TenantID, EmailHash: lookup.Email(s.TenantID, c.email), PhoneHash: lookup.Phone(s.TenantID, c.phone)})
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading who is blocked: %w", err))
	}
	return w.blocksOf(ctx, s.TenantID, rows)
}

func (w *Waitlist) blocksOf(ctx context.Context, tenantID int64, rows []db.Block) ([]Block, error) {
	b, err := w.Business(ctx, tenantID)
	if err != nil {
		return nil, err
	}
	box, err := w.db.Box(ctx, tenantID)
	if err != nil {
		return nil, err
	}
	users := make([]int64, len(rows))
	for i, row := range rows {
		users[i] = row.UserID
	}
	names, err := w.userNames(ctx, users)
	if err != nil {
		return nil, err
	}
	list := make([]Block, len(rows))
	for i, row := range rows {
		list[i] = Block{ID: row.PublicID, By: names[row.UserID], Blocked: row.CreatedAt.In(b.Zone)}
		for column, part := range map[string]struct {
			sealed []byte
			to     *string
		}{"name": {row.Name, &list[i].Name}, "email": {row.Email, &list[i].Email}, "phone": {row.Phone, &list[i].Phone}, "reason": {row.Reason, &list[i].Reason}} {
			if *part.to, err = box.Open(inBlock(tenantID, row.PublicID, column), part.sealed); err != nil {
				return nil, fmt.Errorf("opening the %s of block %d: %w", column, row.ID, err)
			}
		}
	}
	return list, nil
}

func inBlock(tenantID int64, publicID, column string) seal.Where {
	return seal.Where{Tenant: tenantID, Table: "blocks", Column: column, Row: publicID}
}

// BlockPage is what is shown before somebody is blocked.
type BlockPage struct {
	Person  Person
	Entries []WaitingEntry // their live ones, and those of whoever shares their address or number
	Blocked bool           // by all that is known of them
}

// BlockPage reads a customer who could be blocked. Fails with NotFound.
func (w *Waitlist) BlockPage(ctx context.Context, tenantID int64, customerID string) (p BlockPage, err error) {
	c, err := w.db.GetCustomerByPublicID(ctx, db.GetCustomerByPublicIDParams{TenantID: tenantID, PublicID: customerID})
	if c, err = found(c, err, "problem.no_such_customer"); err != nil {
		return p, err
	}
	if p.Person, err = w.person(ctx, c); err != nil {
		return p, err
	}
	phone := w.db.Lookup().Phone(tenantID, p.Person.Phone)
	barred, err := blockedAmong(ctx, w.db.Queries, tenantID, nonNil(c.EmailHash), nonNil(phone))
	if err != nil {
		return p, db.Down(err)
	}
	p.Blocked = len(barred) > 0 && (c.EmailHash == nil || barred[string(c.EmailHash)]) && (phone == nil || barred[string(phone)])
	entries, err := w.entriesOfContact(ctx, tenantID, c.EmailHash, phone)
	if err != nil {
		return p, err
	}
	settings, err := LoadSettings(ctx, w.db.Queries, tenantID)
	if err != nil {
		return p, err
	}
	p.Entries, err = w.describe(ctx, settings, entries)
	return p, err
}

func nonNil(hash []byte) [][]byte {
	if hash == nil {
		return nil
	}
	return [][]byte{hash}
}

// entriesOfContact are the live entries of everybody with this address or number.
func (w *Waitlist) entriesOfContact(ctx context.Context, tenantID int64, email, phone []byte) ([]db.Entry, error) {
	if email == nil && phone == nil {
		return nil, nil
	}
	customers, err := w.db.CustomersByContact(ctx, db.CustomersByContactParams{TenantID: tenantID, EmailHash: email, PhoneHash: phone})
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading who has this address: %w", err))
	}
	ids := make([]int64, len(customers))
	for i, c := range customers {
		ids[i] = c.ID
	}
	if len(ids) == 0 {
		return nil, nil
	}
	entries, err := w.db.LiveEntriesByCustomers(ctx, db.LiveEntriesByCustomersParams{TenantID: tenantID, CustomerIds: ids})
	return entries, db.Down(wrap(err, "reading entries"))
}

// Block blocks a person, and does with their live entries what was chosen: each in a transaction of its own, a live offer first. Blocking
// somebody who is blocked already only does the latter. It gives how many entries were removed or paused. Fails with Invalid naming the
// field, NotFound for a customer who doesn't exist.
func (w *Waitlist) Block(ctx context.Context, s Staff, f BlockForm) (changed int, err error) {
	row, c, err := w.readBlock(ctx, s, f)
	if err != nil {
		return 0, err
	}
	for range 3 {
		err = w.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error { return addBlock(ctx, tx, s, row) })
		if !db.IsDuplicate(err) { // blocked at this very moment from elsewhere
			break
		}
	}
	if err != nil {
		return 0, err
	}
	entries, err := w.entriesOfContact(ctx, s.TenantID, w.db.Lookup().Email(s.TenantID, c.email), w.db.Lookup().Phone(s.TenantID, c.phone))
	if err != nil {
		return 0, err
	}
	for _, e := range entries {
		did, err := w.endBlocked(ctx, s, e, f.Entries)
		if err != nil {
			return changed, err
		}
		if did {
			changed++
		}
	}
	w.boards.Changed(s.TenantID)
	return changed, nil
}

func (w *Waitlist) endBlocked(ctx context.Context, s Staff, e db.Entry, what string) (bool, error) {
	switch {
	case what == RemoveEntries:
		return true, w.RemoveEntry(ctx, s, e.PublicID)
	case what == PauseEntries && e.State == rules.EntryWaiting:
		err := w.StaffPauseEntry(ctx, s, e.PublicID)
		if kind := problem.KindOf(err); kind == problem.Conflict || kind == problem.Gone { // an offer is out, or it ended meanwhile
			return false, nil
		}
		return true, err
	}
	return false, nil
}

func (w *Waitlist) readBlock(ctx context.Context, s Staff, f BlockForm) (db.AddBlockParams, contact, error) {
	row := db.AddBlockParams{TenantID: s.TenantID, PublicID: seal.PublicID(), UserID: s.UserID}
	settings, err := LoadSettings(ctx, w.db.Queries, s.TenantID)
	if err != nil {
		return row, contact{}, err
	}
	if f.Customer != "" {
		c, err := w.db.GetCustomerByPublicID(ctx, db.GetCustomerByPublicIDParams{TenantID: s.TenantID, PublicID: f.Customer})
		if c, err = found(c, err, "problem.no_such_customer"); err != nil {
			return row, contact{}, err
		}
		person, err := w.person(ctx, c)
		if err != nil {
			return row, contact{}, err
		}
		f.Name = person.Name
		if f.Email != "" {
			f.Email = person.Email
		}
		if f.Phone != "" {
			f.Phone = person.Phone
		}
	}
	c, bad := readContact(f.Name, f.Email, f.Phone, settings.Row.Locale, false)
	if c.email == "" && c.phone == "" && len(bad) == 0 {
		bad = append(bad, problem.Bad("email", "problem.block.by"))
	}
	reason, field := readReason(f.Reason)
	if field != nil {
		bad = append(bad, *field)
	}
	if f.Entries != LeaveEntries && f.Entries != PauseEntries && f.Entries != RemoveEntries {
		bad = append(bad, problem.Bad("entries", "problem.required"))
	}
	if len(bad) > 0 {
		return row, c, problem.Invalid(bad...)
	}
	box, err := w.db.Box(ctx, s.TenantID)
	if err != nil {
		return row, c, err
	}
	row.Name, row.Reason = box.Seal(inBlock(s.TenantID, row.PublicID, "name"), c.name), box.Seal(inBlock(s.TenantID, row.PublicID, "reason"), reason)
	if c.email != "" {
		row.Email, row.EmailHash = box.Seal(inBlock(s.TenantID, row.PublicID, "email"), c.email), w.db.Lookup().Email(s.TenantID, c.email)
	}
	if c.phone != "" {
		row.Phone, row.PhoneHash = box.Seal(inBlock(s.TenantID, row.PublicID, "phone"), c.phone), w.db.Lookup().Phone(s.TenantID, c.phone)
	}
	return row, c, nil
}

// addBlock adds what is not blocked already.
func addBlock(ctx context.Context, tx *db.Tx, s Staff, row db.AddBlockParams) error {
	barred, err := blockedAmong(ctx, tx.Queries, s.TenantID, nonNil(row.EmailHash), nonNil(row.PhoneHash))
	if err != nil {
		return err
	}
	if barred[string(row.EmailHash)] {
		row.Email, row.EmailHash = nil, nil
	}
	if barred[string(row.PhoneHash)] {
		row.Phone, row.PhoneHash = nil, nil
	}
	if row.EmailHash == nil && row.PhoneHash == nil {
		return nil
	}
	if row.CreatedAt, err = tx.Now(ctx); err != nil {
		return err
	}
	id, err := tx.AddBlock(ctx, row)
	if err != nil {
		return fmt.Errorf("adding a block: %w", err)
	}
	return audit.Note(ctx, tx, audit.Entry{
		TenantID: s.TenantID, By: s.Actor(), Action: "person.block", Record: "blocks", RecordID: id,
		Detail: map[string]bool{"by_address": row.EmailHash != nil, "by_number": row.PhoneHash != nil},
	})
}

// Unblock takes a person again. Their entries stay as they are; those that wait can be offered slots from now on. Fails with NotFound.
func (w *Waitlist) Unblock(ctx context.Context, s Staff, id string) error {
	return w.inTx(ctx, s.TenantID, func(ctx context.Context, tx *db.Tx) error {
		row, err := tx.GetBlockByPublicID(ctx, db.GetBlockByPublicIDParams{TenantID: s.TenantID, PublicID: id})
		if row, err = found(row, err, "problem.block.unknown"); err != nil {
			return err
		}
		gone, err := moved(tx.DeleteBlock(ctx, db.DeleteBlockParams{TenantID: s.TenantID, ID: row.ID}))
		if err != nil || !gone {
			return wrap(err, "deleting a block")
		}
		tx.AfterCommit(func() { w.Wake(ctx, s.TenantID) })
		return audit.Note(ctx, tx, audit.Entry{TenantID: s.TenantID, By: s.Actor(), Action: "person.unblock", Record: "blocks", RecordID: row.ID})
	})
}

// HashPhones gives the customers their digest who were added before there was one, a few hundred at a time.
func (w *Waitlist) HashPhones(ctx context.Context) (int, error) {
	after := w.hashed.Load()
	rows, err := w.db.CustomersToHash(ctx, db.CustomersToHashParams{ID: after, Limit: 500})
	if err != nil {
		return 0, db.Down(fmt.Errorf("reading customers: %w", err))
	}
	var failed error
	for _, c := range rows {
		person, err := w.person(ctx, c)
		if err == nil {
			_, err = w.db.SetPhoneHash(ctx, db.SetPhoneHashParams{PhoneHash: w.db.Lookup().Phone(c.TenantID, person.Phone), TenantID: c.TenantID, ID: c.ID})
		}
		failed = errors.Join(failed, err)
		after = c.ID
	}
	w.hashed.Store(after)
	return len(rows), db.Down(failed)
}
