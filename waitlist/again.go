package waitlist

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
)

// Refusal is why a message can't be sent again; empty: it can.
type Refusal string

// The refusals.
const (
	RefusedOnItsWay  Refusal = "on_its_way"  // it waits, or was sent
	RefusedArrived   Refusal = "arrived"     // whatever came after, as that it was called spam
	RefusedLate      Refusal = "late"        // it has no use any more
	RefusedAddress   Refusal = "no_address"  // the customer has none
	RefusedUnwritten Refusal = "unwritten"   // the address is not written to: that would have to be lifted first
	RefusedOver      Refusal = "over"        // what it is about has ended
	RefusedOffer     Refusal = "offer_over"  // the offer went on to the next
	RefusedInDoubt   Refusal = "offer_doubt" // an offer that may have arrived is not sent twice
	RefusedLink      Refusal = "link_over"   // an invitation that was accepted, taken back or has run out
)

// ended states are those that a message leaves only by being sent again.
var endedMessages = []string{"failed", "unknown", "dropped"}

// TryAgain has a message sent once more that failed, was not sent, or of which nobody knows; attempts is how often it had been tried when
// that was decided, so that pressing twice, or after somebody else did, changes nothing: then tried is false. Fails with Conflict and why
// when it can't be sent, and with NotFound.
func (w *Waitlist) TryAgain(ctx context.Context, s Staff, id string, attempts int) (tried bool, err error) {
	m, is, err := maybe(w.db.OutboxMessageByMessageID(ctx, db.OutboxMessageByMessageIDParams{TenantID: s.TenantID, MessageID: id}))
	if err != nil {
		return false, db.Down(fmt.Errorf("reading a message: %w", err))
	}
	if !is {
		return w.tryUserAgain(ctx, s, id, attempts)
	}
	err = w.inTx(ctx, s.TenantID, func(ctx context.Context, tx *db.Tx) error {
		c, err := tx.LockCustomer(ctx, db.LockCustomerParams{TenantID: s.TenantID, ID: m.CustomerID})
		if err != nil {
			return fmt.Errorf("locking a customer: %w", err)
		}
		m, err := tx.GetOutboxMessage(ctx, db.GetOutboxMessageParams{TenantID: s.TenantID, ID: m.ID})
		if err != nil {
			return fmt.Errorf("reading a message: %w", err)
		}
		if m.Attempts != attempts || !slices.Contains(endedMessages, m.State) {
			return nil
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		refused, err := refusal(ctx, tx.Queries, m, c, now)
		if err != nil {
			return err
		}
		if refused != "" {
			return problem.New(problem.Conflict, "outbox.again."+string(refused))
		}
		if tried, err = outbox.Repeat(ctx, tx, m); err != nil || !tried {
			return err
		}
		return s.actor().did(ctx, tx, "message.again", s.TenantID, "outbox", m.ID, nil)
	})
	return tried && err == nil, err
}

func (w *Waitlist) tryUserAgain(ctx context.Context, s Staff, id string, attempts int) (tried bool, err error) {
	m, err := w.userMessageOf(ctx, s.TenantID, id)
	if err != nil || m.Attempts != attempts || !slices.Contains(endedMessages, m.State) {
		return false, err
	}
	err = w.inTx(ctx, s.TenantID, func(ctx context.Context, tx *db.Tx) error {
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		refused, err := userRefusal(ctx, tx.Queries, m, now)
		if err != nil {
			return err
		}
		if refused != "" {
			return problem.New(problem.Conflict, "outbox.again."+string(refused))
		}
		if tried, err = outbox.RepeatForUser(ctx, tx, m); err != nil || !tried {
			return err
		}
		return s.actor().did(ctx, tx, "message.again", s.TenantID, "user_messages", m.ID, nil)
	})
	return tried && err == nil, err
}

// userMessageOf is a message to a user that a business sees.
func (w *Waitlist) userMessageOf(ctx context.Context, tenantID int64, id string) (db.UserMessage, error) {
	m, err := w.db.UserMessageByMessageID(ctx, db.UserMessageByMessageIDParams{TenantID: &tenantID, MessageID: id})
	if m, err = found(m, err, "outbox.problem.no_message"); err == nil && !slices.Contains(userKinds, m.Kind) {
		return m, notFound("outbox.problem.no_message")
	}
	return m, err
}

// refusal tells why a message can't be sent again. What it is about is looked at once more before it is sent.
func refusal(ctx context.Context, q *db.Queries, m db.OutboxMessage, c db.Customer, now time.Time) (Refusal, error) {
	switch {
	case !slices.Contains(endedMessages, m.State):
		return RefusedOnItsWay, nil
	case m.DeliveredAt != nil:
		return RefusedArrived, nil
	}
	over, err := whatEnded(ctx, q, m)
	if err != nil || over != "" {
		return over, err
	}
	switch {
	case !now.Before(m.UsefulUntil):
		return RefusedLate, nil
	case c.EmailHash == nil:
		return RefusedAddress, nil
	}
	barred, err := q.SuppressedAddresses(ctx, db.SuppressedAddressesParams{TenantID: m.TenantID, EmailHashes: [][]byte{c.EmailHash}})
	if len(barred) > 0 {
		return RefusedUnwritten, nil
	}
	return "", wrap(err, "reading suppressions")
}

// whatEnded tells whether what a message is about has ended.
func whatEnded(ctx context.Context, q *db.Queries, m db.OutboxMessage) (Refusal, error) {
	switch outbox.Kind(m.Kind) {
	case outbox.Offer, outbox.OfferReminder:
		o, err := q.GetOffer(ctx, db.GetOfferParams{TenantID: m.TenantID, ID: *m.OfferID})
		switch {
		case err != nil:
			return "", fmt.Errorf("reading an offer: %w", err)
		case o.State != rules.OfferPending:
			return RefusedOffer, nil
		case outbox.Kind(m.Kind) == outbox.Offer:
			return RefusedInDoubt, nil
		}
	case outbox.Confirmed, outbox.Reminder, outbox.Cancelled:
		b, err := q.GetBooking(ctx, db.GetBookingParams{TenantID: m.TenantID, ID: *m.BookingID})
		if err != nil {
			return "", fmt.Errorf("reading a booking: %w", err)
		}
		if (b.State == rules.BookingCancelled) != (outbox.Kind(m.Kind) == outbox.Cancelled) {
			return RefusedOver, nil
		}
	case outbox.Join, outbox.StillWaiting:
		e, err := q.GetEntry(ctx, db.GetEntryParams{TenantID: m.TenantID, ID: *m.EntryID})
		if err != nil {
			return "", fmt.Errorf("reading an entry: %w", err)
		}
		if !e.State.Live() {
			return RefusedOver, nil
		}
	}
	return "", nil
}

// userRefusal is refusal for a message to a user.
func userRefusal(ctx context.Context, q *db.Queries, m db.UserMessage, now time.Time) (Refusal, error) {
	switch {
	case !slices.Contains(endedMessages, m.State):
		return RefusedOnItsWay, nil
	case m.DeliveredAt != nil:
		return RefusedArrived, nil
	case outbox.UserKind(m.Kind) == outbox.Invitation:
		invitation, is, err := maybe(q.GetInvitationByID(ctx, db.GetInvitationByIDParams{TenantID: *m.TenantID, ID: *m.AboutID}))
		if err != nil {
			return "", fmt.Errorf("reading an invitation: %w", err)
		}
		if !is || !now.Before(invitation.ExpiresAt) {
			return RefusedLink, nil
		}
	}
	if !now.Before(m.UsefulUntil) {
		return RefusedLate, nil
	}
	return "", nil
}
