package mail

import (
	"context"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/views/email"
	"github.com/your-org/waitlist-management/waitlist"
)

// offerPage reads an offer that a message is about.
func (d *Deliverer) offerPage(ctx context.Context, m owed) (waitlist.OfferPage, error) {
	offer, err := d.DB.GetOffer(ctx, db.GetOfferParams{TenantID: m.TenantID, ID: *m.OfferID})
	if err != nil {
		return waitlist.OfferPage{}, wrap(err, "reading an offer")
	}
	return d.Waitlist.OfferPage(ctx, d.DB.Tokens().Make(seal.TokenOffer, offer.PublicID, offer.TokenVersion))
}

// offerReminder leaves it to stillWanted whether the offer can be answered still.
func (d *Deliverer) offerReminder(ctx context.Context, m owed, on email.Paper) (email.Letter, error) {
	page, err := d.offerPage(ctx, m)
	if err != nil {
		return email.Letter{}, err
	}
	return email.OfferReminder(on, page), nil
}

// offerEnded is for who keeps a place on the list: whoever has left it, was booked meanwhile or holds another offer knows more than the
// letter could say.
func (d *Deliverer) offerEnded(ctx context.Context, m owed, on email.Paper, state rules.OfferState, letter func(email.Paper, waitlist.OfferPage) email.Letter) (email.Letter, error) {
	page, err := d.offerPage(ctx, m)
	if err != nil {
		return email.Letter{}, err
	}
	if page.State != state || page.EntryState != rules.EntryWaiting && page.EntryState != rules.EntryPaused {
		return email.Letter{}, over
	}
	return letter(on, page), nil
}

// expired is over when the entry was brought back.
func (d *Deliverer) expired(ctx context.Context, m owed, on email.Paper) (email.Letter, error) {
	entry, err := d.DB.GetEntry(ctx, db.GetEntryParams{TenantID: m.TenantID, ID: *m.EntryID})
	if err != nil {
		return email.Letter{}, wrap(err, "reading an entry")
	}
	if entry.State != rules.EntryExpired {
		return email.Letter{}, over
	}
	page, err := d.Waitlist.EntryPage(ctx, d.DB.Tokens().Make(seal.TokenEntry, entry.PublicID, entry.TokenVersion))
	if err != nil {
		return email.Letter{}, err
	}
	return email.Expired(on, page), nil
}

// reminder waits for a cancellation by the business that can still be undone.
func (d *Deliverer) reminder(ctx context.Context, m owed, on email.Paper) (email.Letter, error) {
	page, err := d.bookingPage(ctx, m, rules.BookingConfirmed)
	if err != nil {
		return email.Letter{}, err
	}
	booking, err := d.DB.GetBooking(ctx, db.GetBookingParams{TenantID: m.TenantID, ID: *m.BookingID})
	if err != nil {
		return email.Letter{}, wrap(err, "reading a booking")
	}
	if booking.CancelDueAt != nil {
		return email.Letter{}, postponed(*booking.CancelDueAt)
	}
	if page.Coming {
		return email.Letter{}, over
	}
	return email.Reminder(on, page), nil
}

// thanks is over when the appointment can't be rated, such as by who did not come, or is rated already.
func (d *Deliverer) thanks(ctx context.Context, m owed, on email.Paper) (email.Letter, error) {
	booking, err := d.DB.GetBooking(ctx, db.GetBookingParams{TenantID: m.TenantID, ID: *m.BookingID})
	if err != nil {
		return email.Letter{}, wrap(err, "reading a booking")
	}
	page, err := d.Waitlist.RatingPage(ctx, d.DB.Tokens().Make(seal.TokenBooking, booking.PublicID, booking.TokenVersion))
	if err != nil {
		return email.Letter{}, err
	}
	if !page.Open || page.Rating.Stars > 0 {
		return email.Letter{}, over
	}
	return email.Thanks(on, page.Booking), nil
}
