// Package webhook holds the pages of the addresses that are told what happens.
package webhook

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/views/ui"
	"github.com/your-org/waitlist-management/webhooks"
)

func t(ctx context.Context, key string, args ...any) string { return i18n.From(ctx).T(key, args...) }

func moment(ctx context.Context, at time.Time, zone *time.Location, now time.Time) string {
	return i18n.From(ctx).DayAndTime(at.In(zone), now.In(zone))
}

// EventText says what a type of event is about; one that this program doesn't know is shown as it is.
func EventText(ctx context.Context, eventType string) string {
	if eventType == webhooks.TestEvent || webhooks.Known(eventType) {
		return t(ctx, "webhooks.event."+eventType)
	}
	return eventType
}

// ClassText says why an attempt failed; empty when it did not.
func ClassText(ctx context.Context, class string, status int) string {
	switch {
	case class == "":
		return ""
	case class == "status":
		return t(ctx, "webhooks.class.status", "Status", statusText(status))
	case slices.Contains(webhooks.Classes(), class):
		return t(ctx, "webhooks.class."+class)
	}
	return t(ctx, "webhooks.class.broken")
}

// statusText is a status as protocols write it, in no language: 503 Service Unavailable.
func statusText(status int) string {
	if name := http.StatusText(status); name != "" {
		return strconv.Itoa(status) + " " + name
	}
	return strconv.Itoa(status)
}

func stateBadge(ctx context.Context, e webhooks.Endpoint) ui.Badge {
	switch {
	case e.State == webhooks.Stopped:
		return ui.Badge{Text: t(ctx, "webhooks.state.stopped"), Tone: ui.Bad}
	case e.State == webhooks.Paused:
		return ui.Badge{Text: t(ctx, "webhooks.state.paused"), Tone: ui.Warn}
	case e.FailingSince != nil:
		return ui.Badge{Text: t(ctx, "webhooks.state.failing"), Tone: ui.Warn}
	}
	return ui.Badge{Text: t(ctx, "webhooks.state.active"), Tone: ui.OK}
}

func deliveryBadge(ctx context.Context, d webhooks.Delivery) ui.Badge {
	tone := map[webhooks.DeliveryState]ui.Tone{webhooks.Pending: ui.Info, webhooks.Sending: ui.Info, webhooks.Delivered: ui.OK, webhooks.Failed: ui.Bad}[d.State]
	if d.State == webhooks.Pending && d.Attempts > 0 {
		tone = ui.Warn
	}
	return ui.Badge{Text: t(ctx, "webhooks.delivery.state."+string(d.State)), Tone: tone}
}

// lastResult says in a line what became of the last attempt.
func lastResult(ctx context.Context, e webhooks.Endpoint) string {
	switch {
	case e.LastAt == nil:
		return t(ctx, "webhooks.nothing_sent")
	case e.LastClass == "":
		return t(ctx, "webhooks.last_arrived")
	}
	return ClassText(ctx, e.LastClass, e.LastStatus)
}

// eventsText is how many events an endpoint is told of.
func eventsText(ctx context.Context, e webhooks.Endpoint) string {
	if e.All {
		return t(ctx, "webhooks.events_all")
	}
	return t(ctx, "webhooks.events_some", "Count", len(e.Events))
}

type eventGroup struct {
	key   string
	types []string
}

// eventGroups are the types of events as they stand together.
func eventGroups() (list []eventGroup) {
	for _, e := range webhooks.Events() {
		if n := len(list); n == 0 || list[n-1].key != e.Group {
			list = append(list, eventGroup{key: e.Group})
		}
		last := &list[len(list)-1]
		last.types = append(last.types, e.Type)
	}
	return list
}

// example is a request as receivers get it, for who has none yet.
const example = `POST /hook HTTP/1.1
Content-Type: application/json
Webhook-Id: evt_3Jm8vQxk0nE5yT2sW7uZ1A
Webhook-Timestamp: 1798797600
Webhook-Signature: v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=

{
  "id": "evt_3Jm8vQxk0nE5yT2sW7uZ1A",
  "type": "offer.accepted",
  "created_at": "2027-01-01T10:00:00Z",
  "sequence": 4711,
  "business": "p3Jt8mZ0bV6qLx1sUe9wYA",
  "data": {
    "offer": {"id": "…", "state": "accepted"},
    "slot": {"id": "…", "starts_at": "…", "ends_at": "…"},
    "entry": {"id": "…"}, "booking": {"id": "…"}
  }
}`

// pretty is a JSON text with its parts on lines of their own.
func pretty(body string) string {
	var out bytes.Buffer
	if json.Indent(&out, []byte(body), "", "  ") != nil {
		return body
	}
	return out.String()
}

func headerLines(headers [][2]string) string {
	var out bytes.Buffer
	for _, h := range headers {
		out.WriteString(h[0] + ": " + h[1] + "\n")
	}
	return out.String()
}

func logPath(id string, state webhooks.DeliveryState, before string) string {
	q := url.Values{}
	if state != "" {
		q.Set("state", string(state))
	}
	if before != "" {
		q.Set("before", before)
	}
	if len(q) == 0 {
		return paths.Webhook(id)
	}
	return paths.Webhook(id) + "?" + q.Encode()
}

func duration(ctx context.Context, d time.Duration) string {
	return t(ctx, "webhooks.delivery.took", "Milliseconds", i18n.From(ctx).Number(d.Milliseconds()))
}
