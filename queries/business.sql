-- name: LockStaffMembers :many
SELECT * FROM staff_members WHERE tenant_id = ? AND active ORDER BY id FOR UPDATE;

-- name: NextStaffPosition :one
SELECT CAST(COALESCE(MAX(position), 0) + 1 AS SIGNED) FROM staff_members WHERE tenant_id = ?;

-- name: RenameStaffMember :execrows
UPDATE staff_members SET name = sqlc.arg(name), version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND active AND version = sqlc.arg(version);

-- name: SetOwnHours :execrows
UPDATE staff_members SET own_hours = sqlc.arg(own_hours), version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND active AND version = sqlc.arg(version);

-- name: RemoveStaffMember :execrows
UPDATE staff_members SET active = FALSE WHERE tenant_id = ? AND id = ? AND active;

-- name: DeleteStaffService :execrows
DELETE FROM staff_services WHERE tenant_id = ? AND staff_member_id = ? AND service_id = ?;

-- name: NextServicePosition :one
SELECT CAST(COALESCE(MAX(position), 0) + 1 AS SIGNED) FROM services WHERE tenant_id = ?;

-- name: ChangeService :execrows
UPDATE services SET name = sqlc.arg(name), duration_minutes = sqlc.arg(duration_minutes), buffer_minutes = sqlc.arg(buffer_minutes),
  price_kind = sqlc.arg(price_kind), price_minor = sqlc.arg(price_minor), category_id = sqlc.arg(category_id), position = sqlc.arg(position), version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND active AND version = sqlc.arg(version);

-- name: SetServicePosition :execrows
UPDATE services SET position = ? WHERE tenant_id = ? AND id = ?;

-- name: LockServices :many
SELECT * FROM services WHERE tenant_id = ? ORDER BY id FOR UPDATE;

-- name: RemoveService :execrows
UPDATE services SET active = FALSE WHERE tenant_id = ? AND id = ? AND active;

-- name: RestoreService :execrows
UPDATE services SET active = TRUE WHERE tenant_id = ? AND id = ? AND NOT active;

-- name: SetServicePrice :execrows
UPDATE services SET price_minor = sqlc.arg(price_minor)
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND price_kind = 'amount';

-- name: AddOpeningHours :exec
INSERT INTO opening_hours (tenant_id, weekday, from_minute, to_minute) VALUES (?, ?, ?, ?);

-- name: DeleteOpeningHours :exec
DELETE FROM opening_hours WHERE tenant_id = ?;

-- name: ListClosures :many
SELECT * FROM closures WHERE tenant_id = ? ORDER BY from_date, id;

-- name: GetClosureByPublicID :one
SELECT * FROM closures WHERE tenant_id = ? AND public_id = ?;

-- name: AddClosure :execlastid
INSERT INTO closures (tenant_id, public_id, staff_member_id, from_date, to_date, from_minute, to_minute, repeats, every_weeks, weekdays, until_date, reason, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: ChangeClosure :execrows
UPDATE closures SET staff_member_id = sqlc.arg(staff_member_id), from_date = sqlc.arg(from_date), to_date = sqlc.arg(to_date),
  from_minute = sqlc.arg(from_minute), to_minute = sqlc.arg(to_minute), repeats = sqlc.arg(repeats), every_weeks = sqlc.arg(every_weeks),
  weekdays = sqlc.arg(weekdays), until_date = sqlc.arg(until_date), reason = sqlc.arg(reason), version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND version = sqlc.arg(version);

-- name: DeleteClosure :execrows
DELETE FROM closures WHERE tenant_id = ? AND id = ?;

-- name: BookingsAhead :many
SELECT b.id, b.public_id, b.staff_member_id, b.service_id, b.service_name, b.kind, b.starts_at, b.ends_at,
  c.public_id AS customer_public_id, c.name AS customer_name
FROM bookings b
LEFT JOIN customers c ON c.tenant_id = b.tenant_id AND c.id = b.customer_id
WHERE b.tenant_id = sqlc.arg(tenant_id) AND b.state = 'confirmed' AND b.cancel_due_at IS NULL AND b.ends_at > sqlc.arg(now)
ORDER BY b.starts_at, b.id;

-- name: SlotsAhead :many
SELECT * FROM slots
WHERE tenant_id = sqlc.arg(tenant_id) AND state IN ('open', 'held') AND withdraw_due_at IS NULL AND starts_at > sqlc.arg(now)
ORDER BY starts_at, id;

-- name: OffersAhead :many
SELECT o.slot_id, o.public_id, o.service_id, o.service_name, o.expires_at, c.public_id AS customer_public_id, c.name AS customer_name
FROM offers o
JOIN customers c ON c.tenant_id = o.tenant_id AND c.id = o.customer_id
WHERE o.tenant_id = ? AND o.state = 'pending' ORDER BY o.id;

-- name: WithdrawSlotNow :execrows
UPDATE slots SET withdraw_due_at = sqlc.arg(at), version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state IN ('open', 'held');

-- name: LiveEntriesOf :many
SELECT e.id, e.public_id, e.service_id, e.any_staff, c.public_id AS customer_public_id, c.name AS customer_name
FROM entries e
JOIN customers c ON c.tenant_id = e.tenant_id AND c.id = e.customer_id
WHERE e.tenant_id = sqlc.arg(tenant_id) AND e.service_id IN (sqlc.slice(service_ids))
  AND e.state IN ('unconfirmed', 'waiting', 'offered', 'paused')
ORDER BY e.id;

-- name: CountLiveEntriesByService :many
SELECT service_id, COUNT(*) AS waiting FROM entries
WHERE tenant_id = ? AND state IN ('unconfirmed', 'waiting', 'offered', 'paused') GROUP BY service_id;

-- name: CountAppointmentsBetween :one
SELECT COUNT(*) FROM bookings
WHERE tenant_id = sqlc.arg(tenant_id) AND kind = 'appointment' AND state IN ('confirmed', 'completed')
  AND starts_at >= sqlc.arg(from_time) AND starts_at < sqlc.arg(to_time);
