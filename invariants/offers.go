package invariants

import "time"

// grace is how late a running program may be with what it owes at a moment.
const grace = 60 * time.Second

var offers = []invariant{
	{"an accepted offer was accepted before its deadline", `
SELECT CONCAT('offer ', id) FROM offers WHERE state IN ('accepted', 'declined') AND (ended_at IS NULL OR ended_at >= expires_at)`, none},
	{"an expired offer was ended after its deadline", `
SELECT CONCAT('offer ', id) FROM offers WHERE state = 'expired' AND (ended_at IS NULL OR ended_at < expires_at)`, none},
	{"a deadline is never past its cap, nor before the first one", `
SELECT CONCAT('offer ', id) FROM offers
WHERE expires_at > expires_cap_at OR expires_at < DATE_ADD(created_at, INTERVAL hold_seconds SECOND)`, none},
	{"no live offer is long past its deadline", `
SELECT CONCAT('offer ', id) FROM offers WHERE state = 'pending' AND expires_at < ? AND ? > ?`, overdue},
	{"an offer that ended without a booking has a successor, or its slot is owed one or is closed", `
SELECT CONCAT('offer ', o.id) FROM offers o
JOIN slots s ON s.tenant_id = o.tenant_id AND s.id = o.slot_id
LEFT JOIN offers n ON n.tenant_id = o.tenant_id AND n.cause_offer_id = o.id
WHERE o.state IN ('declined', 'expired', 'withdrawn', 'undeliverable') AND n.id IS NULL
  AND NOT (s.state = 'open' AND COALESCE(s.cause_offer_id, 0) = o.id AND s.next_try_at IS NOT NULL)
  AND NOT s.state IN ('withdrawn', 'lapsed')`, none},
	{"an open slot has a moment when it is tried, and is tried then", `
SELECT CONCAT('slot ', id) FROM slots WHERE state = 'open' AND (next_try_at IS NULL OR (next_try_at < ? AND ? > ?))`, overdue},
	{"an open slot that was tried says why it is not filled", `
SELECT CONCAT('slot ', id) FROM slots WHERE state = 'open' AND tried_at IS NOT NULL AND unfilled_reason = '' AND next_try_at > ?`, atNow},
	{"a customer has at most one live offer, marked as such", `
SELECT CONCAT('offer ', id) FROM offers WHERE (state = 'pending') <> (live_customer_id IS NOT NULL)
   OR (live_customer_id IS NOT NULL AND live_customer_id <> customer_id)`, none},
	{"an entry with a live offer is offered, and the other way round", `
SELECT CONCAT('entry ', e.id) FROM entries e
LEFT JOIN offers o ON o.tenant_id = e.tenant_id AND o.entry_id = e.id AND o.state = 'pending'
WHERE (e.state = 'offered') <> (o.id IS NOT NULL)`, none},
	{"an offer's columns agree with its state", `
SELECT CONCAT('offer ', id) FROM offers
WHERE (state = 'pending') <> (ended_at IS NULL) OR (state <> 'pending' AND withdraw_due_at IS NOT NULL)`, none},
	{"an accepted offer has its booking", `
SELECT CONCAT('offer ', o.id) FROM offers o LEFT JOIN bookings b ON b.tenant_id = o.tenant_id AND b.offer_id = o.id
WHERE (o.state = 'accepted') <> (b.id IS NOT NULL)`, none},
}

func overdue(now, since time.Time) []any { return []any{now.Add(-grace), now, since.Add(grace)} }
func atNow(now, _ time.Time) []any       { return []any{now} }
