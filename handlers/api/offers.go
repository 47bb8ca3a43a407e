package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

// ListOffers answers GET /offers.
func (d *door) ListOffers(c echo.Context, p spec.ListOffersParams) error {
	after, err := placeOf(p.Cursor)
	if err != nil {
		return err
	}
	offers, next, err := d.Waitlist.Offers(c.Request().Context(), staffOf(c).TenantID, waitlist.OfferFilter{
		Period: periodOf(p.From, p.To), Slot: or(p.SlotID, ""), Entry: or(p.EntryID, ""), State: rules.OfferState(or(p.State, "")), After: after, Limit: limitOf(p.Limit),
	})
	if err != nil {
		return named(err, filterFields...)
	}
	return answer(c, http.StatusOK, spec.OfferList{Data: offersOf(offers), NextCursor: cursor(next)})
}

// GetOffer answers GET /offers/{offer_id}.
func (d *door) GetOffer(c echo.Context, id spec.OfferID) error {
	o, err := d.Waitlist.OfferDetail(c.Request().Context(), staffOf(c).TenantID, id)
	if err != nil {
		return err
	}
	return one(c, offerOf(o))
}

// AcceptOffer answers POST /offers/{offer_id}/acceptance.
func (d *door) AcceptOffer(c echo.Context, id spec.OfferID, _ spec.AcceptOfferParams) error {
	if err := d.Waitlist.StaffAccept(c.Request().Context(), staffOf(c), id); err != nil {
		return err
	}
	return d.GetOffer(c, id)
}

// DeclineOffer answers POST /offers/{offer_id}/decline.
func (d *door) DeclineOffer(c echo.Context, id spec.OfferID, _ spec.DeclineOfferParams) error {
	var asked spec.Decline
	if err := read(c, &asked); err != nil {
		return err
	}
	if err := d.Waitlist.StaffDecline(c.Request().Context(), staffOf(c), id, asked.KeepWaiting); err != nil {
		return err
	}
	return d.GetOffer(c, id)
}

// WithdrawOffer answers POST /offers/{offer_id}/withdrawal.
func (d *door) WithdrawOffer(c echo.Context, id spec.OfferID, _ spec.WithdrawOfferParams) error {
	if err := d.Waitlist.WithdrawOffer(c.Request().Context(), staffOf(c), id); err != nil {
		return err
	}
	return d.GetOffer(c, id)
}

// RestoreOffer answers POST /offers/{offer_id}/restoration.
func (d *door) RestoreOffer(c echo.Context, id spec.OfferID, _ spec.RestoreOfferParams) error {
	if err := d.Waitlist.RestoreOffer(c.Request().Context(), staffOf(c), id); err != nil {
		return err
	}
	return d.GetOffer(c, id)
}

func offerOf(o waitlist.StaffOffer) spec.Offer {
	return spec.Offer{
		ID: o.ID, State: spec.OfferState(o.State), SlotID: o.SlotID, EntryID: o.EntryID, Customer: contactOf(o.Person), Call: o.Call,
		Service: spec.Reference{ID: o.ServiceID, Name: o.ServiceName}, StaffMember: spec.Reference{ID: o.StaffID, Name: o.StaffName},
		StartsAt: o.Start.UTC(), EndsAt: o.End.UTC(), DurationMinutes: int(o.Duration.Minutes()), BufferMinutes: int(o.Buffer.Minutes()), Price: priceOf(o.Price),
		CreatedAt: o.Created.UTC(), HoldMinutes: int(o.Hold.Minutes()), ExpiresAt: o.ExpiresAt.UTC(), ShownExpiresAt: rules.ShownDeadline(o.ExpiresAt).UTC(),
		SentAt: momentOrNull(o.SentAt), DeliveredAt: momentOrNull(o.DeliveredAt), EndedAt: momentOrNull(o.EndedAt), WithdrawDueAt: momentOrNull(o.WithdrawDueAt),
		ChosenByStaff: o.Chosen, Score: scoreOf(o.Parts), PreviousOfferID: orNull(o.CauseID), BookingID: orNull(o.BookingID),
	}
}

func offersOf(offers []waitlist.StaffOffer) []spec.Offer {
	list := make([]spec.Offer, len(offers))
	for i, o := range offers {
		list[i] = offerOf(o)
	}
	return list
}
