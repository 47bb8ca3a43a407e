package mail

import (
	"context"
	"time"
)

// eventsKept is how long what the provider told stays, for the page of what was sent. What it meant for a message stays with the message.
const eventsKept = 60 * 24 * time.Hour

// ForgetEvents deletes what the provider told more than 60 days ago, a thousand events at a time, and says how many.
func (d *Deliverer) ForgetEvents(ctx context.Context) (int, error) {
	now, err := d.DB.Now(ctx)
	if err != nil {
		return 0, err
	}
	n, err := d.DB.DeleteMailEventsBefore(ctx, now.Add(-eventsKept))
	return int(n), wrap(err, "forgetting events")
}
