package webhooks

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
)

// DeliveryState is what became of a delivery so far.
type DeliveryState string

// The states of a delivery.
const (
	Pending   DeliveryState = "pending" // its next attempt is due at NextAt
	Sending   DeliveryState = "sending"
	Delivered DeliveryState = "delivered" // a receiver answered with a status of 200 to 299
	Failed    DeliveryState = "failed"    // there is no further attempt by itself
)

// Delivery is an event on its way to an endpoint. Times are UTC; the last attempt is the one that Duration, Status and Class are of.
type Delivery struct {
	ID          string
	Event       string // id of the event
	Type        string
	Sequence    int64 // place of the event in the audit trail; 0: a test
	State       DeliveryState
	Attempts    int // begun
	HappenedAt  time.Time
	AttemptedAt *time.Time // nil: not yet
	NextAt      time.Time  // of a pending one
	Duration    time.Duration
	Status      int    // of HTTP; 0: no answer came
	Class       string // why it failed, one of Classes; empty: it did not
}

// Ended tells that nothing more happens by itself.
func (d Delivery) Ended() bool { return d.State == Delivered || d.State == Failed }

// LogQuery is which part of an endpoint's log is asked for.
type LogQuery struct {
	State  DeliveryState // only those; empty: all
	Before string        // Log.Older of the page before; empty: from the newest
	Limit  int           // 1 to 100
}

// Log is a page of an endpoint's deliveries, the newest first.
type Log struct {
	Deliveries []Delivery
	Older      string // LogQuery.Before of the next page; empty: there is none
	Zone       *time.Location
	Now        time.Time
}

// Log reads a page of what was sent to an endpoint, or is to be. Fails with NotFound, and with Invalid when Before can't be read.
func (w *Webhooks) Log(ctx context.Context, tenantID int64, endpointID string, q LogQuery) (Log, error) {
	e, err := w.endpointOf(ctx, tenantID, endpointID)
	if err != nil {
		return Log{}, err
	}
	l, err := w.frame(ctx, tenantID)
	if err != nil {
		return l, err
	}
	before, limit := int64(math.MaxInt64), int32(min(max(q.Limit, 1), 100))
	if q.Before != "" {
		if before, err = strconv.ParseInt(q.Before, 36, 64); err != nil || before < 1 {
			return l, problem.Invalid(problem.Bad("before", "problem.unreadable"))
		}
	}
	var rows []db.WebhookDelivery
	if q.State == "" {
		rows, err = w.db.WebhookDeliveries(ctx, db.WebhookDeliveriesParams{TenantID: tenantID, EndpointID: e.ID, Before: before, Limit: limit + 1})
	} else {
		rows, err = w.db.WebhookDeliveriesIn(ctx, db.WebhookDeliveriesInParams{TenantID: tenantID, EndpointID: e.ID, Before: before, State: string(q.State), Limit: limit + 1})
	}
	if err != nil {
		return l, wrap(err, "reading deliveries")
	}
	if len(rows) > int(limit) {
		rows = rows[:limit]
		l.Older = strconv.FormatInt(rows[limit-1].ID, 36)
	}
	for _, row := range rows {
		l.Deliveries = append(l.Deliveries, delivery(row))
	}
	return l, nil
}

// frame is an empty page with the clock and the zone of the business.
func (w *Webhooks) frame(ctx context.Context, tenantID int64) (l Log, err error) {
	settings, err := w.db.GetSettings(ctx, tenantID)
	if err != nil {
		return l, wrap(err, "reading the settings")
	}
	if l.Zone, err = time.LoadLocation(settings.Zone); err != nil {
		return l, fmt.Errorf("zone of business %d: %w", tenantID, err)
	}
	l.Now, err = w.db.Now(ctx)
	return l, err
}

// LastTest is the last test that was sent to an endpoint; ok is false when there was none of late.
func (w *Webhooks) LastTest(ctx context.Context, tenantID int64, endpointID string) (d Detail, ok bool, err error) {
	e, err := w.endpointOf(ctx, tenantID, endpointID)
	if err != nil {
		return d, false, err
	}
	row, err := w.db.LastWebhookTest(ctx, db.LastWebhookTestParams{TenantID: tenantID, EndpointID: e.ID})
	if db.IsNone(err) {
		return d, false, nil
	}
	if err != nil {
		return d, false, wrap(err, "reading the last test")
	}
	d, err = w.detail(ctx, row, e)
	return d, err == nil, err
}

// Detail is all that is known of a delivery.
type Detail struct {
	Delivery
	Endpoint string      // public id of where it goes
	Name     string      // of the endpoint
	Headers  [][2]string // of the last attempt, name and value; nil: not yet
	Body     string      // JSON as it was sent, or will be
	Answer   string      // the beginning of the body of the last answer
	Cut      bool        // the answer may go on
	Zone     *time.Location
	Now      time.Time
}

// Delivery is one delivery with what was sent and answered. Fails with NotFound.
func (w *Webhooks) Delivery(ctx context.Context, tenantID int64, id string) (Detail, error) {
	row, e, err := w.deliveryOf(ctx, tenantID, id)
	if err != nil {
		return Detail{}, err
	}
	return w.detail(ctx, row, e)
}

func (w *Webhooks) detail(ctx context.Context, row db.WebhookDelivery, e db.WebhookEndpoint) (Detail, error) {
	frame, err := w.frame(ctx, row.TenantID)
	if err != nil {
		return Detail{}, err
	}
	box, err := w.db.Box(ctx, row.TenantID)
	if err != nil {
		return Detail{}, err
	}
	answer, err := box.Open(where(row), row.Answer)
	if err != nil {
		return Detail{}, err
	}
	d := Detail{
		Delivery: delivery(row), Endpoint: e.PublicID, Name: e.Name, Body: string(row.Body), Answer: strings.ToValidUTF8(answer, "�"), Cut: len(answer) == answerMost,
		Zone: frame.Zone, Now: frame.Now,
	}
	if row.Signature != "" {
		d.Headers = headers(row.EventID, *row.AttemptedAt, row.Signature)
	}
	return d, nil
}

func (w *Webhooks) deliveryOf(ctx context.Context, tenantID int64, id string) (db.WebhookDelivery, db.WebhookEndpoint, error) {
	row, err := w.db.GetWebhookDeliveryByPublicID(ctx, db.GetWebhookDeliveryByPublicIDParams{TenantID: tenantID, PublicID: id})
	if db.IsNone(err) {
		return row, db.WebhookEndpoint{}, errNoDelivery
	}
	if err != nil {
		return row, db.WebhookEndpoint{}, wrap(err, "reading a delivery")
	}
	e, err := w.db.GetWebhookEndpoint(ctx, db.GetWebhookEndpointParams{TenantID: tenantID, ID: row.EndpointID})
	if err == nil && e.RemovedAt != nil {
		return row, e, errNoDelivery
	}
	return row, e, wrap(err, "reading an endpoint")
}

func delivery(row db.WebhookDelivery) Delivery {
	d := Delivery{
		ID: row.PublicID, Event: row.EventID, Type: row.EventType, State: DeliveryState(row.State), Attempts: row.Attempts, HappenedAt: row.HappenedAt, AttemptedAt: row.AttemptedAt,
		NextAt: row.NextAttemptAt, Duration: time.Duration(row.DurationMs) * time.Millisecond, Status: row.Status, Class: row.Class,
	}
	if row.Sequence != nil {
		d.Sequence = *row.Sequence
	}
	return d
}
