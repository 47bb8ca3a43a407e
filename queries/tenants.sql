-- name: AddTenant :execlastid
INSERT INTO tenants (public_id, slug, wrapped_key, created_at) VALUES (?, ?, ?, ?);

-- name: GetTenantBySlug :one
SELECT * FROM tenants WHERE slug = ?;

-- name: GetBusinessBySlug :one
SELECT t.id, t.slug, s.name, s.zone, s.currency, s.locale, s.address,
  COALESCE(p.phone, '') AS phone, COALESCE(p.email, '') AS email, COALESCE(p.website, '') AS website, COALESCE(p.privacy, '') AS privacy,
  COALESCE(p.colour, '') AS colour, COALESCE(l.hash, '') AS logo_hash,
  CAST(COALESCE(l.width, 0) AS SIGNED) AS logo_width, CAST(COALESCE(l.height, 0) AS SIGNED) AS logo_height
FROM tenants t JOIN settings s ON s.tenant_id = t.id
LEFT JOIN profiles p ON p.tenant_id = t.id
LEFT JOIN logos l ON l.tenant_id = t.id AND l.removed_at IS NULL
WHERE t.slug = ?;

-- name: GetBusiness :one
SELECT t.id, t.slug, s.name, s.zone, s.currency, s.locale, s.address,
  COALESCE(p.phone, '') AS phone, COALESCE(p.email, '') AS email, COALESCE(p.website, '') AS website, COALESCE(p.privacy, '') AS privacy,
  COALESCE(p.colour, '') AS colour, COALESCE(l.hash, '') AS logo_hash,
  CAST(COALESCE(l.width, 0) AS SIGNED) AS logo_width, CAST(COALESCE(l.height, 0) AS SIGNED) AS logo_height
FROM tenants t JOIN settings s ON s.tenant_id = t.id
LEFT JOIN profiles p ON p.tenant_id = t.id
LEFT JOIN logos l ON l.tenant_id = t.id AND l.removed_at IS NULL
WHERE t.id = ?;

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
