package webhook

import (
	"context"
	"strings"

	"github.com/your-org/waitlist-management/views/ui"
	"github.com/your-org/waitlist-management/webhooks"
)

func segments(ctx context.Context, page Page) []ui.Segment {
	var list []ui.Segment
	for _, state := range []webhooks.DeliveryState{"", webhooks.Pending, webhooks.Failed} {
		key := string(state)
		if key == "" {
			key = "all"
		}
		list = append(list, ui.Segment{Text: t(ctx, "webhooks.log."+key), Href: logPath(page.Endpoint.ID, state, ""), Current: page.State == state})
	}
	return list
}

// newest leads back to the beginning of the log.
func newest(page Page) string {
	if !page.Paged {
		return ""
	}
	return logPath(page.Endpoint.ID, page.State, "")
}

func older(page Page) string {
	if page.Log.Older == "" {
		return ""
	}
	return logPath(page.Endpoint.ID, page.State, page.Log.Older)
}

// said is what became of a delivery so far, in a line: why it failed, how long the answer took, how often it was tried, when it is next.
func said(ctx context.Context, d webhooks.Delivery, l webhooks.Log) string {
	var parts []string
	switch {
	case d.State == webhooks.Delivered:
		parts = append(parts, statusText(d.Status))
	case d.Class != "":
		parts = append(parts, strings.TrimSuffix(ClassText(ctx, d.Class, d.Status), "."))
	}
	if d.State == webhooks.Delivered || d.Class != "" && d.Class != "skipped" && d.Class != "unclear" {
		parts = append(parts, duration(ctx, d.Duration))
	}
	if d.Attempts > 1 {
		parts = append(parts, t(ctx, "webhooks.delivery.attempts", "Count", d.Attempts))
	}
	if d.State == webhooks.Pending {
		if d.NextAt.After(l.Now) {
			parts = append(parts, t(ctx, "webhooks.delivery.next", "When", moment(ctx, d.NextAt, l.Zone, l.Now)))
		} else {
			parts = append(parts, t(ctx, "webhooks.delivery.soon"))
		}
	}
	return strings.Join(parts, " · ")
}

// testWhen is when a test was sent, and how long the answer took.
func testWhen(ctx context.Context, d webhooks.Detail) string {
	at := d.HappenedAt
	if d.AttemptedAt != nil {
		at = *d.AttemptedAt
	}
	return moment(ctx, at, d.Zone, d.Now) + " · " + duration(ctx, d.Duration)
}
