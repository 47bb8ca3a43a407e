-- name: AddTenant :execlastid
INSERT INTO tenants (public_id, slug, wrapped_key, created_at) VALUES (?, ?, ?, ?);

-- name: GetTenantBySlug :one
SELECT * FROM tenants WHERE slug = ?;

-- name: GetBusinessBySlug :one
SELECT t.id, t.slug, s.name, s.zone, s.currency, s.locale, s.address
FROM tenants t JOIN settings s ON s.tenant_id = t.id WHERE t.slug = ?;

-- name: GetBusiness :one
SELECT t.id, t.slug, s.name, s.zone, s.currency, s.locale, s.address
FROM tenants t JOIN settings s ON s.tenant_id = t.id WHERE t.id = ?;

-- name: GetTenant :one
SELECT * FROM tenants WHERE id = ?;

-- name: CountTenants :one
SELECT COUNT(*) FROM tenants WHERE NOT demo;

-- name: TenantIDs :many
SELECT id FROM tenants ORDER BY id;

-- name: MarkDemo :execrows
UPDATE tenants SET demo = TRUE WHERE id = ?;

-- name: DemoOwner :one
SELECT t.id AS tenant_id, m.user_id FROM tenants t JOIN memberships m ON m.tenant_id = t.id
WHERE t.demo AND m.role = 'owner' ORDER BY t.id LIMIT 1;
