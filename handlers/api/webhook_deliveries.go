package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/webhooks"
)

// TestWebhook answers POST /webhooks/{webhook_id}/tests.
func (d *door) TestWebhook(c echo.Context, id spec.WebhookID, _ spec.TestWebhookParams) error {
	ctx, staff := c.Request().Context(), staffOf(c)
	delivery, err := d.Webhooks.SendTest(ctx, staff, id, pressOf(c))
	if err != nil {
		return err
	}
	detail, err := d.Webhooks.Delivery(ctx, staff.TenantID, delivery)
	if err != nil {
		return err
	}
	return made(c, "/webhook-deliveries/"+delivery, detailOf(detail))
}

// ListDeliveries answers GET /webhooks/{webhook_id}/deliveries.
func (d *door) ListDeliveries(c echo.Context, id spec.WebhookID, p spec.ListDeliveriesParams) error {
	before, err := placeOf(p.Cursor)
	if err != nil {
		return err
	}
	q := webhooks.LogQuery{Before: before, Limit: limitOf(p.Limit)}
	if p.State != nil {
		q.State = webhooks.DeliveryState(*p.State)
	}
	log, err := d.Webhooks.Log(c.Request().Context(), staffOf(c).TenantID, id, q)
	if err != nil {
		return named(err, "before", "cursor")
	}
	data := make([]spec.Delivery, len(log.Deliveries))
	for i, one := range log.Deliveries {
		data[i] = deliveryOf(one)
	}
	return answer(c, http.StatusOK, spec.DeliveryList{Data: data, NextCursor: cursor(log.Older)})
}

// GetDelivery answers GET /webhook-deliveries/{delivery_id}.
func (d *door) GetDelivery(c echo.Context, id spec.DeliveryID) error {
	detail, err := d.Webhooks.Delivery(c.Request().Context(), staffOf(c).TenantID, id)
	if err != nil {
		return err
	}
	return one(c, detailOf(detail))
}

// RetryDelivery answers POST /webhook-deliveries/{delivery_id}/retry.
func (d *door) RetryDelivery(c echo.Context, id spec.DeliveryID, _ spec.RetryDeliveryParams) error {
	ctx, staff := c.Request().Context(), staffOf(c)
	detail, err := d.Webhooks.Delivery(ctx, staff.TenantID, id)
	if err != nil {
		return err
	}
	if err := d.Webhooks.Again(ctx, staff, id, detail.Attempts, pressOf(c)); err != nil {
		return err
	}
	return d.GetDelivery(c, id)
}

// RetryDeliveries answers POST /webhooks/{webhook_id}/retries.
func (d *door) RetryDeliveries(c echo.Context, id spec.WebhookID, _ spec.RetryDeliveriesParams) error {
	var asked spec.Retries
	if err := read(c, &asked); err != nil {
		return err
	}
	on := webhooks.FailedOn{From: askedDay(&asked.From), To: askedDay(&asked.To)}
	n, err := d.Webhooks.AgainAll(c.Request().Context(), staffOf(c), id, on)
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, spec.Retried{Count: n})
}

func deliveryOf(d webhooks.Delivery) spec.Delivery {
	one := spec.Delivery{
		ID: d.ID, EventID: d.Event, EventType: d.Type, Sequence: orNull(d.Sequence), State: spec.DeliveryState(d.State), Attempts: d.Attempts,
		HappenedAt: d.HappenedAt.UTC(), AttemptedAt: momentOrNull(d.AttemptedAt), NextAttemptAt: momentOrNull(nil), DurationMs: int(d.Duration.Milliseconds()),
		Status: orNull(d.Status), Failure: orNull(d.Class),
	}
	if d.State == webhooks.Pending {
		one.NextAttemptAt = momentOrNull(&d.NextAt)
	}
	return one
}

func detailOf(detail webhooks.Detail) spec.DeliveryDetail {
	d := deliveryOf(detail.Delivery)
	all := spec.DeliveryDetail{
		ID: d.ID, EventID: d.EventID, EventType: d.EventType, Sequence: d.Sequence, State: d.State, Attempts: d.Attempts, HappenedAt: d.HappenedAt,
		AttemptedAt: d.AttemptedAt, NextAttemptAt: d.NextAttemptAt, DurationMs: d.DurationMs, Status: d.Status, Failure: d.Failure,
		WebhookID: detail.Endpoint, Body: detail.Body, Answer: detail.Answer, AnswerCut: detail.Cut,
	}
	all.Headers = make([]struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}, len(detail.Headers))
	for i, h := range detail.Headers {
		all.Headers[i].Name, all.Headers[i].Value = h[0], h[1]
	}
	return all
}
