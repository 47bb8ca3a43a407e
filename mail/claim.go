package mail

import (
	"context"
	"fmt"
	"time"

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

// claimAll takes those of the due messages, of either queue, that nobody else has, for a minute. It says two things to the database for many
// messages to customers, and three for each to a user.
func (d *Deliverer) claimAll(ctx context.Context, refs []ref) (claimed []owed, err error) {
	var ids []int64
	for _, r := range refs {
		if !r.toUser {
			ids = append(ids, r.id)
			continue
		}
		m, ok, err := d.claim(ctx, r)
		if err != nil {
			return claimed, err
		}
		if ok {
			claimed = append(claimed, m)
		}
	}
	if len(ids) == 0 {
		return claimed, nil
	}
	token := seal.PublicID()
	var rows []db.OutboxMessage
	var now, read time.Time
	err = d.DB.InTx(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		if now, err = tx.Now(ctx); err != nil {
			return err
		}
		read = time.Now()
		until := now.Add(lease)
		n, err := tx.ClaimOutboxMessages(ctx, db.ClaimOutboxMessagesParams{ClaimToken: &token, LeaseUntil: &until, Ids: ids, Now: now})
		if rows = nil; err != nil || n == 0 {
			return wrap(err, "claiming messages")
		}
		rows, err = tx.ClaimedOutboxMessages(ctx, db.ClaimedOutboxMessagesParams{Ids: ids, ClaimToken: &token})
		return wrap(err, "reading claimed messages")
	})
	for _, row := range rows {
		row.ClaimToken = &token // whoever may hold it by now
		claimed = append(claimed, owed{OutboxMessage: row, claimedAt: now, read: read})
	}
	return claimed, err
}

// now is the database's clock, by this machine's from the moment that the message was claimed: a claim lasts a minute.
func (d *Deliverer) now(ctx context.Context, m owed) (time.Time, error) {
	if m.read.IsZero() {
		return d.DB.Now(ctx)
	}
	return m.claimedAt.Add(time.Since(m.read)), nil
}

// begin renews the claim and notes that the message is being handed over; ok is false when the claim was lost meanwhile.
func (d *Deliverer) begin(ctx context.Context, m owed) (ok bool, err error) {
	now, err := d.now(ctx, m)
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
