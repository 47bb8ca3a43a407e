package waitlist

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/audit"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/outbox"
)

// MessageDetail is what became of one message. What it says is not among it: its links are good for whoever holds them.
type MessageDetail struct {
	Message
	Email       string // it goes to; empty: the customer has none
	UsefulUntil time.Time
	Attempts    int
	About       MessageAbout
	Events      []MailEvent  // as the provider reported, the latest first
	Tries       []MessageTry // by people, likewise
	Refused     Refusal      // why it can't be sent again
	Unwritten   string       // why the address is not written to, as Suppression.Reason; empty: it is
	Find        string       // the address, sealed for SuppressionQuery
	Failing     Failing
	Zone        *time.Location
	Now         time.Time
}

// MessageAbout is what a message is about. Ids are public, and empty for what it isn't about.
type MessageAbout struct {
	ServiceName          string
	Start                time.Time // of an appointment; zero: none
	Entry, Slot, Booking string
}

// MailEvent is something that a provider reported of a message: one of the kinds and classes of table mail_events.
type MailEvent struct {
	Kind, Class string
	At          time.Time
}

// MessageTry is that somebody had a message sent again.
type MessageTry struct {
	By  string // user or API key; empty: their login is gone
	Key bool   // By is an API key
	At  time.Time
}

// Message reads what became of a message of a business. Fails with NotFound.
func (w *Waitlist) Message(ctx context.Context, tenantID int64, id string) (d MessageDetail, err error) {
	b, err := w.Business(ctx, tenantID)
	if err != nil {
		return d, err
	}
	d.Zone = b.Zone
	if d.Now, err = w.db.Now(ctx); err != nil {
		return d, err
	}
	if d.Failing, err = w.failing(ctx); err != nil {
		return d, err
	}
	m, is, err := maybe(w.db.OutboxMessageByMessageID(ctx, db.OutboxMessageByMessageIDParams{TenantID: tenantID, MessageID: id}))
	if err != nil {
		return d, db.Down(fmt.Errorf("reading a message: %w", err))
	}
	if is {
		return d, db.Down(w.customerMessage(ctx, m, &d))
	}
	user, err := w.userMessageOf(ctx, tenantID, id)
	if err != nil {
		return d, err
	}
	return d, db.Down(w.userMessage(ctx, user, &d))
}

func (w *Waitlist) customerMessage(ctx context.Context, m db.OutboxMessage, d *MessageDetail) error {
	c, err := w.db.GetCustomer(ctx, db.GetCustomerParams{TenantID: m.TenantID, ID: m.CustomerID})
	if err != nil {
		return fmt.Errorf("reading a customer: %w", err)
	}
	person, err := w.person(ctx, c)
	if err != nil {
		return err
	}
	d.Message = Message{
		ID: m.MessageID, Kind: m.Kind, Name: person.Name, Customer: c.PublicID, Outcome: Outcome(*m.Outcome), Class: m.ErrorClass, Owed: m.CreatedAt,
		SentAt: m.SentAt, DeliveredAt: m.DeliveredAt, NextTry: m.NextAttemptAt,
	}
	d.Email, d.UsefulUntil, d.Attempts = person.Email, m.UsefulUntil, m.Attempts
	if d.Refused, err = refusal(ctx, w.db.Queries, m, c, d.Now); err != nil {
		return err
	}
	why, err := w.unwritten(ctx, m.TenantID, nonNil(c.EmailHash))
	if err != nil {
		return err
	}
	d.Unwritten = why[string(c.EmailHash)]
	if d.Unwritten != "" {
		if d.Find, err = w.SealAddress(ctx, m.TenantID, person.Email); err != nil {
			return err
		}
	}
	if d.About, err = w.aboutMessage(ctx, m); err != nil {
		return err
	}
	events, err := w.db.MailEventsOfMessage(ctx, db.MailEventsOfMessageParams{TenantID: &m.TenantID, OutboxID: &m.ID})
	if err != nil {
		return fmt.Errorf("reading what was reported of a message: %w", err)
	}
	d.Events = mailEvents(events)
	return w.readTries(ctx, m.TenantID, "outbox", m.ID, d)
}

func mailEvents(rows []db.MailEvent) (list []MailEvent) {
	for _, e := range rows {
		list = append(list, MailEvent{Kind: e.Kind, Class: e.Class, At: e.HappenedAt})
	}
	return list
}

