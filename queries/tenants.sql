-- name: AddTenant :execlastid
INSERT INTO tenants (public_id, slug, wrapped_key, created_at) VALUES (?, ?, ?, ?);

-- name: GetTenantBySlug :one
SELECT * FROM tenants WHERE slug = ?;

-- name: GetTenant :one
SELECT * FROM tenants WHERE id = ?;

-- name: CountTenants :one
SELECT COUNT(*) FROM tenants;

-- name: TenantIDs :many
SELECT id FROM tenants ORDER BY id;
