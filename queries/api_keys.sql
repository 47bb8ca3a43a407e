-- name: APIKeyNames :many
SELECT id, public_id, name FROM api_keys WHERE tenant_id = sqlc.arg(tenant_id) AND id IN (sqlc.slice(ids));

-- name: APIKeysThatActed :many
SELECT k.id, k.public_id, k.name FROM api_keys k
WHERE k.tenant_id = ? AND EXISTS (SELECT 1 FROM audit_entries a WHERE a.tenant_id = k.tenant_id AND a.actor = 'key' AND a.actor_id = k.id)
ORDER BY k.name, k.id LIMIT 200;

-- name: AddAPIKey :execlastid
INSERT INTO api_keys (tenant_id, public_id, name, scopes, secret_hash, made_by, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?);

-- name: CountLiveAPIKeys :one
SELECT COUNT(*) FROM api_keys WHERE tenant_id = sqlc.arg(tenant_id) AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > sqlc.arg(now));

-- name: ListAPIKeys :many
SELECT k.*, u.public_id AS maker_public_id, u.name AS maker_name, CAST(COALESCE(m.user_id, 0) AS SIGNED) AS member FROM api_keys k
JOIN users u ON u.id = k.made_by
LEFT JOIN memberships m ON m.tenant_id = k.tenant_id AND m.user_id = k.made_by
WHERE k.tenant_id = ? ORDER BY k.revoked_at IS NULL DESC, k.created_at DESC, k.id DESC LIMIT 500;

-- name: GetAPIKey :one
SELECT k.*, u.public_id AS maker_public_id, u.name AS maker_name, CAST(COALESCE(m.user_id, 0) AS SIGNED) AS member FROM api_keys k
JOIN users u ON u.id = k.made_by
LEFT JOIN memberships m ON m.tenant_id = k.tenant_id AND m.user_id = k.made_by
WHERE k.tenant_id = ? AND k.public_id = ?;

-- name: LockAPIKey :one
SELECT * FROM api_keys WHERE tenant_id = ? AND public_id = ? FOR UPDATE;

-- name: UseAPIKey :one
SELECT id, tenant_id, public_id, name, scopes, secret_hash, old_secret_hash, old_secret_until, old_secret_used_at, token_version, made_by, last_used_at, expires_at, revoked_at,
  CURRENT_TIMESTAMP(6) AS clock
FROM api_keys WHERE public_id = ?;

-- name: ChangeAPIKey :execrows
UPDATE api_keys SET name = sqlc.arg(name), scopes = sqlc.arg(scopes), version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND version = sqlc.arg(version) AND revoked_at IS NULL;

-- name: RotateAPIKey :execrows
UPDATE api_keys SET secret_hash = sqlc.arg(secret_hash), old_secret_hash = sqlc.arg(old_secret_hash), old_secret_until = sqlc.arg(old_secret_until),
  old_secret_used_at = NULL, token_version = token_version + sqlc.arg(token_versions), rotated_at = sqlc.arg(rotated_at), version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND version = sqlc.arg(version) AND revoked_at IS NULL;

-- name: EndOldAPISecret :execrows
UPDATE api_keys SET old_secret_hash = NULL, old_secret_until = NULL, old_secret_used_at = NULL, token_version = token_version + 1, version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND version = sqlc.arg(version) AND revoked_at IS NULL AND old_secret_hash IS NOT NULL;

-- name: RevokeAPIKey :execrows
UPDATE api_keys SET revoked_at = sqlc.arg(revoked_at), old_secret_hash = NULL, old_secret_until = NULL, token_version = token_version + 1, version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND revoked_at IS NULL;

-- name: TouchAPIKey :exec
UPDATE api_keys SET last_used_at = sqlc.arg(now)
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND (last_used_at IS NULL OR last_used_at <= sqlc.arg(used_before));

-- name: TouchOldAPISecret :exec
UPDATE api_keys SET old_secret_used_at = sqlc.arg(now)
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND old_secret_hash = sqlc.arg(old_secret_hash) AND (old_secret_used_at IS NULL OR old_secret_used_at <= sqlc.arg(used_before));
