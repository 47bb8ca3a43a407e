package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/waitlist"
)

// ListSuppressions answers GET /suppressions.
func (d *door) ListSuppressions(c echo.Context, p spec.ListSuppressionsParams) error {
	after, err := placeOf(p.Cursor)
	if err != nil {
		return err
	}
	return d.listSuppressions(c, waitlist.SuppressionQuery{After: after, Limit: limitOf(p.Limit)})
}

// SearchSuppressions answers POST /suppression-search.
func (d *door) SearchSuppressions(c echo.Context, _ spec.SearchSuppressionsParams) error {
	var asked spec.AddressSearch
	if err := read(c, &asked); err != nil {
		return err
	}
	find, err := d.Waitlist.SealAddress(c.Request().Context(), staffOf(c).TenantID, asked.Email)
	if err != nil {
		return named(err, "q", "email")
	}
	return d.listSuppressions(c, waitlist.SuppressionQuery{Find: find})
}

func (d *door) listSuppressions(c echo.Context, q waitlist.SuppressionQuery) error {
	page, err := d.Waitlist.Suppressions(c.Request().Context(), staffOf(c).TenantID, q)
	if err != nil {
		return err
	}
	data := make([]spec.Suppression, len(page.List))
	for i, s := range page.List {
		data[i] = suppressionOf(s)
	}
	return answer(c, http.StatusOK, spec.SuppressionList{Data: data, NextCursor: cursor(page.Next)})
}

// AddSuppression answers POST /suppressions.
func (d *door) AddSuppression(c echo.Context, _ spec.AddSuppressionParams) error {
	var asked spec.NewSuppression
	if err := read(c, &asked); err != nil {
		return err
	}
	ctx, staff := c.Request().Context(), staffOf(c)
	if _, err := d.Waitlist.Suppress(ctx, staff, waitlist.SuppressForm{Email: asked.Email, Reason: asked.Reason}); err != nil {
		return err
	}
	find, err := d.Waitlist.SealAddress(ctx, staff.TenantID, asked.Email)
	if err != nil {
		return err
	}
	page, err := d.Waitlist.Suppressions(ctx, staff.TenantID, waitlist.SuppressionQuery{Find: find})
	if err != nil {
		return err
	}
	for _, s := range page.List {
		return made(c, "/suppressions/"+s.ID, suppressionOf(s))
	}
	return problem.New(problem.Conflict, "outbox.problem.suppression_changed") // lifted at this very moment
}

// GetSuppression answers GET /suppressions/{suppression_id}.
func (d *door) GetSuppression(c echo.Context, id spec.SuppressionID) error {
	s, err := d.Waitlist.Suppression(c.Request().Context(), staffOf(c).TenantID, id)
	if err != nil {
		return err
	}
	return one(c, suppressionOf(s))
}

// LiftSuppression answers DELETE /suppressions/{suppression_id}.
func (d *door) LiftSuppression(c echo.Context, id spec.SuppressionID, _ spec.LiftSuppressionParams) error {
	s, err := d.Waitlist.Suppression(c.Request().Context(), staffOf(c).TenantID, id)
	if err != nil {
		return err
	}
	if err := unchanged(c, suppressionOf(s)); err != nil {
		return err
	}
	if err := d.Waitlist.Lift(c.Request().Context(), staffOf(c), id, s.Reason); err != nil {
		return overtaken(c, err)
	}
	return done(c)
}

// RestoreSuppression answers POST /suppressions/{suppression_id}/restoration.
func (d *door) RestoreSuppression(c echo.Context, id spec.SuppressionID, _ spec.RestoreSuppressionParams) error {
	if err := d.Waitlist.Unlift(c.Request().Context(), staffOf(c), id); err != nil {
		return err
	}
	return d.GetSuppression(c, id)
}

func suppressionOf(s waitlist.Suppression) spec.Suppression {
	return spec.Suppression{
		ID: s.ID, Email: orNull(s.Email), Reason: spec.SuppressionReason(s.Reason), Note: orNull(s.Note), By: orNull(s.By), SinceAt: s.Since.UTC(),
	}
}
