-- name: SetEntryNote :execrows
UPDATE entries SET note = sqlc.arg(note), changed_at = sqlc.arg(changed_at), version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id);

-- name: CountWaitingFor :one
SELECT COUNT(*) FROM entries WHERE tenant_id = ? AND service_id = ? AND state = 'waiting';

-- name: EntriesOfCustomer :many
SELECT * FROM entries WHERE tenant_id = ? AND customer_id = ? ORDER BY id DESC LIMIT 50;

-- name: BookingsOfCustomer :many
SELECT * FROM bookings WHERE tenant_id = ? AND customer_id = ? ORDER BY starts_at DESC LIMIT 50;

-- name: MessagesOfCustomer :many
SELECT * FROM outbox WHERE tenant_id = ? AND customer_id = ? ORDER BY id DESC LIMIT 50;

-- name: UsersNamed :many
SELECT id, public_id, name FROM users WHERE id IN (sqlc.slice(ids));
