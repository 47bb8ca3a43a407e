package mail

import "time"

// standing is what is known of a message: what is kept in its row, of either queue.
type standing struct {
	state, class string
	sentAt       *time.Time // accepted by the sender
	deliveredAt  *time.Time // earliest report
}

// severity orders the failures that a provider reports, so that which of two was heard of first makes no difference.
var severity = map[string]int{softBounce: 1, droppedThere: 2, hardBounce: 3, complained: 4}

// after is what is known once r is heard of, too. The end is the same in whatever order and however often the provider tells: a failure it
// reports stands, the worst of several, and whether the message was delivered before is kept beside it; anything else it says of a message
// shows that it took it, whatever was thought here.
func (s standing) after(r report, at time.Time) standing {
	if s.sentAt == nil {
		s.sentAt = &at
	}
	if r.kind == delivered && (s.deliveredAt == nil || at.Before(*s.deliveredAt)) {
		s.deliveredAt = &at
	}
	failed := 0
	if s.state == "failed" {
		failed = severity[s.class]
	}
	class := r.outboxClass()
	switch {
	case severity[class] > failed:
		s.state, s.class = "failed", class
	case failed == 0:
		s.state, s.class = "sent", ""
	}
	return s
}

// outboxClass is the class that a report gives its message; empty where it is no failure.
func (r report) outboxClass() string {
	switch r.kind {
	case bounced:
		return r.class
	case droppedThere, complained:
		return r.kind
	}
	return ""
}

// fails tells whether r says that the message didn't and won't arrive. What was called spam has arrived.
func (r report) fails() bool { return r.kind == bounced || r.kind == droppedThere }

// settled tells whether it is known that the sender took the message.
func (m owed) settled() bool {
	return m.State == "sent" || m.State == "failed" && severity[m.ErrorClass] > 0
}

// same tells whether two are alike, moments included.
func (s standing) same(o standing) bool {
	return s.state == o.state && s.class == o.class && sameMoment(s.sentAt, o.sentAt) && sameMoment(s.deliveredAt, o.deliveredAt)
}

func sameMoment(a, b *time.Time) bool {
	return a == nil && b == nil || a != nil && b != nil && a.Equal(*b)
}
