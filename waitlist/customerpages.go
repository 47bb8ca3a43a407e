package waitlist

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/seal"
)

// OfferPage reads the offer behind a link, whatever became of it. Fails with NotFound for an unknown token.
func (w *Waitlist) OfferPage(ctx context.Context, token string) (OfferPage, error) {
	offer, err := w.offerByToken(ctx, token)
	if err != nil {
		return OfferPage{}, err
	}
	page := OfferPage{
		ID: offer.PublicID, Token: token, State: offer.State, ServiceName: offer.ServiceName,
		Price:    Price{Kind: offer.PriceKind, Minor: offer.PriceMinor, Currency: offer.Currency},
		Duration: time.Duration(offer.DurationMinutes) * time.Minute, Start: offer.StartsAt, End: offer.EndsAt,
		Created: offer.CreatedAt, Hold: time.Duration(offer.HoldSeconds) * time.Second, ShownUntil: rules.ShownDeadline(offer.ExpiresAt),
	}
	if page.Now, err = w.db.Now(ctx); err != nil {
		return page, err
	}
	if page.Business, page.StaffName, page.CustomerName, err = w.parties(ctx, offer.TenantID, offer.StaffMemberID, offer.CustomerID); err != nil {
		return page, err
	}
	entry, err := w.db.GetEntry(ctx, db.GetEntryParams{TenantID: offer.TenantID, ID: offer.EntryID})
	if err != nil {
		return page, db.Down(fmt.Errorf("reading an entry: %w", err))
	}
	page.EntryState, page.EntryToken = entry.State, w.entryToken(entry)
	booking, booked, err := maybe(w.db.GetBookingByOffer(ctx, db.GetBookingByOfferParams{TenantID: offer.TenantID, OfferID: &offer.ID}))
	if err != nil {
		return page, db.Down(fmt.Errorf("reading a booking: %w", err))
	}
	if booked {
		page.BookingState, page.BookingToken = booking.State, w.bookingToken(booking)
	}
	if offer.State.Cascades() {
		slot, err := w.db.GetSlot(ctx, db.GetSlotParams{TenantID: offer.TenantID, ID: offer.SlotID})
		if err != nil {
			return page, db.Down(fmt.Errorf("reading a slot: %w", err))
		}
		page.SlotTaken = slot.State == rules.SlotBooked
	}
	return page, nil
}

// EntryPage reads the entry behind a link. Fails with NotFound for an unknown token.
func (w *Waitlist) EntryPage(ctx context.Context, token string) (EntryPage, error) {
	entry, err := w.entryByToken(ctx, token)
	if err != nil {
		return EntryPage{}, err
	}
	page := EntryPage{ID: entry.PublicID, Token: token, State: entry.State, JoinedAt: entry.JoinedAt}
	if page.Now, err = w.db.Now(ctx); err != nil {
		return page, err
	}
	if page.Business, _, page.CustomerName, err = w.parties(ctx, entry.TenantID, 0, entry.CustomerID); err != nil {
		return page, err
	}
	if page.Service, err = w.serviceOf(ctx, entry, page.Business.Currency); err != nil {
		return page, err
	}
	wishes, err := w.wishesOf(ctx, []db.Entry{entry})
	if err != nil {
		return page, err
	}
	page.Wishes = wishes[entry.ID].Wishes
	if page.Position, err = w.position(ctx, entry); err != nil {
		return page, err
	}
	page.StayAsked = entry.StayAskedAt != nil
	if page.StaysUntil, err = w.staysUntil(ctx, entry); err != nil {
		return page, err
	}
	return page, w.readSequels(ctx, entry, &page)
}

// readSequels adds the links to the entry's live offer or its booking.
func (w *Waitlist) readSequels(ctx context.Context, entry db.Entry, page *EntryPage) error {
	switch entry.State {
	case rules.EntryOffered:
		offer, live, err := maybe(w.db.FindPendingOfferOfCustomer(ctx, db.FindPendingOfferOfCustomerParams{
			TenantID: entry.TenantID, LiveCustomerID: &entry.CustomerID,
		}))
		if live {
			page.OfferToken = w.db.Tokens().Make(seal.TokenOffer, offer.PublicID, offer.TokenVersion)
		}
		return db.Down(wrap(err, "reading a live offer"))
	case rules.EntryBooked:
		booking, booked, err := maybe(w.db.LastBookingOfEntry(ctx, db.LastBookingOfEntryParams{TenantID: entry.TenantID, EntryID: &entry.ID}))
		if booked {
			page.BookingToken = w.bookingToken(booking)
		}
		return db.Down(wrap(err, "reading a booking"))
	}
	return nil
}

// serviceOf is the service of an entry with the staff members who offer it.
func (w *Waitlist) serviceOf(ctx context.Context, entry db.Entry, currency string) (ServiceChoice, error) {
	service, err := w.db.GetService(ctx, db.GetServiceParams{TenantID: entry.TenantID, ID: entry.ServiceID})
	if err != nil {
		return ServiceChoice{}, db.Down(fmt.Errorf("reading a service: %w", err))
	}
	choice := serviceChoice(service, currency)
	staff, err := w.db.StaffOfService(ctx, db.StaffOfServiceParams{TenantID: entry.TenantID, ServiceID: entry.ServiceID})
	for _, m := range staff {
		choice.Staff = append(choice.Staff, StaffChoice{ID: m.PublicID, Name: m.Name})
	}
	return choice, db.Down(wrap(err, "reading who offers a service"))
}

