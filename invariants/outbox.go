package invariants

import "time"

var outbox = []invariant{
	{"an offer to an address has exactly one email, and one to call has none", `
SELECT CONCAT('offer ', o.id) FROM offers o
LEFT JOIN outbox m ON m.tenant_id = o.tenant_id AND m.offer_id = o.id AND m.kind = 'offer'
GROUP BY o.tenant_id, o.id, o.email_hash HAVING COUNT(m.id) <> CASE WHEN o.email_hash IS NULL THEN 0 ELSE 1 END`, none},
	{"an email has its cause", `
SELECT CONCAT('message ', id) FROM outbox
WHERE (kind IN ('offer', 'offer_reminder', 'moved_on', 'withdrawn') AND offer_id IS NULL) OR (kind IN ('confirmed', 'cancelled', 'reminder', 'thanks') AND booking_id IS NULL)
  OR (kind IN ('join', 'still_waiting', 'expired') AND entry_id IS NULL)`, none},
	{"no email is being sent long past its lease", `
SELECT CONCAT('message ', id) FROM outbox WHERE state = 'sending' AND lease_until < ? AND ? > ?`, overdue},
	{"no email waits past its usefulness", `
SELECT CONCAT('message ', id) FROM outbox WHERE state = 'pending' AND useful_until < ? AND ? > ?`, longOverdue},
	{"nothing was sent to a suppressed address after its suppression", `
SELECT CONCAT('message ', m.id) FROM outbox m
JOIN customers c ON c.tenant_id = m.tenant_id AND c.id = m.customer_id
JOIN suppressions s ON s.tenant_id = c.tenant_id AND s.email_hash = c.email_hash
WHERE m.state = 'sent' AND m.sent_at > DATE_ADD(s.created_at, INTERVAL 60 SECOND)`, none},
	{"nobody is offered a slot after their address was suppressed", `
SELECT CONCAT('offer ', o.id) FROM offers o
JOIN suppressions s ON s.tenant_id = o.tenant_id AND s.email_hash = o.email_hash
WHERE o.created_at > s.created_at`, none},
	{"an event of the provider is stored once", `
SELECT CONCAT('event ', MIN(id)) FROM mail_events GROUP BY event_id HAVING COUNT(*) > 1`, none},
	{"an event of the provider is about one message", `
SELECT CONCAT('event ', id) FROM mail_events WHERE (outbox_id IS NULL) = (user_message_id IS NULL) OR (outbox_id IS NOT NULL AND tenant_id IS NULL)`, none},
	{"an event of the provider is forgotten in time", `
SELECT CONCAT('event ', id) FROM mail_events WHERE created_at < ? AND ? > ?`, twoMonthsOver},
	{"an offer whose email came back is not out", `
SELECT CONCAT('offer ', o.id) FROM offers o
JOIN outbox m ON m.tenant_id = o.tenant_id AND m.offer_id = o.id AND m.kind = 'offer'
WHERE o.state = 'pending' AND o.expires_at > ? AND m.state = 'failed' AND m.error_class IN ('bounced', 'blocked', 'dropped')`, atNow},
}

// twoMonthsOver are the 60 days that an event is kept, and a day for the job.
func twoMonthsOver(now, since time.Time) []any {
	const day = 24 * time.Hour
	return []any{now.Add(-61 * day), now, since.Add(day)}
}

// logins is what must be true of users, who may come in, and what they are told.
var logins = []invariant{
	{"an email to a user has its cause", `
SELECT CONCAT('message ', id, ' to a user') FROM user_messages
WHERE (kind = 'invitation' AND (tenant_id IS NULL OR about_id IS NULL)) OR (kind <> 'invitation' AND user_id IS NULL)
  OR (kind IN ('email_new', 'email_old') AND about_id IS NULL)`, none},
	{"no email to a user is being sent long past its lease", `
SELECT CONCAT('message ', id, ' to a user') FROM user_messages WHERE state = 'sending' AND lease_until < ? AND ? > ?`, overdue},
	{"no email to a user waits past its usefulness", `
SELECT CONCAT('message ', id, ' to a user') FROM user_messages WHERE state = 'pending' AND useful_until < ? AND ? > ?`, longOverdue},
	{"a business that people work in has an owner", `
SELECT CONCAT('business ', tenant_id) FROM memberships GROUP BY tenant_id HAVING SUM(CASE WHEN role = 'owner' THEN 1 ELSE 0 END) = 0`, none},
}

// longOverdue leaves messages whose next attempt is up to 15 min away the time to be dropped there.
func longOverdue(now, since time.Time) []any {
	const attempt = 16 * time.Minute
	return []any{now.Add(-attempt), now, since.Add(attempt)}
}
