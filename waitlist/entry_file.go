package waitlist

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
)

// EntryFile is what the page of an entry tells besides the entry itself.
type EntryFile struct {
	Waiting  int // who wait for the same service
	Tags     []Tag
	NoteSeen string // names the note as it is now, for SetNote
	History  []EntryEvent
	Others   []OtherEntry
	Bookings []EntryBooking
	Mails    []EntryMail
}

// EntryEvent is something that happened to an entry. What is a word of entryEvents, or the state that an offer ended in.
type EntryEvent struct {
	At            time.Time
	What          string
	By            string // user, customer, key or program
	Name          string // of the user or API key; empty: unknown, or nobody's
	Before, After int    // of a priority
	Reason        string
	Start         time.Time // of an offer
	Parts         rules.Parts
	Offer         bool // the event is the making of an offer
}

// OtherEntry is another wait of the same customer.
type OtherEntry struct {
	ID, ServiceName string
	State           rules.EntryState
	JoinedAt        time.Time
}

// EntryBooking is an appointment of the customer.
type EntryBooking struct {
	ID, ServiceName string
	State           rules.BookingState
	Start           time.Time
}

// EntryMail is an email to the customer about this entry, an offer to it or an appointment that came of it. At is when the last was heard of
// it: it was delivered, sent, or else owed.
type EntryMail struct {
	ID, Kind string
	Outcome  Outcome
	Class    string // as Message.Class
	At       time.Time
}

// entryEvents are the acts of the audit trail that an entry's history tells.
var entryEvents = map[string]string{
	"entry.confirm": "confirm", "entry.pause": "pause", "entry.return": "return", "entry.priority": "priority", "entry.wishes": "wishes",
	"entry.leave": "leave", "entry.remove": "remove", "entry.restore": "restore", "entry.bring_back": "restore", "entry.stay": "stay", "entry.again": "again", "entry.expire": "expire", "entry.note": "note",
}

// EntryFile reads what the page of an entry tells besides the entry. Fails with NotFound.
func (w *Waitlist) EntryFile(ctx context.Context, tenantID int64, entryID string) (f EntryFile, err error) {
	entry, err := w.entryOf(ctx, Staff{TenantID: tenantID}, entryID)
	if err != nil {
		return f, err
	}
	waiting, err := w.db.CountWaitingFor(ctx, db.CountWaitingForParams{TenantID: tenantID, ServiceID: entry.ServiceID})
	if err != nil {
		return f, db.Down(fmt.Errorf("counting who waits for a service: %w", err))
	}
	f.Waiting, f.NoteSeen = int(waiting), noteSeen(entry.Note)
	tags, err := w.tagsOf(ctx, []db.Entry{entry})
	if err != nil {
		return f, err
	}
	f.Tags = tags[entry.CustomerID]
	for _, read := range []func(context.Context, db.Entry) error{f.readHistory(w), f.readOthers(w), f.readMails(w)} {
		if err := read(ctx, entry); err != nil {
			return f, err
		}
	}
	return f, nil
}

func (f *EntryFile) readHistory(w *Waitlist) func(context.Context, db.Entry) error {
	return func(ctx context.Context, entry db.Entry) error {
		lines, err := w.db.AuditEntriesOf(ctx, db.AuditEntriesOfParams{TenantID: entry.TenantID, Record: "entries", RecordID: entry.ID})
		if err != nil {
			return db.Down(fmt.Errorf("reading what was done with an entry: %w", err))
		}
		offers, err := w.db.OffersOfEntry(ctx, db.OffersOfEntryParams{TenantID: entry.TenantID, EntryID: entry.ID})
		if err != nil {
			return db.Down(fmt.Errorf("reading an entry's offers: %w", err))
		}
		box, err := w.db.Box(ctx, entry.TenantID)
		if err != nil {
			return err
		}
		names, err := w.actorNames(ctx, entry.TenantID, lines)
		if err != nil {
			return err
		}
		joined := EntryEvent{At: entry.CreatedAt, What: "join", By: string(audit.Customer)}
		confirmed := entry.ConfirmedAt == nil || entry.Source != sourcePublic
		for _, line := range lines {
			event := EntryEvent{At: line.At, What: entryEvents[line.Action], By: line.Actor, Name: names.of(line)}
			if line.Action == "entry.add" || line.Action == "entry.import" {
				joined.What, joined.By, joined.Name = "add", event.By, event.Name
				continue
			}
			if event.What == "" {
				continue
			}
			confirmed = confirmed || event.What == "confirm"
			if event.Reason, err = audit.Reason(box, line); err != nil {
				return fmt.Errorf("opening a reason: %w", err)
			}
			if event.What == "priority" {
				var change struct{ Before, After int }
				if err := json.Unmarshal([]byte(line.Detail), &change); err == nil {
					event.Before, event.After = change.Before, change.After
				}
			}
			f.History = append(f.History, event)
		}
		if entry.Source == sourceStaff && joined.What == "join" {
			joined.What, joined.By = "add", string(audit.User)
		}
		f.History = append(f.History, joined)
		if !confirmed {
			f.History = append(f.History, EntryEvent{At: *entry.ConfirmedAt, What: "confirm", By: string(audit.Customer)})
		}
		for _, o := range offers {
			parts, err := rules.DecodeParts(o.Score)
			if err != nil {
				return fmt.Errorf("offer %d: %w", o.ID, err)
			}
			f.History = append(f.History, EntryEvent{At: o.CreatedAt, What: "offer", By: string(audit.Program), Start: o.StartsAt, Parts: parts, Offer: true})
			if o.EndedAt != nil {
				f.History = append(f.History, EntryEvent{At: *o.EndedAt, What: "offer_" + string(o.State), Start: o.StartsAt})
			}
		}
		slices.SortStableFunc(f.History, func(x, y EntryEvent) int { return cmp.Compare(y.At.UnixMicro(), x.At.UnixMicro()) })
		return nil
	}
}

