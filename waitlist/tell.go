package waitlist

import (
	"context"
	"strconv"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/rules"
)

const (
	tellOfOffer  = 24 * time.Hour     // for how long it is worth telling what became of an offer
	tellOfEntry  = 3 * 24 * time.Hour // that a place on the list ended
	tellOfThanks = rules.ThanksLate
)

// tellMovedOn owes the customer of an offer that they left unanswered the word that it went on, and that they keep their place. Of an
// offer that no sender accepted they never heard, so that there is nothing to tell.
func tellMovedOn(ctx context.Context, tx *db.Tx, offer db.Offer, now time.Time) error {
	return tellOfEnd(ctx, tx, outbox.MovedOn, offer, now)
}

// tellWithdrawn owes the customer of an offer that the business took back the same.
func tellWithdrawn(ctx context.Context, tx *db.Tx, offer db.Offer, now time.Time) error {
	return tellOfEnd(ctx, tx, outbox.Withdrawn, offer, now)
}

func tellOfEnd(ctx context.Context, tx *db.Tx, kind outbox.Kind, offer db.Offer, now time.Time) error {
	if offer.EmailHash == nil || offer.SentAt == nil {
		return nil
	}
	return outbox.Enqueue(ctx, tx, outbox.Message{
		TenantID: offer.TenantID, Kind: kind, CustomerID: offer.CustomerID, EntryID: &offer.EntryID, OfferID: &offer.ID,
		CauseKey: offer.PublicID, UsefulUntil: now.Add(tellOfOffer),
	})
}

// tellExpired owes a customer the word that their time on the list has ended. Who never confirmed their address, or did not agree to
// emails, is not written to. The entry is as it was before.
func tellExpired(ctx context.Context, tx *db.Tx, c db.Customer, e db.Entry, now time.Time) error {
	if c.Email == nil || !e.Consented || e.State == rules.EntryUnconfirmed {
		return nil
	}
	return outbox.Enqueue(ctx, tx, outbox.Message{
		TenantID: e.TenantID, Kind: outbox.Expired, CustomerID: e.CustomerID, EntryID: &e.ID,
		CauseKey: e.PublicID + "/" + strconv.FormatInt(e.StaysFrom.Unix(), 10), UsefulUntil: now.Add(tellOfEntry),
	})
}