// position is an entry's place among those waiting for its service; 0 unless it waits.
func (w *Waitlist) position(ctx context.Context, entry db.Entry) (int, error) {
	if entry.State != rules.EntryWaiting {
		return 0, nil
	}
	settings, err := LoadSettings(ctx, w.db.Queries, entry.TenantID)
	if err != nil {
		return 0, err
	}
	var ahead int64
	if settings.ranksByB() {
		ahead, err = w.db.CountAheadB(ctx, db.CountAheadBParams{TenantID: entry.TenantID, ServiceID: entry.ServiceID, OrderKey: entry.OrderKeyB, ID: entry.ID})
	} else {
		ahead, err = w.db.CountAheadA(ctx, db.CountAheadAParams{TenantID: entry.TenantID, ServiceID: entry.ServiceID, OrderKey: entry.OrderKeyA, ID: entry.ID})
	}
	return int(ahead) + 1, db.Down(wrap(err, "counting who is ahead"))
}

// BookingPage reads the booking behind a link. Fails with NotFound for an unknown token.
func (w *Waitlist) BookingPage(ctx context.Context, token string) (BookingPage, error) {
	booking, err := w.bookingByToken(ctx, token)
	if err != nil {
		return BookingPage{}, err
	}
	if booking.CustomerID == nil {
		return BookingPage{}, notFound("problem.no_such_link")
	}
	return w.bookingPage(ctx, booking)
}

// OfferBooking reads the booking that the offer behind a link led to. Fails with NotFound when there is none.
func (w *Waitlist) OfferBooking(ctx context.Context, offerToken string) (BookingPage, error) {
	offer, err := w.offerByToken(ctx, offerToken)
	if err != nil {
		return BookingPage{}, err
	}
	booking, err := w.db.GetBookingByOffer(ctx, db.GetBookingByOfferParams{TenantID: offer.TenantID, OfferID: &offer.ID})
	if booking, err = found(booking, err, "problem.no_such_booking"); err != nil {
		return BookingPage{}, err
	}
	return w.bookingPage(ctx, booking)
}

func (w *Waitlist) bookingPage(ctx context.Context, b db.Booking) (BookingPage, error) {
	page := BookingPage{
		ID: b.PublicID, Token: w.bookingToken(b), State: b.State, CancelledBy: b.CancelledBy, ServiceName: b.ServiceName,
		Price: Price{Kind: b.PriceKind, Minor: b.PriceMinor, Currency: b.Currency}, Start: b.StartsAt, End: b.EndsAt,
		Asked: b.RemindedAt != nil, Coming: b.ComingAt != nil,
	}
	var err error
	if page.Now, err = w.db.Now(ctx); err != nil {
		return page, err
	}
	page.Rateable = rateable(b, time.Time{}, page.Now)
	if page.Business, page.StaffName, page.CustomerName, err = w.parties(ctx, b.TenantID, b.StaffMemberID, *b.CustomerID); err != nil {
		return page, err
	}
	if b.State != rules.BookingCancelled || b.EntryID == nil {
		return page, nil
	}
	entry, err := w.db.GetEntry(ctx, db.GetEntryParams{TenantID: b.TenantID, ID: *b.EntryID})
	if err != nil {
		return page, db.Down(fmt.Errorf("reading an entry: %w", err))
	}
	if entry.State.Live() {
		page.WaitsAgain = w.entryToken(entry)
	}
	page.CanWaitAgain = entry.State == rules.EntryBooked && b.CancelledBy == byCustomer
	return page, nil
}

// parties reads who meets whom. staffID 0 leaves the staff member out.
func (w *Waitlist) parties(ctx context.Context, tenantID, staffID, customerID int64) (b Business, staff, customer string, err error) {
	if b, err = w.Business(ctx, tenantID); err != nil {
		return b, "", "", err
	}
	if staffID != 0 {
		m, err := w.db.GetStaffMember(ctx, db.GetStaffMemberParams{TenantID: tenantID, ID: staffID})
		if err != nil {
			return b, "", "", db.Down(fmt.Errorf("reading a staff member: %w", err))
		}
		staff = m.Name
	}
	c, err := w.db.GetCustomer(ctx, db.GetCustomerParams{TenantID: tenantID, ID: customerID})
	if err != nil {
		return b, "", "", db.Down(fmt.Errorf("reading a customer: %w", err))
	}
	p, err := w.person(ctx, c)
	return b, staff, p.Name, err
}

func (w *Waitlist) entryToken(e db.Entry) string {
	return w.db.Tokens().Make(seal.TokenEntry, e.PublicID, e.TokenVersion)
}

func (w *Waitlist) bookingToken(b db.Booking) string {
	return w.db.Tokens().Make(seal.TokenBooking, b.PublicID, b.TokenVersion)
}
