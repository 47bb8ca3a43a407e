package mail

import (
	"context"
	"fmt"
	"time"

	"github.com/your-org/waitlist-management/db"
)

// There are two queues: what customers are owed (table outbox) and what users are owed (user_messages). A message goes the same way from
// either; this file is all that tells them apart on that way.

// ref names a message of a queue.
type ref struct {
	toUser       bool
	tenantID, id int64 // the business only for a customer's
}

// owed is a claimed message. Of a message to a user it holds what both queues have.
type owed struct {
	db.OutboxMessage
	user *db.UserMessage // nil: to a customer

	claimedAt, read time.Time // by the database's clock and by this machine's; zero where it was claimed alone
}

func owedToUser(m db.UserMessage) owed {
	return owed{user: &m, OutboxMessage: db.OutboxMessage{
		ID: m.ID, MessageID: m.MessageID, Kind: m.Kind, State: m.State, Attempts: m.Attempts, ErrorClass: m.ErrorClass, UsefulUntil: m.UsefulUntil, ClaimToken: m.ClaimToken,
	}}
}

// due are the messages that may go out now: first those to users, who are few and often wait at the screen.
func (d *Deliverer) due(ctx context.Context, limit int32) ([]ref, error) {
	now, err := d.DB.Now(ctx)
	if err != nil {
		return nil, err
	}
	users, err := d.DB.UserMessagesDue(ctx, db.UserMessagesDueParams{Now: now, Limit: limit})
	if err != nil {
		return nil, db.Down(fmt.Errorf("reading what is due to users: %w", err))
	}
	customers, err := d.dueToCustomers(ctx, now, limit)
	if err != nil {
		return nil, err
	}
	refs := make([]ref, 0, len(users)+len(customers))
	for _, id := range users {
		refs = append(refs, ref{toUser: true, id: id})
	}
	return append(refs, customers...), nil
}

func (d *Deliverer) take(ctx context.Context, r ref, token *string, until *time.Time, now time.Time) (int64, error) {
	if r.toUser {
		return d.DB.ClaimUserMessage(ctx, db.ClaimUserMessageParams{ClaimToken: token, LeaseUntil: until, ID: r.id, Now: now})
	}
	return d.DB.ClaimOutboxMessage(ctx, db.ClaimOutboxMessageParams{ClaimToken: token, LeaseUntil: until, TenantID: r.tenantID, ID: r.id, Now: now})
}

func (d *Deliverer) get(ctx context.Context, r ref) (owed, error) {
	if r.toUser {
		m, err := d.DB.GetUserMessage(ctx, r.id)
		return owedToUser(m), err
	}
	m, err := d.DB.GetOutboxMessage(ctx, db.GetOutboxMessageParams{TenantID: r.tenantID, ID: r.id})
	return owed{OutboxMessage: m}, err
}

// lost are the messages whose sender has not come back by now.
func (d *Deliverer) lost(ctx context.Context, now *time.Time) ([]owed, error) {
	users, err := d.DB.UserMessageLeasesPast(ctx, now)
	if err != nil {
		return nil, err
	}
	customers, err := d.DB.OutboxLeasesPast(ctx, now)
	if err != nil {
		return nil, err
	}
	lost := make([]owed, 0, len(users)+len(customers))
	for _, m := range users {
		lost = append(lost, owedToUser(m))
	}
	for _, m := range customers {
		lost = append(lost, owed{OutboxMessage: m})
	}
	return lost, nil
}

// mark keeps that the message is being handed over.
func (d *Deliverer) mark(ctx context.Context, m owed, class string, until *time.Time) (int64, error) {
	if m.user != nil {
		return d.DB.BeginUserMessage(ctx, db.BeginUserMessageParams{ErrorClass: class, LeaseUntil: until, ID: m.ID, ClaimToken: m.ClaimToken})
	}
	return d.DB.BeginOutboxMessage(ctx, db.BeginOutboxMessageParams{
		ErrorClass: class, LeaseUntil: until, TenantID: m.TenantID, ID: m.ID, ClaimToken: m.ClaimToken,
	})
}

// untake gives up the claim until next.
func (d *Deliverer) untake(ctx context.Context, m owed, next time.Time, class string) (err error) {
	if m.user != nil {
		_, err = d.DB.PutBackUserMessage(ctx, db.PutBackUserMessageParams{NextAttemptAt: next, ErrorClass: class, ID: m.ID, ClaimToken: m.ClaimToken})
		return err
	}
	_, err = d.DB.PutBackOutboxMessage(ctx, db.PutBackOutboxMessageParams{
		NextAttemptAt: next, ErrorClass: class, TenantID: m.TenantID, ID: m.ID, ClaimToken: m.ClaimToken,
	})
	return err
}

// end keeps what became of the message.
func (m owed) end(ctx context.Context, q *db.Queries, state string, sentAt *time.Time, class string) (err error) {
	if m.user != nil {
		_, err = q.EndUserMessage(ctx, db.EndUserMessageParams{ToState: state, SentAt: sentAt, ErrorClass: class, ID: m.ID, ClaimToken: m.ClaimToken})
		return err
	}
	_, err = q.EndOutboxMessage(ctx, db.EndOutboxMessageParams{
		ToState: state, SentAt: sentAt, ErrorClass: class, TenantID: m.TenantID, ID: m.ID, ClaimToken: m.ClaimToken,
	})
	return err
}
