package waitlist

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
)

// Accept is the customer's yes to the offer behind the link. It returns nil once the booking is committed, and again
// whenever the same yes is repeated. After the deadline, or when the offer has ended otherwise, it fails with Gone; when the
// customer has another appointment then, with Conflict.
func (w *Waitlist) Accept(ctx context.Context, token string) error {
	offer, err := w.offerByToken(ctx, token)
	if err != nil {
		return err
	}
	return w.accept(ctx, customer(offer.CustomerID), offer.TenantID, offer.ID)
}

// StaffAccept records a yes that the customer gave in another way, such as by phone.
func (w *Waitlist) StaffAccept(ctx context.Context, s Staff, offerID string) error {
	offer, err := w.offerOf(ctx, s, offerID)
	if err != nil {
		return err
	}
	return w.accept(ctx, s.actor(), offer.TenantID, offer.ID)
}

func (w *Waitlist) accept(ctx context.Context, who actor, tenantID, offerID int64) error {
	return w.inTx(ctx, tenantID, func(ctx context.Context, tx *db.Tx) error {
		slot, offer, err := lockOffer(ctx, tx, tenantID, offerID)
		if err != nil {
			return err
		}
		if offer.State == rules.OfferAccepted {
			return nil
		}
		p, err := lockParty(ctx, tx, tenantID, offer.CustomerID)
		if err != nil {
			return err
		}
		now, err := tx.Now(ctx)
		if err != nil {
			return err
		}
		if err := freeAt(ctx, tx, p.customer, offer.StartsAt, offer.EndsAt); err != nil {
			return err
		}
		ok, err := moved(tx.AcceptOffer(ctx, db.AcceptOfferParams{At: &now, TenantID: tenantID, ID: offerID, Now: now}))
		if err != nil {
			return fmt.Errorf("accepting an offer: %w", err)
		}
		if !ok {
			return ended(offer)
		}
		if err := w.bookOffer(ctx, tx, slot, offer, p, now); err != nil {
			return err
		}
		return who.did(ctx, tx, "offer.accept", tenantID, "offers", offerID, nil)
	})
}

// ended is what to say of an offer that can no longer be answered.
func ended(offer db.Offer) error {
	state := offer.State
	if state == rules.OfferPending {
		state = rules.OfferExpired // its deadline is past, the job has not come by yet
	}
	return problem.New(problem.Gone, "problem.offer."+string(state))
}

// bookOffer turns the hold of an offer that has just been accepted into a booking.
func (w *Waitlist) bookOffer(ctx context.Context, tx *db.Tx, slot db.Slot, offer db.Offer, p party, now time.Time) error {
	service := rules.ServiceTime{
		ID: offer.ServiceID, Duration: time.Duration(offer.DurationMinutes) * time.Minute, Buffer: time.Duration(offer.BufferMinutes) * time.Minute,
	}
	shortest, err := shortestService(ctx, tx, slot)
	if err != nil {
		return err
	}
	usedUntil, rest := rules.Remainder(slot.StartsAt, slot.EndsAt, service, shortest)
	n, err := tx.BookSlot(ctx, db.BookSlotParams{EndsAt: usedUntil, TenantID: slot.TenantID, ID: slot.ID})
	if err := must(n, err, "booking a slot"); err != nil {
		return err
	}
	if rest != nil {
		if err := w.openRemainder(ctx, tx, slot, *rest, now); err != nil {
			return err
		}
	}
	id := seal.PublicID()
	bookingID, err := tx.AddBooking(ctx, db.AddBookingParams{
		TenantID: slot.TenantID, PublicID: id, SlotID: slot.ID, StaffMemberID: slot.StaffMemberID, Kind: kindAppointment,
		CustomerID: &offer.CustomerID, ServiceID: &offer.ServiceID, OfferID: &offer.ID, EntryID: &offer.EntryID,
		StartsAt: offer.StartsAt, EndsAt: offer.EndsAt, ServiceName: offer.ServiceName,
		PriceKind: offer.PriceKind, PriceMinor: offer.PriceMinor, Currency: offer.Currency, CreatedAt: now,
		TokenHash: seal.HashToken(tx.Tokens().Make(seal.TokenBooking, id, 1)), TokenVersion: 1,
	})
	if err != nil {
		return fmt.Errorf("adding a booking: %w", err)
	}
	n, err = tx.PassClaimToBooking(ctx, db.PassClaimToBookingParams{BookingID: &bookingID, TenantID: slot.TenantID, SlotID: slot.ID, OfferID: &offer.ID})
	if err := must(n, err, "passing the claim on"); err != nil {
		return err
	}
	if err := endOpening(ctx, tx, slot, rules.OpeningFilled, &bookingID, now); err != nil {
		return err
	}
	w.releaseAfter(ctx, tx, slot.ID, offer.ID)
	entry, live := p.entry(offer.EntryID)
	if !live || entry.State != rules.EntryOffered {
		return fmt.Errorf("the entry of pending offer %d is not offered", offer.ID)
	}
	if err := endEntry(ctx, tx, entry, rules.EntryBooked, now); err != nil {
		return err
	}
	if err := countAnswer(ctx, tx, p); err != nil {
		return err
	}
	return enqueueConfirmed(ctx, tx, p.customer, bookingID, id, offer.EndsAt)
}

