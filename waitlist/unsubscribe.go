package waitlist

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
)

// UnsubscribePage is what /u/{token} shows.
type UnsubscribePage struct {
	Business     Business
	Token        string
	CustomerName string
	Locale       string // BCP 47, of the customer
	Unwritten    string // why they get no emails, as Suppression.Reason; empty: they do
	Waits        []UnsubscribeWait
	Bookings     []UnsubscribeBooking // that are still to come
	Now          time.Time
}

// UnsubscribeWait is a live entry of the customer.
type UnsubscribeWait struct {
	Token, ServiceName string
	State              rules.EntryState
}

// UnsubscribeBooking is an appointment that nothing is sent about any more.
type UnsubscribeBooking struct {
	Token, ServiceName string
	Start              time.Time
}

// MayReturn tells whether the customer can have emails again by their own wish.
func (p UnsubscribePage) MayReturn() bool {
	return p.Unwritten == SuppressedUnsubscribed || p.Unwritten == SuppressedComplaint
}

// UnsubscribePage reads what the link to unsubscribe is about. Fails with NotFound for an unknown token.
func (w *Waitlist) UnsubscribePage(ctx context.Context, token string) (UnsubscribePage, error) {
	c, err := w.customerByUnsubscribe(ctx, token)
	if err != nil {
		return UnsubscribePage{}, err
	}
	p := UnsubscribePage{Token: token, Locale: c.Locale}
	if p.Now, err = w.db.Now(ctx); err != nil {
		return p, err
	}
	if p.Business, _, p.CustomerName, err = w.parties(ctx, c.TenantID, 0, c.ID); err != nil {
		return p, err
	}
	why, err := w.unwritten(ctx, c.TenantID, nonNil(c.EmailHash))
	if err != nil {
		return p, err
	}
	p.Unwritten = why[string(c.EmailHash)]
	return p, w.readUnsubscribe(ctx, c, &p)
}

// readUnsubscribe adds what the customer waits for and has.
func (w *Waitlist) readUnsubscribe(ctx context.Context, c db.Customer, p *UnsubscribePage) error {
	entries, err := w.db.LiveEntriesByCustomers(ctx, db.LiveEntriesByCustomersParams{TenantID: c.TenantID, CustomerIds: []int64{c.ID}})
	if err != nil {
		return db.Down(fmt.Errorf("reading a customer's entries: %w", err))
	}
	services, err := w.services(ctx, c.TenantID)
	if err != nil {
		return err
	}
	for _, e := range entries {
		p.Waits = append(p.Waits, UnsubscribeWait{Token: w.entryToken(e), ServiceName: services[e.ServiceID].Name, State: e.State})
	}
	bookings, err := w.db.BookingsOfCustomer(ctx, db.BookingsOfCustomerParams{TenantID: c.TenantID, CustomerID: &c.ID})
	for _, b := range bookings {
		if b.State == rules.BookingConfirmed && b.StartsAt.After(p.Now) {
			p.Bookings = append(p.Bookings, UnsubscribeBooking{Token: w.bookingToken(b), ServiceName: b.ServiceName, Start: b.StartsAt})
		}
	}
	return db.Down(wrap(err, "reading a customer's bookings"))
}

func (w *Waitlist) customerByUnsubscribe(ctx context.Context, token string) (db.Customer, error) {
	c, err := w.db.GetCustomerByUnsubscribe(ctx, seal.HashToken(token))
	return found(c, err, "problem.no_such_link")
}

// Unsubscribe has the business send no more emails to the customer behind the link. Their place on the list stays, but they can't be asked
// by email: an offer that is out to them is declined with it. An offer that they accept at this moment stays accepted. Repeating it
// changes nothing.
func (w *Waitlist) Unsubscribe(ctx context.Context, token string) error {
	c, err := w.customerByUnsubscribe(ctx, token)
	if err != nil || c.EmailHash == nil {
		return err
	}
	person, err := w.person(ctx, c)
	if err != nil {
		return err
	}
	err = w.suppressing(ctx, c.TenantID, func(ctx context.Context, tx *db.Tx) error {
		row := db.AddSuppressionParams{TenantID: c.TenantID, EmailHash: c.EmailHash, Reason: SuppressedUnsubscribed}
		if err := sealSuppression(ctx, tx, &row, person.Email, ""); err != nil {
			return err
		}
		was, _, err := suppress(ctx, tx, row)
		if err != nil || was != "" {
			return err
		}
		return customer(c.ID).did(ctx, tx, "customer.unsubscribe", c.TenantID, "customers", c.ID, nil)
	})
	if err != nil {
		return err
	}
	return w.declineAll(ctx, c)
}

// declineAll ends the offer that is out to a customer who can be offered nothing more: no other can follow it.
func (w *Waitlist) declineAll(ctx context.Context, c db.Customer) error {
	offer, live, err := maybe(w.db.FindPendingOfferOfCustomer(ctx, db.FindPendingOfferOfCustomerParams{TenantID: c.TenantID, LiveCustomerID: &c.ID}))
	if err != nil {
		return db.Down(fmt.Errorf("reading a live offer: %w", err))
	}
	if !live {
		return nil
	}
	err = w.decline(ctx, customer(c.ID), c.TenantID, offer.ID, true)
	if problem.KindOf(err) == problem.Gone { // accepted, or over, at this very moment
		return nil
	}
	return err
}

// Resubscribe takes Unsubscribe back, for emails from now on. It fails with Conflict when the address is not written to for a reason that
// the customer can't take away. Repeating it changes nothing.
func (w *Waitlist) Resubscribe(ctx context.Context, token string) error {
	c, err := w.customerByUnsubscribe(ctx, token)
	if err != nil || c.EmailHash == nil {
		return err
	}
	return w.inTx(ctx, c.TenantID, func(ctx context.Context, tx *db.Tx) error {
		if _, err := lockAddress(ctx, tx, c.TenantID, c.EmailHash); err != nil {
			return err
		}
		row, is, err := maybe(tx.GetSuppression(ctx, db.GetSuppressionParams{TenantID: c.TenantID, EmailHash: c.EmailHash}))
		if err != nil || !is {
			return wrap(err, "reading a suppression")
		}
		if !(UnsubscribePage{Unwritten: row.Reason}).MayReturn() {
			return problem.New(problem.Conflict, "outbox.problem.ask_business")
		}
		if err := w.lift(ctx, tx, row, nil); err != nil {
			return err
		}
		return customer(c.ID).did(ctx, tx, "customer.subscribe", c.TenantID, "customers", c.ID, nil)
	})
}
