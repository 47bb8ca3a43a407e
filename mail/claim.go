package mail

import (
	"context"
	"fmt"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/outbox"
	"github.com/your-org/waitlist-management/seal"
)

// A message that is handed over carries one of these classes from just before the request until its outcome is known, so that
// whoever finds it after a crash knows what may have happened.
const (
	unclear      = "unclear"       // handed over once
	unclearAgain = "unclear_again" // handed over a second time after an unclear first: there is no third
)

// claim takes a due message for a minute; ok is false when somebody else has it.
func (d *Deliverer) claim(ctx context.Context, r ref) (m owed, ok bool, err error) {
	now, err := d.DB.Now(ctx)
	if err != nil {
		return m, false, err
	}
	token, until := seal.PublicID(), now.Add(lease)
	n, err := d.take(ctx, r, &token, &until, now)
	if err != nil || n != 1 {
		return m, false, wrap(err, "claiming a message")
	}
	m, err = d.get(ctx, r)
	if err != nil {
		return m, false, wrap(err, "reading a claimed message")
	}
	m.ClaimToken = &token // whoever may hold it by now
	return m, true, nil
}

// begin renews the claim and notes that the message is being handed over; ok is false when the claim was lost meanwhile.
func (d *Deliverer) begin(ctx context.Context, m owed) (ok bool, err error) {
	now, err := d.DB.Now(ctx)
	if err != nil {
		return false, err
	}
	class, until := unclear, now.Add(lease)
	if m.ErrorClass == unclear {
		class = unclearAgain
	}
	n, err := d.mark(ctx, m, class, &until)
	return n == 1, wrap(err, "beginning to send")
}

// reclaim settles the messages of senders that never came back: what was not begun is sent after all, what was begun is unclear.
func (d *Deliverer) reclaim(ctx context.Context) error {
	now, err := d.DB.Now(ctx)
	if err != nil {
		return err
	}
	lost, err := d.lost(ctx, &now)
	if err != nil {
		return wrap(err, "looking for lost messages")
	}
	for _, m := range lost {
		switch {
		case m.ErrorClass == unclearAgain, m.ErrorClass == unclear && m.Kind == string(outbox.Offer):
			err = d.end(ctx, m, "unknown", m.ErrorClass)
		default:
			err = d.putBack(ctx, m, now, m.ErrorClass)
		}
		if err != nil {
			return err
		}
		d.Log.WarnContext(ctx, "a sender never came back", "message_id", m.MessageID, "tenant_id", m.TenantID, "kind", m.Kind, "class", m.ErrorClass)
	}
	return nil
}

func wrap(err error, doing string) error {
	if err == nil {
		return nil
	}
	return db.Down(fmt.Errorf("%s: %w", doing, err))
}