// countAnswer credits the customer with an answered offer and re-ranks what else they wait for.
func countAnswer(ctx context.Context, tx *db.Tx, p party) error {
	n, err := tx.CountAnswer(ctx, db.CountAnswerParams{TenantID: p.customer.TenantID, ID: p.customer.ID})
	if err := must(n, err, "counting an answer"); err != nil {
		return err
	}
	settings, err := LoadSettings(ctx, tx.Queries, p.customer.TenantID)
	if err != nil {
		return err
	}
	return rerank(ctx, tx, settings, p)
}

func enqueueConfirmed(ctx context.Context, tx *db.Tx, c db.Customer, bookingID int64, publicID string, usefulUntil time.Time) error {
	if c.Email == nil {
		return nil
	}
	return outbox.Enqueue(ctx, tx, outbox.Message{
		TenantID: c.TenantID, Kind: outbox.Confirmed, CustomerID: c.ID, BookingID: &bookingID, CauseKey: publicID, UsefulUntil: usefulUntil,
	})
}

// freeAt fails with Conflict when the customer, who is locked, has an appointment that overlaps.
func freeAt(ctx context.Context, tx *db.Tx, c db.Customer, start, end time.Time) error {
	rows, err := tx.BookedCustomersBetween(ctx, db.BookedCustomersBetweenParams{
		TenantID: c.TenantID, StartsAt: start, EndsAt: end, StartsAfter: start.Add(-longest), CustomerIds: []*int64{&c.ID},
	})
	if err != nil {
		return fmt.Errorf("reading a customer's bookings: %w", err)
	}
	if len(rows) > 0 {
		return problem.New(problem.Conflict, "problem.customer_busy")
	}
	return nil
}

// shortestService is the least time worth opening again with the slot's staff member, buffer included.
func shortestService(ctx context.Context, tx *db.Tx, slot db.Slot) (time.Duration, error) {
	services, err := tx.ServicesOfSlot(ctx, db.ServicesOfSlotParams{TenantID: slot.TenantID, StaffMemberID: slot.StaffMemberID})
	if err != nil {
		return 0, fmt.Errorf("reading the services of a slot: %w", err)
	}
	shortest := longest
	for _, s := range services {
		t := serviceTime(s)
		shortest = min(shortest, t.Duration+t.Buffer)
	}
	return shortest, nil
}

// openRemainder opens what a booking left of its slot.
func (w *Waitlist) openRemainder(ctx context.Context, tx *db.Tx, slot db.Slot, rest rules.Span, now time.Time) error {
	if !rest.Start.After(now) {
		return nil
	}
	id, err := tx.AddSlot(ctx, db.AddSlotParams{
		TenantID: slot.TenantID, PublicID: seal.PublicID(), StaffMemberID: slot.StaffMemberID,
		StartsAt: rest.Start, EndsAt: rest.End, State: rules.SlotOpen, Origin: originRemainder, NextTryAt: &now, OutsideHours: slot.OutsideHours, CreatedAt: now,
	})
	if err != nil {
		return fmt.Errorf("opening a remainder: %w", err)
	}
	if err := beginOpening(ctx, tx, slot.TenantID, id, originRemainder, rest.Start, now); err != nil {
		return err
	}
	tx.AfterCommit(func() { w.fillNow(ctx, slot.TenantID, id) })
	return nil
}
