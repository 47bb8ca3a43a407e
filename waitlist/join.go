package waitlist

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
)

const (
	joinLinkUseful = 24 * time.Hour
	joinLinkEvery  = 10 * time.Minute // a repeated join sends the link again at most this often
)

// Join puts a customer on the list, unconfirmed until they press the button behind the emailed link. Joining again changes and
// reveals nothing: it sends the link again. Somebody whom the business blocked is not told so, and joins nothing. Fails with Invalid naming
// the fields, Conflict while nobody can join.
func (w *Waitlist) Join(ctx context.Context, tenantID int64, f Join) error {
	return w.inTx(ctx, tenantID, func(ctx context.Context, tx *db.Tx) error {
		n, err := w.readNewEntry(ctx, tx, tenantID, newEntry{
			service: f.Service, name: f.Name, email: f.Email, phone: f.Phone, emailNeeded: true, consent: f.Consent, wishes: f.Wishes,
		})
		if err != nil {
			return err
		}
		joining, err := joinable(ctx, tx, tenantID, n.now)
		if err != nil {
			return err
		}
		if blocked, err := isBlocked(ctx, tx, tenantID, n.contact); blocked || err != nil {
			return err // whoever tries is told what everybody is
		}
		customerID, err := customerFor(ctx, tx, tenantID, n.contact, f.Locale, n.now)
		if err != nil {
			return err
		}
		p, err := lockParty(ctx, tx, tenantID, customerID)
		if err != nil {
			return err
		}
		if entry, waits := p.entryFor(n.serviceRow.ID); waits {
			return sendLink(ctx, tx, entry, n.now)
		}
		if err := takePlace(ctx, tx, joining, n.serviceRow.ID); err != nil {
			return err
		}
		n.id = seal.PublicID()
		n.state, n.source, n.locale, n.wording = rules.EntryUnconfirmed, sourcePublic, f.Locale, f.Wording
		entry, err := addEntry(ctx, tx, p.customer, n)
		if err != nil {
			return err
		}
		if err := customer(customerID).did(ctx, tx, "entry.join", tenantID, "entries", entry.ID, nil); err != nil {
			return err
		}
		return sendLink(ctx, tx, entry, n.now)
	})
}

// sendLink enqueues the email with the link to the entry's page, once in ten minutes.
func sendLink(ctx context.Context, tx *db.Tx, entry db.Entry, now time.Time) error {
	moment := strconv.FormatInt(now.Unix()/int64(joinLinkEvery/time.Second), 10)
	return outbox.Enqueue(ctx, tx, outbox.Message{
		TenantID: entry.TenantID, Kind: outbox.Join, CustomerID: entry.CustomerID, EntryID: &entry.ID,
		CauseKey: entry.PublicID + "/" + moment, UsefulUntil: now.Add(joinLinkUseful),
	})
}

// newEntry is an entry on its way into the table: first as typed, then as read.
type newEntry struct {
	service, name, email, phone string
	emailNeeded, consent        bool
	known                       bool // a known customer: name, email and phone are not read
	wishes                      Wishes

	now        time.Time
	settings   Settings
	serviceRow db.Service
	contact    contact
	rows       wishRows

	id              string // public id
	state           rules.EntryState
	source          string
	locale, wording string
	priority        int
	note            string
	joined          time.Time // zero: now
}

