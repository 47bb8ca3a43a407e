package mail

import (
	"context"
	"time"

	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/seal"
	"github.com/your-org/waitlist-management/views/email"
)

// SendTrial hands one test message over at once, past the outbox, and returns its id. Any error of the sender is a *Failure.
func SendTrial(ctx context.Context, sender Sender, to string, l i18n.Locale, base paths.Base) (id string, err error) {
	m := Message{ID: seal.PublicID(), Date: time.Now(), To: to}
	if err := fill(ctx, &m, email.Trial(l, base)); err != nil {
		return m.ID, err
	}
	m.FromName = "" // the sender's own, as nobody's business is spoken for
	ctx, cancel := context.WithTimeout(ctx, sendWithin)
	defer cancel()
	return m.ID, sender.Send(ctx, m)
}
