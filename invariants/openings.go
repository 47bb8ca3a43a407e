package invariants

var openings = []invariant{
	{"a slot that is open or held has a live opening, and no other has", `
SELECT CONCAT('slot ', s.id) FROM slots s
LEFT JOIN openings o ON o.tenant_id = s.tenant_id AND o.live_slot_id = s.id
WHERE (s.state IN ('open', 'held')) <> (o.id IS NOT NULL)`, none},
	{"an opening's columns agree with its outcome", `
SELECT CONCAT('opening ', id) FROM openings
WHERE (outcome = '') <> (ended_at IS NULL) OR (outcome = '') <> (live_slot_id IS NOT NULL)
   OR (live_slot_id IS NOT NULL AND live_slot_id <> slot_id) OR ended_at < opened_at`, none},
	{"a filled opening has the booking of an accepted offer for its slot, a booked one has staff's, and any other none", `
SELECT CONCAT('opening ', o.id) FROM openings o
LEFT JOIN bookings b ON b.tenant_id = o.tenant_id AND b.id = o.booking_id
WHERE (o.outcome = 'filled' AND (b.offer_id IS NULL OR b.slot_id <> o.slot_id)) OR (o.outcome = 'booked' AND (b.id IS NULL OR b.offer_id IS NOT NULL))
   OR (o.outcome IN ('', 'withdrawn', 'lapsed') AND o.booking_id IS NOT NULL)`, none},
}
