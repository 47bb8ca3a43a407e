package waitlist

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
)

// AddEntry is staff putting a customer on the list, confirmed at once, and gives the entry's public id. Fails with Invalid
// naming the fields — despite when they are blocked or the list is full, and staff did not say that they know — Conflict when this customer waits for the service already.
func (w *Waitlist) AddEntry(ctx context.Context, s Staff, f AddEntry) (id string, err error) {
	err = w.inTx(ctx, s.TenantID, func(ctx context.Context, tx *db.Tx) error {
		id, err = w.addByStaff(ctx, tx, s, f)
		return err
	})
	return id, err
}

func (w *Waitlist) addByStaff(ctx context.Context, tx *db.Tx, s Staff, f AddEntry) (string, error) {
	note, badNote := readNote(f.Note)
	n, err := w.readNewEntry(ctx, tx, s.TenantID, newEntry{
		service: f.Service, name: f.Name, email: f.Email, phone: f.Phone, consent: f.Consent, known: f.Customer != "", wishes: f.Wishes,
	})
	if err != nil {
		return "", err
	}
	if badNote != nil {
		return "", problem.Invalid(*badNote)
	}
	if f.Priority < -3 || f.Priority > 3 {
		return "", problem.Invalid(problem.Bad("priority", "problem.bounds", "Least", -3, "Most", 3))
	}
	n.id = seal.PublicID()
	if earlier, fresh, err := tx.Press(ctx, s.TenantID, f.Press, n.id); err != nil || !fresh {
		return earlier, err
	}
	customerID, err := w.customerID(ctx, tx, s.TenantID, f.Customer, n, f.Locale)
	if err != nil {
		return "", err
	}
	p, err := lockParty(ctx, tx, s.TenantID, customerID)
	if err != nil {
		return "", err
	}
	if p.customer.Email != nil && !n.consent {
		return "", problem.Invalid(problem.Bad("consent", "problem.consent"))
	}
	if _, waits := p.entryFor(n.serviceRow.ID); waits {
		return "", problem.New(problem.Conflict, "problem.already_waiting")
	}
	if !f.Despite {
		if err := warn(ctx, tx, p.customer, n.serviceRow.ID); err != nil {
			return "", err
		}
	}
	n.state, n.source, n.locale, n.wording = rules.EntryWaiting, sourceStaff, f.Locale, f.Wording
	n.priority, n.note = f.Priority, note
	entry, err := addEntry(ctx, tx, p.customer, n)
	if err != nil {
		return "", err
	}
	if p.customer.Email != nil {
		if err := sendLink(ctx, tx, entry, n.now); err != nil {
			return "", err
		}
	}
	tx.AfterCommit(func() { w.Wake(ctx, s.TenantID) })
	return entry.PublicID, audit.Note(ctx, tx, audit.Entry{
		TenantID: s.TenantID, By: s.Actor(), Action: "entry.add", Record: "entries", RecordID: entry.ID,
	})
}

// warn refuses, until staff say that they know, whom the business blocked and whoever would pass a limit of the list.
func warn(ctx context.Context, tx *db.Tx, c db.Customer, serviceID int64) error {
	barred, err := blockedAmong(ctx, tx.Queries, c.TenantID, nonNil(c.EmailHash), nonNil(c.PhoneHash))
	if err != nil {
		return err
	}
	if len(barred) > 0 {
		return problem.Invalid(problem.Bad("despite", "problem.block.staff"))
	}
	row, known, err := maybe(tx.GetJoining(ctx, c.TenantID))
	if err != nil || !known {
		return wrap(err, "reading how people join")
	}
	err = takePlace(ctx, tx, row, serviceID)
	if kind := problem.KindOf(err); kind == problem.Conflict || kind == problem.InvalidInput {
		return problem.Invalid(problem.Bad("despite", "problem.joining.staff_full"))
	}
	return err
}

// customerID is the known customer that staff picked, or the one whom the contact names.
func (w *Waitlist) customerID(ctx context.Context, tx *db.Tx, tenantID int64, publicID string, n newEntry, locale string) (int64, error) {
	if publicID == "" {
		if locale == "" {
			locale = n.settings.Row.Locale
		}
		return customerFor(ctx, tx, tenantID, n.contact, locale, n.now)
	}
	customer, known, err := maybe(tx.GetCustomerByPublicID(ctx, db.GetCustomerByPublicIDParams{TenantID: tenantID, PublicID: publicID}))
	if err != nil {
		return 0, fmt.Errorf("reading a customer: %w", err)
	}
	if !known {
		return 0, problem.Invalid(problem.Bad("customer", "problem.no_such_customer"))
	}
	return customer.ID, nil
}
