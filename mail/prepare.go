package mail

import (
	"cmp"
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/views/email"
)

// Why a message is not sent.
const (
	late       dropped = "late"       // no longer useful
	over       dropped = "over"       // what it is about has ended
	noAddress  dropped = "no_address" // the customer is called
	suppressed dropped = "suppressed" // the address must not be written to
)

// prepare renders a claimed message. It fails with dropped or postponed when that is a decision.
func (d *Deliverer) prepare(ctx context.Context, m owed) (Message, error) {
	now, err := d.now(ctx, m)
	if err != nil {
		return Message{}, err
	}
	if !now.Before(m.UsefulUntil) {
		return Message{}, late
	}
	if m.user != nil {
		return d.prepareForUser(ctx, *m.user, now)
	}
	message := Message{ID: m.MessageID, Date: now}
	locale, err := d.address(ctx, m, &message)
	if err != nil {
		return Message{}, err
	}
	on, err := d.paper(ctx, m.TenantID, locale, m.Kind, &message)
	if err != nil {
		return Message{}, err
	}
	letter, err := d.letter(ctx, m, on, &message)
	if err != nil {
		return Message{}, err
	}
	if err := fill(ctx, &message, letter); err != nil {
		return Message{}, err
	}
	return message, d.stillWanted(ctx, m)
}

// fill puts a letter into a message. Who has no name for it yet sends it by that of the business.
func fill(ctx context.Context, message *Message, letter email.Letter) (err error) {
	message.FromName, message.Subject, message.Text = cmp.Or(message.FromName, letter.Business), letter.Subject, letter.Text()
	message.HTML, err = letter.HTML(ctx)
	return err
}

// address opens who the message is for.
func (d *Deliverer) address(ctx context.Context, m owed, message *Message) (i18n.Locale, error) {
	customer, err := d.DB.GetCustomer(ctx, db.GetCustomerParams{TenantID: m.TenantID, ID: m.CustomerID})
	if err != nil {
		return i18n.Locale{}, wrap(err, "reading a customer")
	}
	if customer.Email == nil || customer.EmailHash == nil {
		return i18n.Locale{}, noAddress
	}
	barred, err := d.DB.SuppressedAddresses(ctx, db.SuppressedAddressesParams{TenantID: m.TenantID, EmailHashes: [][]byte{customer.EmailHash}})
	if err != nil {
		return i18n.Locale{}, wrap(err, "reading suppressions")
	}
	if len(barred) > 0 {
		return i18n.Locale{}, suppressed
	}
	if err := d.bounded(ctx, m, customer.EmailHash); err != nil {
		return i18n.Locale{}, err
	}
	box, err := d.DB.Box(ctx, m.TenantID)
	if err != nil {
		return i18n.Locale{}, err
	}
	place := seal.Where{Tenant: m.TenantID, Table: "customers", Column: "email", Row: customer.PublicID}
	if message.To, err = box.Open(place, customer.Email); err != nil {
		return i18n.Locale{}, fmt.Errorf("opening the address of customer %d: %w", customer.ID, err)
	}
	place.Column = "name"
	if message.ToName, err = box.Open(place, customer.Name); err != nil {
		return i18n.Locale{}, fmt.Errorf("opening the name of customer %d: %w", customer.ID, err)
	}
	if message.Unsubscribe, err = d.unsubscribe(ctx, customer); err != nil {
		return i18n.Locale{}, err
	}
	return i18n.For(customer.Locale), nil
}

// stillWanted asks, last of all, whether the customer could still take an offer. A withdrawal that can be undone
// decides it when it can't any more.
func (d *Deliverer) stillWanted(ctx context.Context, m owed) error {
	if m.Kind != string(outbox.Offer) && m.Kind != string(outbox.OfferReminder) {
		return nil
	}
	useful, err := d.Waitlist.OfferStillUseful(ctx, m.TenantID, *m.OfferID)
	if err != nil || useful {
		return err
	}
	offer, err := d.DB.GetOffer(ctx, db.GetOfferParams{TenantID: m.TenantID, ID: *m.OfferID})
	if err != nil {
		return wrap(err, "reading an offer")
	}
	if offer.State == rules.OfferPending && offer.WithdrawDueAt != nil {
		return postponed(*offer.WithdrawDueAt)
	}
	return over
}
