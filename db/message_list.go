package db

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// MessageList asks for the messages of a business, to customers and to users, the newest first. What is zero asks for nothing. The
// conditions vary, which sqlc cannot write.
//
// Each combination has an index that gives its rows in order, so that a page reads about a page of rows, however many there are: by moment
// alone, or one lane for each outcome and kind. The messages to a few customers, who have some each, are read and sorted.
type MessageList struct {
	TenantID    int64
	Outcome     string    // waiting, sent, delivered, failed, unclear or not_sent
	Kinds       []string  // of messages to customers that are asked for; needed
	UserKinds   []string  // likewise to users; none asks for none of them
	AllKinds    bool      // Kinds are all there are
	CustomerIDs []int64   // nil: to anybody; else only messages to these customers
	From, Until time.Time // when they were owed; Until is exclusive
	Before      MessagePlace
	After       MessagePlace // with it those next to it are meant; they come in the same order
	Limit       int
}

// MessagePlace is the place of a message in such a list.
type MessagePlace struct {
	At     time.Time
	ToUser bool
	ID     int64
}

// ListedMessage is a message as a list has it, of either table.
type ListedMessage struct {
	MessagePlace
	MessageID, Kind, Outcome, ErrorClass string
	CustomerID                           int64 // 0: to a user
	UserName                             []byte
	NextAttemptAt, UsefulUntil           time.Time
	SentAt, DeliveredAt                  *time.Time
}

var outcomes = []string{"waiting", "sent", "delivered", "failed", "unclear", "not_sent"}

// userOutcome is what of the table of messages to users stands for an outcome.
var userOutcome = map[string]string{
	"waiting": "state IN ('pending', 'sending')", "sent": "state = 'sent' AND delivered_at IS NULL", "delivered": "state = 'sent' AND delivered_at IS NOT NULL",
	"failed": "state = 'failed'", "unclear": "state = 'unknown'", "not_sent": "state = 'dropped'",
}

// lane is one piece of a list that an index gives in order.
type lane struct {
	conditions []string
	args       []any
}

func (l lane) and(condition string, args ...any) lane {
	return lane{append(slices.Clone(l.conditions), condition), append(slices.Clone(l.args), args...)}
}

// ListMessages are at most Limit messages of the list.
func (q *Queries) ListMessages(ctx context.Context, l MessageList) ([]ListedMessage, error) {
	var found []ListedMessage
	if len(l.Kinds) > 0 {
		rows, err := q.customerMessages(ctx, l)
		if err != nil {
			return nil, err
		}
		found = rows
	}
	if len(l.UserKinds) > 0 && l.CustomerIDs == nil {
		rows, err := q.userMessages(ctx, l)
		if err != nil {
			return nil, err
		}
		found = append(found, rows...)
	}
	slices.SortFunc(found, func(x, y ListedMessage) int { return y.compare(x.MessagePlace) })
	if len(found) > l.Limit && !l.After.At.IsZero() {
		return found[len(found)-l.Limit:], nil
	}
	return found[:min(len(found), l.Limit)], nil
}

// compare tells which is newer; at the same moment what went to a customer counts as the newer.
func (p MessagePlace) compare(o MessagePlace) int {
	if order := cmp.Or(p.At.Compare(o.At), cmp.Compare(toCustomer(p), toCustomer(o))); order != 0 {
		return order
	}
	return cmp.Compare(p.ID, o.ID)
}

func toCustomer(p MessagePlace) int {
	if p.ToUser {
		return 0
	}
	return 1
}

const (
	customerColumns = "id, message_id, kind, outcome, error_class, customer_id, NULL, next_attempt_at, useful_until, sent_at, delivered_at, created_at"
	userColumns     = `id, message_id, kind, CASE state WHEN 'pending' THEN 'waiting' WHEN 'sending' THEN 'waiting' WHEN 'unknown' THEN 'unclear' WHEN 'dropped' THEN 'not_sent'
		WHEN 'failed' THEN 'failed' ELSE CASE WHEN delivered_at IS NULL THEN 'sent' ELSE 'delivered' END END, error_class, 0, name, next_attempt_at, useful_until, sent_at, delivered_at, created_at`
)

