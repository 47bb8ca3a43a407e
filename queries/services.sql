-- name: AddService :execlastid
INSERT INTO services (tenant_id, public_id, name, duration_minutes, buffer_minutes, price_kind, price_minor, category_id, position, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: GetService :one
SELECT * FROM services WHERE tenant_id = ? AND id = ?;

-- name: GetServiceByPublicID :one
SELECT * FROM services WHERE tenant_id = ? AND public_id = ?;

-- name: ListServices :many
SELECT sqlc.embed(s), c.name AS category_name FROM services s
LEFT JOIN service_categories c ON c.tenant_id = s.tenant_id AND c.id = s.category_id
WHERE s.tenant_id = ? AND s.active ORDER BY s.category_id IS NULL, c.position, c.id, s.position, s.id;

-- name: AllServices :many
SELECT * FROM services WHERE tenant_id = ? ORDER BY position, id;
