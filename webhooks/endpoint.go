package webhooks

import (
	"context"
	"strings"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/seal"
)

// State is whether an endpoint is told of events.
type State string

// The states. What happens while an endpoint is not active waits for it, for as long as deliveries are kept.
const (
	Active  State = "active"
	Paused  State = "paused"  // by a person
	Stopped State = "stopped" // by itself, see Endpoint.Because
)

// Endpoint is an address that is told of events. Times are UTC.
type Endpoint struct {
	ID      string
	Name    string
	URL     string   // it may hold a token: for whoever may set endpoints up, and for no log
	All     bool     // told of every event, those of later programs too
	Events  []string // types, when not All
	State   State
	Because string // why it is stopped: failing or gone

	FailingSince   *time.Time // the first failure since something arrived; nil: the last arrived, or nothing was sent
	LastAt         *time.Time // the last attempt; nil: none
	LastStatus     int        // of HTTP; 0: no answer came
	LastClass      string     // why it failed, one of Classes; empty: it arrived
	OldSecretUntil *time.Time // the secret before the present one signs too until then; nil: there is none
	CreatedAt      time.Time
	Version        int
}

// Endpoints are those of a business in the order of their names.
func (w *Webhooks) Endpoints(ctx context.Context, tenantID int64) ([]Endpoint, error) {
	rows, err := w.db.ListWebhookEndpoints(ctx, tenantID)
	if err != nil {
		return nil, wrap(err, "reading endpoints")
	}
	box, err := w.db.Box(ctx, tenantID)
	if err != nil {
		return nil, err
	}
	now, err := w.db.Now(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]Endpoint, len(rows))
	for i, row := range rows {
		if list[i], err = endpoint(box, row, now); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Endpoint is one in use. Fails with NotFound.
func (w *Webhooks) Endpoint(ctx context.Context, tenantID int64, id string) (Endpoint, error) {
	row, err := w.endpointOf(ctx, tenantID, id)
	if err == nil && row.RemovedAt != nil {
		err = errNoEndpoint
	}
	if err != nil {
		return Endpoint{}, err
	}
	box, err := w.db.Box(ctx, tenantID)
	if err != nil {
		return Endpoint{}, err
	}
	now, err := w.db.Now(ctx)
	if err != nil {
		return Endpoint{}, err
	}
	return endpoint(box, row, now)
}

func endpoint(box *seal.Box, row db.WebhookEndpoint, now time.Time) (Endpoint, error) {
	address, err := box.Open(at(row, "url"), row.Url)
	if err != nil {
		return Endpoint{}, err
	}
	e := Endpoint{
		ID: row.PublicID, Name: row.Name, URL: address, All: row.EventTypes == "", Events: strings.Fields(row.EventTypes), State: State(row.State), Because: row.StoppedBecause,
		FailingSince: row.FailingSince, LastAt: row.LastAt, LastStatus: row.LastStatus, LastClass: row.LastClass, CreatedAt: row.CreatedAt, Version: row.Version,
	}
	if row.OldSecretUntil != nil && now.Before(*row.OldSecretUntil) {
		e.OldSecretUntil = row.OldSecretUntil
	}
	return e, nil
}
