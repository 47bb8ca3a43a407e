package api

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/oapi-codegen/nullable"

	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/views/public"
	"github.com/your-org/waitlist-management/waitlist"
)

// GetJoinForm answers GET /join-form.
func (d *door) GetJoinForm(c echo.Context) error {
	ctx, l := c.Request().Context(), middleware.Locale(c)
	b, err := d.Waitlist.Business(ctx, staffOf(c).TenantID)
	if err != nil {
		return err
	}
	choices, err := d.Waitlist.JoinChoices(ctx, b.TenantID)
	if err != nil {
		return err
	}
	closed, err := d.Waitlist.Closed(ctx, b)
	if err != nil {
		return err
	}
	form := spec.JoinForm{
		ClosedBecause: closedBecause(closed), ClosedUntil: momentOrNull(&closed.Until), ClosedReason: orNull(closed.Reason), Services: make([]spec.JoinChoice, len(choices)),
		Consent: public.Wording(l, b), Language: l.Tag(),
	}
	for i, s := range choices {
		form.Services[i] = joinChoice(s, closed)
		form.Open = form.Open || !form.Services[i].Full && !closed.All()
	}
	return answer(c, http.StatusOK, form)
}

func closedBecause(closed waitlist.Closed) nullable.Nullable[string] {
	switch {
	case closed.Paused:
		return nullable.NewNullableWithValue("paused")
	case closed.Full:
		return nullable.NewNullableWithValue("full")
	}
	return nullable.NewNullNullable[string]()
}

func joinChoice(s waitlist.ServiceChoice, closed waitlist.Closed) spec.JoinChoice {
	choice := spec.JoinChoice{
		ID: s.ID, Name: s.Name, Category: orNull(s.Category), DurationMinutes: int(s.Duration / time.Minute), Price: priceOf(s.Price), StaffMembers: []spec.Reference{},
		Full: closed.Full || closed.Of[s.ID],
	}
	for _, m := range s.Staff {
		choice.StaffMembers = append(choice.StaffMembers, spec.Reference{ID: m.ID, Name: m.Name})
	}
	return choice
}

// JoinList answers POST /joins.
func (d *door) JoinList(c echo.Context, _ spec.JoinListParams) error {
	var asked spec.NewJoin
	if err := read(c, &asked); err != nil {
		return err
	}
	ctx := c.Request().Context()
	b, err := d.Waitlist.Business(ctx, staffOf(c).TenantID)
	if err != nil {
		return err
	}
	if ok, wait := d.Joins.To(ctx, b.Slug); !ok {
		return tooOften(c, "problem.api.join_limit", wait)
	}
	wishes, err := wishesOf(waitlist.Wishes{}, asked.Wishes)
	if err != nil {
		return err
	}
	language := languageOf(asked.Language, b.Locale)
	err = d.Waitlist.Join(ctx, b.TenantID, waitlist.Join{
		Service: asked.ServiceID, Name: asked.Name, Email: asked.Email, Phone: or(asked.Phone, ""), Locale: language, Consent: asked.Consent,
		Wording: or(asked.Wording, public.Wording(i18n.For(language), b)), Wishes: wishes,
	})
	if err != nil {
		return named(err, entryFields...)
	}
	return c.NoContent(http.StatusAccepted)
}
