-- name: PutLogo :exec
INSERT INTO logos (tenant_id, image, hash, width, height, plate, removed_at, created_at) VALUES (?, ?, ?, ?, ?, ?, NULL, ?)
ON DUPLICATE KEY UPDATE image = VALUES(image), hash = VALUES(hash), width = VALUES(width), height = VALUES(height), plate = VALUES(plate),
  removed_at = NULL, created_at = VALUES(created_at);

-- name: GetLogoBySlug :one
SELECT l.image, l.hash FROM logos l JOIN tenants t ON t.id = l.tenant_id WHERE t.slug = ? AND l.removed_at IS NULL;

-- name: LogoState :one
SELECT hash, width, height, plate, removed_at FROM logos WHERE tenant_id = ?;

-- name: LockLogo :one
SELECT hash, removed_at FROM logos WHERE tenant_id = ? FOR UPDATE;

-- name: RemoveLogo :execrows
UPDATE logos SET removed_at = sqlc.arg(at) WHERE tenant_id = sqlc.arg(tenant_id) AND hash = sqlc.arg(hash) AND removed_at IS NULL;

-- name: RestoreLogo :execrows
UPDATE logos SET removed_at = NULL WHERE tenant_id = sqlc.arg(tenant_id) AND hash = sqlc.arg(hash) AND removed_at IS NOT NULL;
