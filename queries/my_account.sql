-- name: SetProfile :execrows
UPDATE users SET name = sqlc.arg(name), locale = sqlc.arg(locale) WHERE id = sqlc.arg(id);

-- name: SessionsOfUser :many
SELECT s.id, s.tenant_id, s.created_at, s.seen_at, s.device, st.name AS business
FROM sessions s
JOIN settings st ON st.tenant_id = s.tenant_id
WHERE s.user_id = sqlc.arg(user_id) AND s.revoked_at IS NULL AND s.expires_at > sqlc.arg(now) AND s.seen_at > sqlc.arg(seen_after)
ORDER BY s.seen_at DESC, s.id DESC;

-- name: RevokeSessionOfUser :execrows
UPDATE sessions SET revoked_at = sqlc.arg(at) WHERE id = sqlc.arg(id) AND user_id = sqlc.arg(user_id) AND revoked_at IS NULL;

-- name: RevokeOtherSessionsOfUser :execrows
UPDATE sessions SET revoked_at = sqlc.arg(at) WHERE user_id = sqlc.arg(user_id) AND id <> sqlc.arg(id) AND revoked_at IS NULL;