// readNewEntry checks all that was typed and names every bad field at once.
func (w *Waitlist) readNewEntry(ctx context.Context, tx *db.Tx, tenantID int64, n newEntry) (newEntry, error) {
	var err error
	if n.now, err = tx.Now(ctx); err != nil {
		return n, err
	}
	if n.settings, err = LoadSettings(ctx, tx.Queries, tenantID); err != nil {
		return n, err
	}
	var bad []problem.Field
	service, known, err := maybe(tx.GetServiceByPublicID(ctx, db.GetServiceByPublicIDParams{TenantID: tenantID, PublicID: n.service}))
	if err != nil {
		return n, fmt.Errorf("reading a service: %w", err)
	}
	if !known || !service.Active {
		bad = append(bad, problem.Bad("service", "problem.choose_service"))
	}
	n.serviceRow = service
	if !n.known {
		read, wrong := readContact(n.name, n.email, n.phone, n.settings.Row.Locale, n.emailNeeded)
		n.contact, bad = read, append(bad, wrong...)
		if !n.consent && (n.emailNeeded || read.email != "") {
			bad = append(bad, problem.Bad("consent", "problem.consent"))
		}
	}
	rows, wrong, err := readWishes(ctx, tx.Queries, tenantID, service.ID, rules.DateOf(n.now, n.settings.Zone), n.wishes)
	if err != nil {
		return n, err
	}
	n.rows, bad = rows, append(bad, wrong...)
	if len(bad) > 0 {
		return n, problem.Invalid(bad...)
	}
	return n, nil
}

// addEntry adds an entry of a locked customer with its wishes and consent.
func addEntry(ctx context.Context, tx *db.Tx, c db.Customer, n newEntry) (db.Entry, error) {
	row, err := entryRow(ctx, tx, c, n)
	entry := db.Entry{TenantID: c.TenantID, PublicID: n.id, CustomerID: c.ID, ServiceID: row.ServiceID, State: n.state, JoinedAt: row.JoinedAt, Priority: n.priority, FlexibleDays: row.FlexibleDays, AnyStaff: row.AnyStaff}
	if err != nil {
		return entry, err
	}
	if entry.ID, err = tx.AddEntry(ctx, row); err != nil {
		return entry, fmt.Errorf("adding an entry: %w", err)
	}
	if err := writeWishes(ctx, tx, c.TenantID, entry.ID, n.rows); err != nil {
		return entry, err
	}
	if !n.consent {
		return entry, nil
	}
	err = tx.AddConsent(ctx, db.AddConsentParams{
		TenantID: c.TenantID, CustomerID: c.ID, EntryID: entry.ID, Wording: n.wording, Locale: n.locale, GivenAt: n.now,
	})
	return entry, wrap(err, "recording a consent")
}

// entryRow is what a new entry of a customer is kept as.
func entryRow(ctx context.Context, tx *db.Tx, c db.Customer, n newEntry) (db.AddEntryParams, error) {
	if n.joined.IsZero() {
		n.joined = n.now
	}
	row := db.AddEntryParams{
		TenantID: c.TenantID, PublicID: n.id, CustomerID: c.ID, ServiceID: n.serviceRow.ID, LiveServiceID: &n.serviceRow.ID,
		State: n.state, Source: n.source, JoinedAt: n.joined, Priority: n.priority, FlexibleDays: flexibleDays(n.rows.Windows), AnyStaff: len(n.rows.staff) == 0,
		PreferredStaffID: n.rows.preferred, MayGain: mayGain(n.rows), EarliestOn: n.rows.EarliestOn, LatestOn: n.rows.LatestOn, NoticeMinutes: minutes(n.rows.Notice),
		Consented: n.consent || c.Email == nil,
		TokenHash: seal.HashToken(tx.Tokens().Make(seal.TokenEntry, n.id, 1)), TokenVersion: 1, CreatedAt: n.now, StaysFrom: n.now, ChangedAt: n.now,
	}
	k := n.settings.orderKeys(c, db.Entry{Priority: row.Priority, FlexibleDays: row.FlexibleDays, AnyStaff: row.AnyStaff}, row.JoinedAt)
	row.OrderKeyA, row.OrderKeyB, row.OrderVersionA, row.OrderVersionB = k.a, k.b, k.versionA, k.versionB
	if n.state == rules.EntryWaiting {
		row.ConfirmedAt = &n.now
	}
	if n.note != "" {
		box, err := tx.Box(ctx, c.TenantID)
		if err != nil {
			return row, err
		}
		row.Note = box.Seal(seal.Where{Tenant: c.TenantID, Table: "entries", Column: "note", Row: n.id}, n.note)
	}
	return row, nil
}
