package invariants

var entries = []invariant{
	{"a live entry is marked as such, and one that ended says when", `
SELECT CONCAT('entry ', id) FROM entries
WHERE (state IN ('unconfirmed', 'waiting', 'offered', 'paused')) <> (live_service_id IS NOT NULL)
   OR (live_service_id IS NOT NULL AND live_service_id <> service_id)
   OR (live_service_id IS NULL) <> (ended_at IS NOT NULL)
   OR (state IN ('waiting', 'offered', 'paused') AND confirmed_at IS NULL)`, none},
	{"a booked entry has a booking", `
SELECT CONCAT('entry ', e.id) FROM entries e
LEFT JOIN bookings b ON b.tenant_id = e.tenant_id AND b.entry_id = e.id
WHERE e.state = 'booked' AND b.id IS NULL`, none},
	{"an entry that emails may go to has a consent behind it", `
SELECT CONCAT('entry ', e.id) FROM entries e
JOIN customers c ON c.tenant_id = e.tenant_id AND c.id = e.customer_id
LEFT JOIN consents k ON k.tenant_id = e.tenant_id AND k.entry_id = e.id
WHERE e.consented AND c.email_hash IS NOT NULL AND k.id IS NULL`, none},
}