func (q *Queries) customerMessages(ctx context.Context, l MessageList) ([]ListedMessage, error) {
	start := l.bounds(lane{[]string{"tenant_id = ?"}, []any{l.TenantID}}, false)
	index, lanes := "outbox_newest", []lane{start}
	switch {
	case l.CustomerIDs != nil:
		index = "outbox_customer"
		start = start.and("customer_id IN (NULL"+strings.Repeat(", ?", len(l.CustomerIDs))+")", anys(l.CustomerIDs)...)
		if l.Outcome != "" {
			start = start.and("outcome = ?", l.Outcome)
		}
		lanes = []lane{start.and("kind IN (NULL"+strings.Repeat(", ?", len(l.Kinds))+")", anys(l.Kinds)...)}
	case l.Outcome != "" || !l.AllKinds:
		index, lanes = "outbox_outcome", nil
		for _, outcome := range outcomes {
			if l.Outcome != "" && l.Outcome != outcome {
				continue
			}
			for _, kind := range l.Kinds {
				lanes = append(lanes, start.and("outcome = ?", outcome).and("kind = ?", kind))
			}
		}
	}
	return q.messageLanes(ctx, l, "SELECT "+customerColumns+" FROM outbox FORCE INDEX ("+index+")", lanes, false)
}

func (q *Queries) userMessages(ctx context.Context, l MessageList) ([]ListedMessage, error) {
	one := l.bounds(lane{[]string{"tenant_id = ?"}, []any{l.TenantID}}, true)
	if l.Outcome != "" {
		one = one.and(userOutcome[l.Outcome])
	}
	one = one.and("kind IN (NULL"+strings.Repeat(", ?", len(l.UserKinds))+")", anys(l.UserKinds)...)
	return q.messageLanes(ctx, l, "SELECT "+userColumns+" FROM user_messages FORCE INDEX (user_messages_newest)", []lane{one}, true)
}

// bounds adds the period, and from where on the page is read.
func (l MessageList) bounds(one lane, toUser bool) lane {
	if !l.From.IsZero() {
		one = one.and("created_at >= ?", l.From)
	}
	if !l.Until.IsZero() {
		one = one.and("created_at < ?", l.Until)
	}
	if p := l.Before; !p.At.IsZero() {
		switch {
		case p.ToUser == toUser:
			one = one.and("created_at <= ? AND (created_at < ? OR id < ?)", p.At, p.At, p.ID)
		case toUser:
			one = one.and("created_at <= ?", p.At)
		default:
			one = one.and("created_at < ?", p.At)
		}
	}
	if p := l.After; !p.At.IsZero() {
		switch {
		case p.ToUser == toUser:
			one = one.and("created_at >= ? AND (created_at > ? OR id > ?)", p.At, p.At, p.ID)
		case toUser:
			one = one.and("created_at > ?", p.At)
		default:
			one = one.and("created_at >= ?", p.At)
		}
	}
	return one
}

// messageLanes reads a page of each lane.
func (q *Queries) messageLanes(ctx context.Context, l MessageList, from string, lanes []lane, toUser bool) ([]ListedMessage, error) {
	order := " ORDER BY created_at DESC, id DESC LIMIT ?"
	if !l.After.At.IsZero() {
		order = " ORDER BY created_at, id LIMIT ?"
	}
	var parts []string
	var args []any
	for _, one := range lanes {
		parts = append(parts, "("+from+" WHERE "+strings.Join(one.conditions, " AND ")+order+")")
		args = append(append(args, one.args...), l.Limit)
	}
	rows, err := q.db.QueryContext(ctx, strings.Join(parts, " UNION ALL "), args...)
	if err != nil {
		return nil, fmt.Errorf("reading messages: %w", err)
	}
	defer rows.Close()
	var list []ListedMessage
	for rows.Next() {
		m := ListedMessage{MessagePlace: MessagePlace{ToUser: toUser}}
		err := rows.Scan(&m.ID, &m.MessageID, &m.Kind, &m.Outcome, &m.ErrorClass, &m.CustomerID, &m.UserName, &m.NextAttemptAt, &m.UsefulUntil, &m.SentAt, &m.DeliveredAt, &m.At)
		if err != nil {
			return nil, fmt.Errorf("reading messages: %w", err)
		}
		list = append(list, m)
	}
	return list, rows.Err()
}

func anys[T any](list []T) []any {
	all := make([]any, len(list))
	for i, x := range list {
		all[i] = x
	}
	return all
}
