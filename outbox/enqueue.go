// Package outbox keeps the emails that a use case owes its customers in the use case's own transaction, so that none is
// lost and none goes out for what did not happen. Package mail delivers them.
package outbox

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/seal"
)

// Kind says what an email is about.
type Kind string

const (
	Join      Kind = "join"      // confirm a place on the list; needs EntryID
	Offer     Kind = "offer"     // a slot is held; needs OfferID
	Confirmed Kind = "confirmed" // the booking stands; needs BookingID
	Cancelled Kind = "cancelled" // the business cancelled; needs BookingID

	StillWaiting Kind = "still_waiting" // their time on the list ends unless they say so; needs EntryID
	Expired      Kind = "expired"       // it ended; needs EntryID

	OfferReminder Kind = "offer_reminder" // a slot is held for a few minutes more; needs OfferID
	MovedOn       Kind = "moved_on"       // an offer was not answered in time; needs OfferID and EntryID
	Withdrawn     Kind = "withdrawn"      // the business took an offer back; needs OfferID and EntryID

	Reminder Kind = "reminder" // an appointment comes near: still coming?; needs BookingID
	Thanks   Kind = "thanks"   // an appointment is over: how was it?; needs BookingID
)

// Message is one email owed. It names rows only: what it says is read, and its links are made, right before it is sent.
type Message struct {
	TenantID    int64
	Kind        Kind
	CustomerID  int64
	EntryID     *int64
	OfferID     *int64
	BookingID   *int64
	CauseKey    string    // what the email is about, at most 64 ASCII characters: one email per kind and cause
	UsefulUntil time.Time // UTC; not sent later than this
}

// Enqueue adds m to be sent as soon as tx is committed. A message of the same business, kind and cause that is already
// there, whatever became of it, makes this call do nothing.
func Enqueue(ctx context.Context, tx *db.Tx, m Message) error {
	now, err := tx.Now(ctx)
	if err != nil {
		return err
	}
	err = tx.AddOutboxMessage(ctx, db.AddOutboxMessageParams{
		TenantID:      m.TenantID,
		MessageID:     seal.PublicID(),
		Kind:          string(m.Kind),
		CustomerID:    m.CustomerID,
		EntryID:       m.EntryID,
		OfferID:       m.OfferID,
		BookingID:     m.BookingID,
		CauseKey:      m.CauseKey,
		NextAttemptAt: now,
		UsefulUntil:   m.UsefulUntil,
		CreatedAt:     now,
	})
	if db.IsDuplicate(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("enqueuing a message %s: %w", m.Kind, err)
	}
	tx.AfterCommit(nudge)
	return nil
}
