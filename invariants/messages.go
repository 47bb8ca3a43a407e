package invariants

// messages is what must be true of what customers are told and asked beside offers themselves. The cause of a message about a booking is
// the booking's public id, of which the outbox has one for each kind.
var messages = []invariant{
	{"an offer is reminded of at most once, after its email went out", `
SELECT CONCAT('offer ', o.id) FROM offers o JOIN outbox m ON m.tenant_id = o.tenant_id AND m.offer_id = o.id AND m.kind = 'offer_reminder'
GROUP BY o.tenant_id, o.id, o.sent_at HAVING COUNT(*) > 1 OR o.sent_at IS NULL OR MIN(m.created_at) < o.sent_at`, none},
	{"an offer that has ended waits for no reminder", `
SELECT CONCAT('offer ', id) FROM offers WHERE remind_at IS NOT NULL AND state <> 'pending'`, none},
	{"no live offer waits for its reminder long past its time", `
SELECT CONCAT('offer ', id) FROM offers WHERE state = 'pending' AND withdraw_due_at IS NULL AND remind_at < ? AND ? > ?`, overdue},
	{"who is told that an offer went on, or was taken back, had one that did", `
SELECT CONCAT('message ', m.id) FROM outbox m JOIN offers o ON o.tenant_id = m.tenant_id AND o.id = m.offer_id
WHERE (m.kind = 'moved_on' AND o.state <> 'expired') OR (m.kind = 'withdrawn' AND o.state <> 'withdrawn')`, none},
	{"a booking that was reminded of has one reminder, and any other none", `
SELECT CONCAT('booking ', b.id) FROM bookings b LEFT JOIN outbox m ON m.tenant_id = b.tenant_id AND m.kind = 'reminder' AND m.cause_key = b.public_id
WHERE (b.reminded_at IS NULL) <> (m.id IS NULL)`, none},
	{"no reminder was sent after its appointment had begun", `
SELECT CONCAT('message ', m.id) FROM outbox m JOIN bookings b ON b.tenant_id = m.tenant_id AND b.id = m.booking_id
WHERE m.kind = 'reminder' AND m.sent_at > DATE_ADD(b.starts_at, INTERVAL 60 SECOND)`, none},
	{"who comes said so before the appointment began", `
SELECT CONCAT('booking ', id) FROM bookings WHERE coming_at >= starts_at`, none},
	{"a booking that was thanked for has one thank-you, after its end, and any other none", `
SELECT CONCAT('booking ', b.id) FROM bookings b LEFT JOIN outbox m ON m.tenant_id = b.tenant_id AND m.kind = 'thanks' AND m.cause_key = b.public_id
WHERE (b.thanked_at IS NULL) <> (m.id IS NULL) OR b.thanked_at < b.ends_at`, none},
	{"nobody is thanked twice within thirty days", `
SELECT CONCAT('bookings ', a.id, ' and ', b.id) FROM bookings a JOIN bookings b ON b.tenant_id = a.tenant_id AND b.customer_id = a.customer_id AND b.id <> a.id
WHERE b.thanked_at >= a.thanked_at AND b.thanked_at < DATE_ADD(a.thanked_at, INTERVAL 30 DAY)`, none},
	{"a rating is its customer's, of an appointment that was over, and was changed within fourteen days if at all", `
SELECT CONCAT('rating ', r.id) FROM ratings r JOIN bookings b ON b.tenant_id = r.tenant_id AND b.id = r.booking_id
WHERE b.customer_id IS NULL OR r.customer_id <> b.customer_id OR b.state = 'cancelled' OR r.given_at < b.ends_at
  OR r.changed_at < r.given_at OR r.changed_at > DATE_ADD(r.given_at, INTERVAL 14 DAY)`, none},
}
