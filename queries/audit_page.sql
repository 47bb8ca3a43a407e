-- name: AuditHashes :many
SELECT chain_sequence, chain_hash FROM audit_entries WHERE tenant_id = sqlc.arg(tenant_id) AND chain_sequence IN (sqlc.slice(sequences));

-- name: AuditEntriesOfRecord :many
SELECT * FROM audit_entries WHERE tenant_id = sqlc.arg(tenant_id) AND record = sqlc.arg(record) AND record_id IN (sqlc.slice(record_ids)) ORDER BY id DESC LIMIT 100;

-- name: AuditActors :many
SELECT DISTINCT actor_id FROM audit_entries WHERE tenant_id = ? AND actor = 'user' AND actor_id IS NOT NULL LIMIT 200;

-- name: AuditNamesOfUsers :many
SELECT u.id, u.public_id, u.name, CAST(COALESCE(m.user_id, 0) AS SIGNED) AS member FROM users u
LEFT JOIN memberships m ON m.user_id = u.id AND m.tenant_id = sqlc.arg(tenant_id)
WHERE u.id IN (sqlc.slice(ids)) ORDER BY u.id;

-- name: AuditNamesOfEntries :many
SELECT e.id, e.public_id, c.public_id AS customer_public_id, c.name AS customer_name FROM entries e
JOIN customers c ON c.tenant_id = e.tenant_id AND c.id = e.customer_id
WHERE e.tenant_id = sqlc.arg(tenant_id) AND e.id IN (sqlc.slice(ids));

-- name: AuditNamesOfOffers :many
SELECT o.id, s.public_id, o.starts_at, c.public_id AS customer_public_id, c.name AS customer_name FROM offers o
JOIN slots s ON s.tenant_id = o.tenant_id AND s.id = o.slot_id
JOIN customers c ON c.tenant_id = o.tenant_id AND c.id = o.customer_id
WHERE o.tenant_id = sqlc.arg(tenant_id) AND o.id IN (sqlc.slice(ids));

-- name: AuditNamesOfBookings :many
SELECT b.id, b.public_id, b.starts_at, b.customer_id, c.public_id AS customer_public_id, c.name AS customer_name FROM bookings b
LEFT JOIN customers c ON c.tenant_id = b.tenant_id AND c.id = b.customer_id
WHERE b.tenant_id = sqlc.arg(tenant_id) AND b.id IN (sqlc.slice(ids));

-- name: AuditNamesOfSlots :many
SELECT s.id, s.public_id, s.starts_at, m.name FROM slots s
JOIN staff_members m ON m.tenant_id = s.tenant_id AND m.id = s.staff_member_id
WHERE s.tenant_id = sqlc.arg(tenant_id) AND s.id IN (sqlc.slice(ids));

-- name: AuditNamesOfClosures :many
SELECT id, public_id FROM closures WHERE tenant_id = sqlc.arg(tenant_id) AND id IN (sqlc.slice(ids));

-- name: AuditNamesOfCustomers :many
SELECT id, public_id, name FROM customers WHERE tenant_id = sqlc.arg(tenant_id) AND id IN (sqlc.slice(ids));
