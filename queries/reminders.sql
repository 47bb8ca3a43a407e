-- name: OffersToRemind :many
SELECT tenant_id, id FROM offers WHERE state = 'pending' AND remind_at <= sqlc.arg(at) AND withdraw_due_at IS NULL ORDER BY remind_at LIMIT ?;

-- name: RemindOffer :execrows
UPDATE offers SET remind_at = NULL, version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'pending' AND expires_at > sqlc.arg(now) AND remind_at <= sqlc.arg(at) AND withdraw_due_at IS NULL;

-- name: BookingsToRemind :many
SELECT b.tenant_id, b.id, b.starts_at, b.created_at, s.zone, s.reminder_hours, s.quiet_from_minute, s.quiet_to_minute
FROM bookings b JOIN settings s ON s.tenant_id = b.tenant_id JOIN customers c ON c.tenant_id = b.tenant_id AND c.id = b.customer_id
WHERE b.reminded_at IS NULL AND b.starts_at >= sqlc.arg(starts_from) AND b.starts_at < sqlc.arg(starts_to)
  AND (b.starts_at > sqlc.arg(starts_from) OR b.id > sqlc.arg(after_id))
  AND b.state = 'confirmed' AND b.cancel_due_at IS NULL AND s.reminder_hours > 0
  AND TIMESTAMPDIFF(HOUR, sqlc.arg(now), b.starts_at) <= s.reminder_hours + 24 AND c.email IS NOT NULL
ORDER BY b.starts_at, b.id LIMIT ?;

-- name: RemindBooking :execrows
UPDATE bookings SET reminded_at = sqlc.arg(at), version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'confirmed' AND reminded_at IS NULL AND cancel_due_at IS NULL AND starts_at > sqlc.arg(now);

-- name: SayComing :execrows
UPDATE bookings SET coming_at = sqlc.arg(at), version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'confirmed' AND coming_at IS NULL AND starts_at > sqlc.arg(now);

-- name: BookingsToThank :many
SELECT b.tenant_id, b.id, b.ends_at, s.zone, s.thanks_hours, s.quiet_from_minute, s.quiet_to_minute
FROM bookings b JOIN settings s ON s.tenant_id = b.tenant_id JOIN customers c ON c.tenant_id = b.tenant_id AND c.id = b.customer_id
WHERE b.thanked_at IS NULL AND b.ends_at >= sqlc.arg(ends_from) AND b.ends_at < sqlc.arg(ends_to)
  AND (b.ends_at > sqlc.arg(ends_from) OR b.id > sqlc.arg(after_id))
  AND b.state IN ('confirmed', 'completed') AND b.cancel_due_at IS NULL AND b.attend_as <> 'no_show' AND s.thanks_hours > 0 AND c.email IS NOT NULL
  AND NOT EXISTS (
    SELECT 1 FROM bookings o WHERE o.tenant_id = b.tenant_id AND o.customer_id = b.customer_id AND o.thanked_at > sqlc.arg(thanked_since)
  )
ORDER BY b.ends_at, b.id LIMIT ?;

-- name: CountThanksSince :one
SELECT COUNT(*) FROM bookings WHERE tenant_id = sqlc.arg(tenant_id) AND customer_id = sqlc.arg(customer_id) AND thanked_at > sqlc.arg(since);

-- name: ThankBooking :execrows
UPDATE bookings SET thanked_at = sqlc.arg(at), version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state IN ('confirmed', 'completed') AND thanked_at IS NULL AND cancel_due_at IS NULL
  AND attend_as <> 'no_show' AND ends_at <= sqlc.arg(now);

-- name: UpdateMessageTimes :execrows
UPDATE settings SET offer_reminder_minutes = ?, reminder_hours = ?, thanks_hours = ?, updated_at = ?, version = version + 1
WHERE tenant_id = ? AND version = ?;