func (f *EntryFile) readOthers(w *Waitlist) func(context.Context, db.Entry) error {
	return func(ctx context.Context, entry db.Entry) error {
		entries, err := w.db.EntriesOfCustomer(ctx, db.EntriesOfCustomerParams{TenantID: entry.TenantID, CustomerID: entry.CustomerID})
		if err != nil {
			return db.Down(fmt.Errorf("reading a customer's entries: %w", err))
		}
		services, err := w.services(ctx, entry.TenantID)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if e.ID != entry.ID {
				f.Others = append(f.Others, OtherEntry{ID: e.PublicID, ServiceName: services[e.ServiceID].Name, State: e.State, JoinedAt: e.JoinedAt})
			}
		}
		bookings, err := w.db.BookingsOfCustomer(ctx, db.BookingsOfCustomerParams{TenantID: entry.TenantID, CustomerID: &entry.CustomerID})
		for _, b := range bookings {
			f.Bookings = append(f.Bookings, EntryBooking{ID: b.PublicID, ServiceName: b.ServiceName, State: b.State, Start: b.StartsAt})
		}
		return db.Down(wrap(err, "reading a customer's bookings"))
	}
}

func (f *EntryFile) readMails(w *Waitlist) func(context.Context, db.Entry) error {
	return func(ctx context.Context, entry db.Entry) error {
		messages, err := w.db.MessagesOfCustomer(ctx, db.MessagesOfCustomerParams{TenantID: entry.TenantID, CustomerID: entry.CustomerID})
		if err != nil {
			return db.Down(fmt.Errorf("reading the emails to a customer: %w", err))
		}
		bookings, err := w.db.BookingsOfCustomer(ctx, db.BookingsOfCustomerParams{TenantID: entry.TenantID, CustomerID: &entry.CustomerID})
		if err != nil {
			return db.Down(fmt.Errorf("reading a customer's bookings: %w", err))
		}
		came := map[int64]bool{}
		for _, b := range bookings {
			came[b.ID] = b.EntryID != nil && *b.EntryID == entry.ID
		}
		for _, m := range messages {
			if about := m.EntryID != nil && *m.EntryID == entry.ID || m.BookingID != nil && came[*m.BookingID]; !about {
				continue
			}
			mail := EntryMail{ID: m.MessageID, Kind: m.Kind, Outcome: Outcome(*m.Outcome), Class: m.ErrorClass, At: m.CreatedAt}
			for _, at := range []*time.Time{m.SentAt, m.DeliveredAt} {
				if at != nil {
					mail.At = *at
				}
			}
			f.Mails = append(f.Mails, mail)
		}
		return nil
	}
}

// noteSeen names a sealed note: each time one is sealed its bytes are others.
func noteSeen(sealed []byte) string {
	sum := sha256.Sum256(sealed)
	return hex.EncodeToString(sum[:8])
}

// SetNote replaces the note of an entry, live or not. seen is EntryFile.NoteSeen when it was read: Conflict, with what the note says now,
// when somebody has changed it since. Fails with Invalid naming the field.
func (w *Waitlist) SetNote(ctx context.Context, s Staff, entryID, typed, seen string) error {
	note, bad := readNote(typed)
	if bad != nil {
		return problem.Invalid(*bad)
	}
	entry, err := w.entryOf(ctx, s, entryID)
	if err != nil {
		return err
	}
	return w.inTx(ctx, s.TenantID, func(ctx context.Context, tx *db.Tx) error {
		e, err := tx.LockEntry(ctx, db.LockEntryParams{TenantID: s.TenantID, ID: entry.ID})
		if err != nil {
			return fmt.Errorf("locking an entry: %w", err)
		}
		box, err := tx.Box(ctx, s.TenantID)
		if err != nil {
			return err
		}
		current, err := box.Open(inNote(e), e.Note)
		if err != nil || current == note {
			return wrap(err, "opening a note")
		}
		if noteSeen(e.Note) != seen {
			return problem.New(problem.Conflict, "list.problem.note_changed", "Now", strings.ReplaceAll(current, "\n", " "))
		}
		return writeNote(ctx, tx, s, e, note)
	})
}

// writeNote replaces the note of a locked entry with a checked one.
func writeNote(ctx context.Context, tx *db.Tx, s Staff, e db.Entry, note string) error {
	now, err := tx.Now(ctx)
	if err != nil {
		return err
	}
	row := db.SetEntryNoteParams{ChangedAt: now, TenantID: s.TenantID, ID: e.ID}
	if note != "" {
		box, err := tx.Box(ctx, s.TenantID)
		if err != nil {
			return err
		}
		row.Note = box.Seal(inNote(e), note)
	}
	n, err := tx.SetEntryNote(ctx, row)
	if err := must(n, err, "changing a note"); err != nil {
		return err
	}
	return s.actor().did(ctx, tx, "entry.note", s.TenantID, "entries", e.ID, nil)
}

func inNote(e db.Entry) seal.Where {
	return seal.Where{Tenant: e.TenantID, Table: "entries", Column: "note", Row: e.PublicID}
}
