package api

import (
	"net/http"

	"github.com/labstack/echo/v4"
	"github.com/oapi-codegen/nullable"

	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/waitlist"
)

// GetEntryPlace answers GET /entries/{entry_id}/place.
func (d *door) GetEntryPlace(c echo.Context, id spec.EntryID) error {
	p, err := d.Waitlist.EntryPlace(c.Request().Context(), staffOf(c).TenantID, id)
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, spec.EntryPlace{Position: orNull(p.Position), Waiting: p.Waiting, Score: scoreOf(p.Parts)})
}

// ListEntryOffers answers GET /entries/{entry_id}/offers.
func (d *door) ListEntryOffers(c echo.Context, id spec.EntryID, p spec.ListEntryOffersParams) error {
	_, offers, err := d.Waitlist.EntryDetail(c.Request().Context(), staffOf(c).TenantID, id)
	if err != nil {
		return err
	}
	page, next, err := pageOf(offers, p.Limit, p.Cursor)
	if err != nil {
		return err
	}
	data := make([]spec.EntryOffer, len(page))
	for i, o := range page {
		data[i] = spec.EntryOffer{
			ID: o.ID, State: spec.EntryOfferState(o.State), MadeAt: o.Created.UTC(), ExpiresAt: o.ExpiresAt.UTC(), EndedAt: momentOrNull(o.EndedAt),
			ChosenByStaff: o.ByStaff, Score: scoreOf(o.Parts),
		}
	}
	return answer(c, http.StatusOK, spec.EntryOfferList{Data: data, NextCursor: next})
}

// ListEntryHistory answers GET /entries/{entry_id}/history.
func (d *door) ListEntryHistory(c echo.Context, id spec.EntryID, p spec.ListEntryHistoryParams) error {
	f, err := d.Waitlist.EntryFile(c.Request().Context(), staffOf(c).TenantID, id)
	if err != nil {
		return err
	}
	page, next, err := pageOf(f.History, p.Limit, p.Cursor)
	if err != nil {
		return err
	}
	data := make([]spec.EntryEvent, len(page))
	for i, e := range page {
		data[i] = eventOf(e)
	}
	return answer(c, http.StatusOK, spec.EntryEventList{Data: data, NextCursor: next})
}

func eventOf(e waitlist.EntryEvent) spec.EntryEvent {
	shown := spec.EntryEvent{
		At: e.At.UTC(), What: spec.EntryEventWhat(e.What), By: orNull(e.By), Name: orNull(e.Name), Reason: orNull(e.Reason), SlotStartsAt: momentOrNull(&e.Start),
		PriorityBefore: nullable.NewNullNullable[int](), PriorityAfter: nullable.NewNullNullable[int](), Score: nullable.NewNullNullable[spec.EntryScore](),
	}
	if e.What == "priority" {
		shown.PriorityBefore, shown.PriorityAfter = nullable.NewNullableWithValue(e.Before), nullable.NewNullableWithValue(e.After)
	}
	if e.Offer {
		shown.Score = nullable.NewNullableWithValue(scoreOf(e.Parts))
	}
	return shown
}

// ListEntryEmails answers GET /entries/{entry_id}/emails.
func (d *door) ListEntryEmails(c echo.Context, id spec.EntryID, p spec.ListEntryEmailsParams) error {
	f, err := d.Waitlist.EntryFile(c.Request().Context(), staffOf(c).TenantID, id)
	if err != nil {
		return err
	}
	page, next, err := pageOf(f.Mails, p.Limit, p.Cursor)
	if err != nil {
		return err
	}
	data := make([]spec.EntryEmail, len(page))
	for i, m := range page {
		data[i] = spec.EntryEmail{ID: m.ID, Kind: m.Kind, Outcome: spec.EntryEmailOutcome(m.Outcome), ErrorClass: orNull(m.Class), At: m.At.UTC()}
	}
	return answer(c, http.StatusOK, spec.EntryEmailList{Data: data, NextCursor: next})
}
