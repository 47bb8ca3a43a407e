-- name: AddService :execlastid
INSERT INTO services (tenant_id, public_id, name, duration_minutes, buffer_minutes, price_kind, price_minor, position, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: GetService :one
SELECT * FROM services WHERE tenant_id = ? AND id = ?;

-- name: GetServiceByPublicID :one
SELECT * FROM services WHERE tenant_id = ? AND public_id = ?;

-- name: ListServices :many
SELECT * FROM services WHERE tenant_id = ? AND active ORDER BY position, id;

-- name: AllServices :many
SELECT * FROM services WHERE tenant_id = ? ORDER BY position, id;
