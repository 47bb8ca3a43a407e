-- name: AddSlug :exec
INSERT INTO slugs (slug, tenant_id, since) VALUES (?, ?, ?);

-- name: GetSlug :one
SELECT * FROM slugs WHERE slug = ?;

-- name: SlugsOf :many
SELECT slug FROM slugs WHERE tenant_id = ? ORDER BY since, slug;

-- name: SlugNow :one
SELECT t.slug FROM slugs s JOIN tenants t ON t.id = s.tenant_id WHERE s.slug = ? AND t.slug <> s.slug;

-- name: SetSlug :execrows
UPDATE tenants SET slug = sqlc.arg(slug) WHERE id = sqlc.arg(id) AND slug = sqlc.arg(slug_before);
