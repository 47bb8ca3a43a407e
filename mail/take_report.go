package mail

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/waitlist"
)

// keepTries is how often a report is held against a message that others change at the same time.
const keepTries = 10

// take lets one report have its effect: the address first, so that nobody is offered anything there again, then the offer that went there,
// then the message. Each step is a transaction of its own and may be repeated; the event is kept in the last, so that what breaks off is done
// again when the provider repeats it.
func (r Reports) take(ctx context.Context, m owed, e report) error {
	if e.suppress != "" && m.user == nil {
		if err := r.suppress(ctx, m, e); err != nil {
			return err
		}
	}
	if e.fails() && m.Kind == string(outbox.Offer) {
		if err := r.Waitlist.OfferUndeliverable(ctx, m.TenantID, *m.OfferID); err != nil {
			return err
		}
	}
	if class := e.outboxClass(); class != "" {
		r.Log.WarnContext(ctx, "an email did not arrive well", "message_id", m.MessageID, "tenant_id", m.TenantID, "kind", m.Kind, "class", class, "why", e.class)
	}
	var err error
	for range keepTries {
		if err = r.keep(ctx, m, e); !errors.Is(err, errMoved) {
			break
		}
	}
	if errors.Is(err, errKnown) {
		return nil
	}
	return err
}

// suppress goes by the address that the provider wrote to: the customer may have another one by now.
func (r Reports) suppress(ctx context.Context, m owed, e report) error {
	hash, address := r.DB.Lookup().Email(m.TenantID, e.address), e.address
	if hash == nil {
		customer, err := r.DB.GetCustomer(ctx, db.GetCustomerParams{TenantID: m.TenantID, ID: m.CustomerID})
		if err != nil || customer.EmailHash == nil {
			return wrap(err, "reading a customer")
		}
		hash, address = customer.EmailHash, ""
	}
	if err := r.Waitlist.SuppressReported(ctx, m.TenantID, m.CustomerID, hash, address, e.suppress); err != nil || e.suppress == waitlist.SuppressedBounce {
		return err // an offer that came back is ended by itself: another may have arrived
	}
	return r.Waitlist.EndOffersTo(ctx, m.TenantID, hash)
}

// keep records a report with its event, and for an offer what it means to the deadline. Fails with errKnown when the event is there already,
// and with errMoved when the message changed between reading and writing it.
func (r Reports) keep(ctx context.Context, m owed, e report) error {
	return r.DB.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := r.reached(ctx, tx, m, e); err != nil {
			return err
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		before, created, err := r.standing(ctx, tx, m)
		if err != nil {
			return err
		}
		at := within(e.at, created, now)
		if after := before.after(e, at); !after.same(before) {
			if err := m.report(ctx, tx.Queries, before, after); err != nil {
				return err
			}
		}
		event := db.AddMailEventParams{EventID: e.id, Kind: e.kind, Class: e.class, HappenedAt: at, CreatedAt: now}
		if m.user != nil {
			event.TenantID, event.UserMessageID = m.user.TenantID, &m.ID
		} else {
			event.TenantID, event.OutboxID = &m.TenantID, &m.ID
		}
		err = tx.AddMailEvent(ctx, event)
		if db.IsDuplicate(err) {
			return errKnown
		}
		return wrap(err, "keeping an event")
	})
}

// reached lets an offer's time begin when its email arrived, or at least was taken. It locks the offer, before the message.
func (r Reports) reached(ctx context.Context, tx *db.Tx, m owed, e report) error {
	switch {
	case m.Kind != string(outbox.Offer) || e.fails():
		return nil
	case e.kind == delivered:
		return r.Waitlist.OfferDelivered(ctx, tx, m.TenantID, *m.OfferID, e.at)
	}
	return r.Waitlist.OfferSentAt(ctx, tx, m.TenantID, *m.OfferID, e.at)
}

// standing reads what is known of a message now, and when it was owed.
func (r Reports) standing(ctx context.Context, tx *db.Tx, m owed) (s standing, created time.Time, err error) {
	if m.user != nil {
		row, err := tx.GetUserMessage(ctx, m.ID)
		if err != nil {
			return s, created, fmt.Errorf("reading a message to a user: %w", err)
		}
		return standing{row.State, row.ErrorClass, row.SentAt, row.DeliveredAt}, row.CreatedAt, nil
	}
	row, err := tx.GetOutboxMessage(ctx, db.GetOutboxMessageParams{TenantID: m.TenantID, ID: m.ID})
	if err != nil {
		return s, created, fmt.Errorf("reading a message: %w", err)
	}
	return standing{row.State, row.ErrorClass, row.SentAt, row.DeliveredAt}, row.CreatedAt, nil
}

// report takes a message from one standing to another. A sender that is at work on it loses its claim: the provider has it.
func (m owed) report(ctx context.Context, q *db.Queries, from, to standing) error {
	var n int64
	var err error
	if m.user != nil {
		n, err = q.ReportUserMessage(ctx, db.ReportUserMessageParams{
			ToState: to.state, ToClass: to.class, SentAt: to.sentAt, DeliveredAt: to.deliveredAt,
			ID: m.ID, FromState: from.state, FromClass: from.class, FromDelivered: from.deliveredAt,
		})
	} else {
		n, err = q.ReportOutboxMessage(ctx, db.ReportOutboxMessageParams{
			ToState: to.state, ToClass: to.class, SentAt: to.sentAt, DeliveredAt: to.deliveredAt,
			TenantID: m.TenantID, ID: m.ID, FromState: from.state, FromClass: from.class, FromDelivered: from.deliveredAt,
		})
	}
	if err == nil && n != 1 {
		err = errMoved
	}
	return wrap(err, "recording what became of a message")
}

// within is a moment of somebody else's clock between two of ours; the zero moment is the later one.
func within(at, from, to time.Time) time.Time {
	switch {
	case at.IsZero(), at.After(to):
		return to
	case at.Before(from):
		return from
	}
	return at
}