// aboutMessage follows what the message names: the booking, else the offer, else the entry.
func (w *Waitlist) aboutMessage(ctx context.Context, m db.OutboxMessage) (a MessageAbout, err error) {
	entryID := m.EntryID
	if m.OfferID != nil {
		o, err := w.db.GetOffer(ctx, db.GetOfferParams{TenantID: m.TenantID, ID: *m.OfferID})
		if err != nil {
			return a, fmt.Errorf("reading an offer: %w", err)
		}
		slot, err := w.db.GetSlot(ctx, db.GetSlotParams{TenantID: m.TenantID, ID: o.SlotID})
		if err != nil {
			return a, fmt.Errorf("reading a slot: %w", err)
		}
		a.ServiceName, a.Start, a.Slot, entryID = o.ServiceName, o.StartsAt, slot.PublicID, &o.EntryID
	}
	if m.BookingID != nil {
		b, err := w.db.GetBooking(ctx, db.GetBookingParams{TenantID: m.TenantID, ID: *m.BookingID})
		if err != nil {
			return a, fmt.Errorf("reading a booking: %w", err)
		}
		a.ServiceName, a.Start, a.Booking = b.ServiceName, b.StartsAt, b.PublicID
		if entryID == nil {
			entryID = b.EntryID
		}
	}
	if entryID == nil {
		return a, nil
	}
	e, err := w.db.GetEntry(ctx, db.GetEntryParams{TenantID: m.TenantID, ID: *entryID})
	if err != nil {
		return a, fmt.Errorf("reading an entry: %w", err)
	}
	a.Entry = e.PublicID
	if a.ServiceName == "" {
		services, err := w.services(ctx, m.TenantID)
		if err != nil {
			return a, err
		}
		a.ServiceName = services[e.ServiceID].Name
	}
	return a, nil
}

func (w *Waitlist) userMessage(ctx context.Context, m db.UserMessage, d *MessageDetail) (err error) {
	open := func(column string, sealed []byte) (text string, err error) {
		text, err = w.db.SystemBox().Open(outbox.UserColumn(column, m.MessageID), sealed)
		return text, wrap(err, "opening the "+column+" of a message to a user")
	}
	d.Message = Message{
		ID: m.MessageID, Kind: m.Kind, ToUser: true, Outcome: userOutcome(m), Class: m.ErrorClass, Owed: m.CreatedAt, SentAt: m.SentAt, DeliveredAt: m.DeliveredAt,
		NextTry: m.NextAttemptAt,
	}
	if d.Name, err = open("name", m.Name); err != nil {
		return err
	}
	if d.Email, err = open("email", m.Email); err != nil {
		return err
	}
	d.UsefulUntil, d.Attempts = m.UsefulUntil, m.Attempts
	if d.Refused, err = userRefusal(ctx, w.db.Queries, m, d.Now); err != nil {
		return err
	}
	events, err := w.db.MailEventsOfUserMessage(ctx, &m.ID)
	if err != nil {
		return fmt.Errorf("reading what was reported of a message: %w", err)
	}
	d.Events = mailEvents(events)
	return w.readTries(ctx, *m.TenantID, "user_messages", m.ID, d)
}

// userOutcome is what the column outcome says of a message to a customer.
func userOutcome(m db.UserMessage) Outcome {
	switch m.State {
	case "sent":
		if m.DeliveredAt != nil {
			return OutcomeDelivered
		}
		return OutcomeSent
	case "failed":
		return OutcomeFailed
	case "unknown":
		return OutcomeUnclear
	case "dropped":
		return OutcomeNotSent
	}
	return OutcomeWaiting
}

// readTries adds who had the message sent again.
func (w *Waitlist) readTries(ctx context.Context, tenantID int64, record string, id int64, d *MessageDetail) error {
	lines, err := w.db.AuditEntriesOf(ctx, db.AuditEntriesOfParams{TenantID: tenantID, Record: record, RecordID: id})
	if err != nil {
		return fmt.Errorf("reading what was done with a message: %w", err)
	}
	names, err := w.actorNames(ctx, tenantID, lines)
	if err != nil {
		return err
	}
	for _, line := range lines {
		if line.Action == "message.again" && line.ActorID != nil {
			d.Tries = append(d.Tries, MessageTry{By: names.of(line), Key: line.Actor == string(audit.Key), At: line.At})
		}
	}
	return nil
}
