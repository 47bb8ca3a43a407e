package api

import (
	"net/http"

	"github.com/labstack/echo/v4"
	"github.com/oapi-codegen/nullable"

	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/waitlist"
)

// ListMessages answers GET /messages.
func (d *door) ListMessages(c echo.Context, p spec.ListMessagesParams) error {
	f := waitlist.MessageFilter{Limit: limitOf(p.Limit)}
	if p.Outcome != nil {
		f.Outcome = waitlist.Outcome(*p.Outcome)
	}
	patch(&f.Kind, p.Kind)
	patch(&f.Customer, p.CustomerID)
	f.From, f.To = askedDay(p.From), askedDay(p.To)
	if !f.To.IsZero() && f.To.Before(f.From) {
		return problem.Invalid(problem.Bad("to", "problem.before_start"))
	}
	return d.listMessages(c, f, p.Cursor)
}

// SearchMessages answers POST /message-search.
func (d *door) SearchMessages(c echo.Context, p spec.SearchMessagesParams) error {
	var asked spec.AddressSearch
	if err := read(c, &asked); err != nil {
		return err
	}
	find, err := d.Waitlist.SealAddress(c.Request().Context(), staffOf(c).TenantID, asked.Email)
	if err != nil {
		return named(err, "q", "email")
	}
	return d.listMessages(c, waitlist.MessageFilter{Find: find, Limit: limitOf(p.Limit)}, p.Cursor)
}

func (d *door) listMessages(c echo.Context, f waitlist.MessageFilter, at *spec.Cursor) (err error) {
	if f.Older, err = placeOf(at); err != nil {
		return err
	}
	page, err := d.Waitlist.Messages(c.Request().Context(), staffOf(c).TenantID, f)
	if err != nil {
		return err
	}
	data := make([]spec.Message, len(page.List))
	for i, m := range page.List {
		data[i] = messageOf(m)
	}
	return answer(c, http.StatusOK, spec.MessageList{Data: data, NextCursor: cursor(page.Older)})
}

// GetMessage answers GET /messages/{message_id}.
func (d *door) GetMessage(c echo.Context, id spec.MessageID) error {
	m, err := d.Waitlist.Message(c.Request().Context(), staffOf(c).TenantID, id)
	if err != nil {
		return err
	}
	return one(c, messageDetailOf(m))
}

// TryMessageAgain answers POST /messages/{message_id}/attempts.
func (d *door) TryMessageAgain(c echo.Context, id spec.MessageID, _ spec.TryMessageAgainParams) error {
	m, err := d.Waitlist.Message(c.Request().Context(), staffOf(c).TenantID, id)
	if err != nil {
		return err
	}
	tried, err := d.Waitlist.TryAgain(c.Request().Context(), staffOf(c), id, m.Attempts)
	if err != nil {
		return err
	}
	if !tried {
		return problem.New(problem.Conflict, "outbox.again."+string(waitlist.RefusedOnItsWay))
	}
	return d.GetMessage(c, id)
}

// GetSendingState answers GET /sending.
func (d *door) GetSendingState(c echo.Context) error {
	page, err := d.Waitlist.Messages(c.Request().Context(), staffOf(c).TenantID, waitlist.MessageFilter{Limit: 1})
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, spec.SendingState{FailingSince: momentOrNull(&page.Failing.Since), Class: orNull(page.Failing.Class)})
}

func messageOf(m waitlist.Message) spec.Message {
	return spec.Message{
		ID: m.ID, Kind: spec.MessageKind(m.Kind), ToUser: m.ToUser, Name: m.Name, CustomerID: orNull(m.Customer), Outcome: spec.MessageOutcome(m.Outcome),
		Class: orNull(m.Class), OwedAt: m.Owed.UTC(), SentAt: momentOrNull(m.SentAt), DeliveredAt: momentOrNull(m.DeliveredAt), NextTryAt: nextTryOf(m),
	}
}

func nextTryOf(m waitlist.Message) nullable.Nullable[spec.Instant] {
	if m.Outcome != waitlist.OutcomeWaiting {
		return momentOrNull(nil)
	}
	return momentOrNull(&m.NextTry)
}

func messageDetailOf(d waitlist.MessageDetail) spec.MessageDetail {
	m := messageOf(d.Message)
	detail := spec.MessageDetail{
		ID: m.ID, Kind: m.Kind, ToUser: m.ToUser, Name: m.Name, CustomerID: m.CustomerID, Outcome: m.Outcome, Class: m.Class, OwedAt: m.OwedAt,
		SentAt: m.SentAt, DeliveredAt: m.DeliveredAt, NextTryAt: m.NextTryAt,
		Email: orNull(d.Email), UsefulUntil: d.UsefulUntil.UTC(), Attempts: d.Attempts, Refused: orNull(spec.MessageRefusal(d.Refused)),
		Unwritten: orNull(spec.SuppressionReason(d.Unwritten)), Events: make([]spec.MessageEvent, len(d.Events)), Tries: make([]spec.MessageTry, len(d.Tries)),
		About: spec.MessageAbout{
			ServiceName: orNull(d.About.ServiceName), StartsAt: momentOrNull(&d.About.Start), EntryID: orNull(d.About.Entry), SlotID: orNull(d.About.Slot),
			BookingID: orNull(d.About.Booking),
		},
	}
	for i, e := range d.Events {
		detail.Events[i] = spec.MessageEvent{Kind: spec.MessageEventKind(e.Kind), Class: orNull(e.Class), At: e.At.UTC()}
	}
	for i, t := range d.Tries {
		detail.Tries[i] = spec.MessageTry{By: orNull(t.By), At: t.At.UTC()}
	}
	return detail
}
