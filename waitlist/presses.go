package waitlist

import (
	"context"
	"time"

	"github.com/your-org/waitlist-management/db"
)

// pressesKept is longer than anybody leaves a form open.
const pressesKept = 7 * 24 * time.Hour

// ForgetPresses deletes the ids of forms that were pressed long ago, a thousand at a time.
func (w *Waitlist) ForgetPresses(ctx context.Context) (int, error) {
	now, err := w.db.Now(ctx)
	if err != nil {
		return 0, err
	}
	n, err := w.db.DeleteFormPressesBefore(ctx, now.Add(-pressesKept))
	return int(n), db.Down(wrap(err, "forgetting presses"))
}
