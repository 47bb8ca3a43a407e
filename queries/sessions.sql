-- name: AddSession :execlastid
INSERT INTO sessions (token_hash, user_id, tenant_id, created_at, seen_at, expires_at, device)
VALUES (sqlc.arg(token_hash), sqlc.arg(user_id), sqlc.arg(tenant_id), sqlc.arg(now), sqlc.arg(now), sqlc.arg(expires_at), sqlc.arg(device));

-- name: GetSession :one
SELECT s.id, s.seen_at, s.expires_at, s.tenant_id, s.user_id, u.public_id, u.name, u.email, u.locale, m.role, t.slug, t.demo,
  st.name AS business, st.locale AS business_locale, st.second_factor, f.since AS second_factor_since,
  (SELECT COUNT(*) FROM memberships o WHERE o.user_id = s.user_id) AS businesses,
  COALESCE(p.colour, '') AS colour, COALESCE(l.hash, '') AS logo_hash,
  CAST(COALESCE(l.width, 0) AS SIGNED) AS logo_width, CAST(COALESCE(l.height, 0) AS SIGNED) AS logo_height
FROM sessions s
JOIN users u ON u.id = s.user_id
JOIN memberships m ON m.tenant_id = s.tenant_id AND m.user_id = s.user_id
JOIN tenants t ON t.id = s.tenant_id
JOIN settings st ON st.tenant_id = s.tenant_id
LEFT JOIN second_factors f ON f.user_id = s.user_id
LEFT JOIN profiles p ON p.tenant_id = s.tenant_id
LEFT JOIN logos l ON l.tenant_id = s.tenant_id AND l.removed_at IS NULL
WHERE s.token_hash = ? AND s.revoked_at IS NULL;

-- name: TouchSession :exec
UPDATE sessions SET seen_at = sqlc.arg(now) WHERE id = sqlc.arg(id) AND seen_at < sqlc.arg(seen_before);

-- name: RevokeSession :execrows
UPDATE sessions SET revoked_at = sqlc.arg(at) WHERE token_hash = sqlc.arg(token_hash) AND revoked_at IS NULL;

-- name: RevokeSessionsOfUser :execrows
UPDATE sessions SET revoked_at = sqlc.arg(at) WHERE user_id = sqlc.arg(user_id) AND revoked_at IS NULL;

-- name: RevokeSessionsOfMember :execrows
UPDATE sessions SET revoked_at = sqlc.arg(at) WHERE tenant_id = sqlc.arg(tenant_id) AND user_id = sqlc.arg(user_id) AND revoked_at IS NULL;

-- name: DeleteSessionsOfMember :exec
DELETE FROM sessions WHERE tenant_id = ? AND user_id = ?;

-- name: DeleteSessionsBefore :execrows
DELETE FROM sessions WHERE expires_at < ? LIMIT 1000;
