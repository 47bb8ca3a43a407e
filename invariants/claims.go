package invariants

var claims = []invariant{
	{"a slot has at most one live offer or booking", `
SELECT CONCAT('slot ', x.slot_id) FROM (
  SELECT tenant_id, slot_id FROM offers WHERE state = 'pending'
  UNION ALL
  SELECT tenant_id, slot_id FROM bookings WHERE state = 'confirmed'
) x GROUP BY x.tenant_id, x.slot_id HAVING COUNT(*) > 1`, none},
	{"a live offer is in its slot's claim, and the slot is held", `
SELECT CONCAT('offer ', o.id) FROM offers o
JOIN slots s ON s.tenant_id = o.tenant_id AND s.id = o.slot_id
LEFT JOIN slot_claims c ON c.tenant_id = o.tenant_id AND c.slot_id = o.slot_id AND c.offer_id = o.id AND c.booking_id IS NULL
WHERE o.state = 'pending' AND (c.slot_id IS NULL OR s.state <> 'held')`, none},
	{"a booking that stands is in its slot's claim, and the slot is booked", `
SELECT CONCAT('booking ', b.id) FROM bookings b
JOIN slots s ON s.tenant_id = b.tenant_id AND s.id = b.slot_id
LEFT JOIN slot_claims c ON c.tenant_id = b.tenant_id AND c.slot_id = b.slot_id AND c.booking_id = b.id AND c.offer_id IS NULL
WHERE b.state IN ('confirmed', 'completed', 'no_show') AND (c.slot_id IS NULL OR s.state <> 'booked')`, none},
	{"a claim names the live offer or the booking of its slot", `
SELECT CONCAT('claim of slot ', c.slot_id) FROM slot_claims c
LEFT JOIN offers o ON o.tenant_id = c.tenant_id AND o.id = c.offer_id AND o.slot_id = c.slot_id AND o.state = 'pending'
LEFT JOIN bookings b ON b.tenant_id = c.tenant_id AND b.id = c.booking_id AND b.slot_id = c.slot_id AND b.state <> 'cancelled'
WHERE (o.id IS NULL) = (b.id IS NULL)`, none},
	{"a held slot has a live offer, a booked one a booking, any other no claim", `
SELECT CONCAT('slot ', s.id) FROM slots s
LEFT JOIN slot_claims c ON c.tenant_id = s.tenant_id AND c.slot_id = s.id
WHERE (s.state = 'held' AND c.offer_id IS NULL) OR (s.state = 'booked' AND c.booking_id IS NULL)
   OR (s.state IN ('open', 'withdrawn', 'lapsed') AND c.slot_id IS NOT NULL)`, none},
	{"a staff member's slots never overlap", `
SELECT CONCAT('slots ', x.id, ' and ', y.id) FROM slots x
JOIN slots y ON y.tenant_id = x.tenant_id AND y.staff_member_id = x.staff_member_id AND y.id > x.id
  AND y.starts_at < x.ends_at AND y.ends_at > x.starts_at AND y.state IN ('open', 'held', 'booked')
WHERE x.state IN ('open', 'held', 'booked')`, none},
	{"a booking lies within its slot", `
SELECT CONCAT('booking ', b.id) FROM bookings b JOIN slots s ON s.tenant_id = b.tenant_id AND s.id = b.slot_id
WHERE b.state <> 'cancelled' AND (b.starts_at < s.starts_at OR b.ends_at > s.ends_at OR b.staff_member_id <> s.staff_member_id)`, none},
	{"a customer's bookings never overlap", `
SELECT CONCAT('bookings ', x.id, ' and ', y.id) FROM bookings x
JOIN bookings y ON y.tenant_id = x.tenant_id AND y.customer_id = x.customer_id AND y.id > x.id
  AND y.starts_at < x.ends_at AND y.ends_at > x.starts_at AND y.state = 'confirmed'
WHERE x.state = 'confirmed'`, none},
}
