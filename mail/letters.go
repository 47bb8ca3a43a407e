package mail

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/calendar"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/views/email"
	"github.com/your-org/waitlist-management/waitlist"
)

// letter reads what the message is about and makes its links.
func (d *Deliverer) letter(ctx context.Context, m owed, on email.Paper, message *Message) (email.Letter, error) {
	switch outbox.Kind(m.Kind) {
	case outbox.Join:
		return d.join(ctx, m, on)
	case outbox.Offer:
		return d.offer(ctx, m, on)
	case outbox.Confirmed:
		return d.confirmed(ctx, m, on, message)
	case outbox.Cancelled:
		return d.cancelled(ctx, m, on)
	case outbox.StillWaiting:
		return d.stillWaiting(ctx, m, on)
	case outbox.OfferReminder:
		return d.offerReminder(ctx, m, on)
	case outbox.MovedOn:
		return d.offerEnded(ctx, m, on, rules.OfferExpired, email.MovedOn)
	case outbox.Withdrawn:
		return d.offerEnded(ctx, m, on, rules.OfferWithdrawn, email.Withdrawn)
	case outbox.Expired:
		return d.expired(ctx, m, on)
	case outbox.Reminder:
		return d.reminder(ctx, m, on)
	case outbox.Thanks:
		return d.thanks(ctx, m, on)
	}
	return email.Letter{}, fmt.Errorf("a message of kind %s is unknown here", m.Kind) // perhaps not to a newer instance
}

func (d *Deliverer) join(ctx context.Context, m owed, on email.Paper) (email.Letter, error) {
	entry, err := d.DB.GetEntry(ctx, db.GetEntryParams{TenantID: m.TenantID, ID: *m.EntryID})
	if err != nil {
		return email.Letter{}, wrap(err, "reading an entry")
	}
	if !entry.State.Live() {
		return email.Letter{}, over
	}
	page, err := d.Waitlist.EntryPage(ctx, d.DB.Tokens().Make(seal.TokenEntry, entry.PublicID, entry.TokenVersion))
	if err != nil {
		return email.Letter{}, err
	}
	return email.Join(on, page), nil
}

// stillWaiting is over once the customer has answered, or the entry does not end by itself any more.
func (d *Deliverer) stillWaiting(ctx context.Context, m owed, on email.Paper) (email.Letter, error) {
	entry, err := d.DB.GetEntry(ctx, db.GetEntryParams{TenantID: m.TenantID, ID: *m.EntryID})
	if err != nil {
		return email.Letter{}, wrap(err, "reading an entry")
	}
	page, err := d.Waitlist.EntryPage(ctx, d.DB.Tokens().Make(seal.TokenEntry, entry.PublicID, entry.TokenVersion))
	if err != nil {
		return email.Letter{}, err
	}
	if !page.StayAsked || page.StaysUntil.IsZero() || !entry.State.Live() {
		return email.Letter{}, over
	}
	return email.StillWaiting(on, page), nil
}

func (d *Deliverer) offer(ctx context.Context, m owed, on email.Paper) (email.Letter, error) {
	offer, err := d.DB.GetOffer(ctx, db.GetOfferParams{TenantID: m.TenantID, ID: *m.OfferID})
	if err != nil {
		return email.Letter{}, wrap(err, "reading an offer")
	}
	page, err := d.Waitlist.OfferPage(ctx, d.DB.Tokens().Make(seal.TokenOffer, offer.PublicID, offer.TokenVersion))
	if err != nil {
		return email.Letter{}, err
	}
	return email.Offer(on, page), nil
}

func (d *Deliverer) confirmed(ctx context.Context, m owed, on email.Paper, message *Message) (email.Letter, error) {
	page, err := d.bookingPage(ctx, m, rules.BookingConfirmed)
	if err != nil {
		return email.Letter{}, err
	}
	message.Attachments = []Attachment{{Name: "event.ics", Type: "text/calendar", Content: calendar.Event(page)}}
	return email.Confirmed(on, page), nil
}

func (d *Deliverer) cancelled(ctx context.Context, m owed, on email.Paper) (email.Letter, error) {
	page, err := d.bookingPage(ctx, m, rules.BookingCancelled)
	if err != nil {
		return email.Letter{}, err
	}
	return email.Cancelled(on, page), nil
}

// bookingPage reads a booking, which must be in the state that the message tells of.
func (d *Deliverer) bookingPage(ctx context.Context, m owed, state rules.BookingState) (waitlist.BookingPage, error) {
	booking, err := d.DB.GetBooking(ctx, db.GetBookingParams{TenantID: m.TenantID, ID: *m.BookingID})
	if err != nil {
		return waitlist.BookingPage{}, wrap(err, "reading a booking")
	}
	if booking.State != state {
		return waitlist.BookingPage{}, over
	}
	return d.Waitlist.BookingPage(ctx, d.DB.Tokens().Make(seal.TokenBooking, booking.PublicID, booking.TokenVersion))
}
