-- name: AddUserMessage :exec
INSERT INTO user_messages (tenant_id, message_id, kind, user_id, about_id, email, name, locale, cause_key, state, next_attempt_at, useful_until, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?, ?);

-- name: UserMessagesDue :many
SELECT id FROM user_messages WHERE state = 'pending' AND next_attempt_at <= sqlc.arg(now) ORDER BY next_attempt_at LIMIT ?;

-- name: ClaimUserMessage :execrows
UPDATE user_messages SET state = 'sending', claim_token = sqlc.arg(claim_token), lease_until = sqlc.arg(lease_until), attempts = attempts + 1
WHERE id = sqlc.arg(id) AND state = 'pending' AND next_attempt_at <= sqlc.arg(now);

-- name: BeginUserMessage :execrows
UPDATE user_messages SET error_class = sqlc.arg(error_class), lease_until = sqlc.arg(lease_until)
WHERE id = sqlc.arg(id) AND state = 'sending' AND claim_token = sqlc.arg(claim_token);

-- name: GetUserMessage :one
SELECT * FROM user_messages WHERE id = ?;

-- name: UserMessageLeasesPast :many
SELECT * FROM user_messages WHERE state = 'sending' AND lease_until <= sqlc.arg(at) ORDER BY lease_until LIMIT 200;

-- name: EndUserMessage :execrows
UPDATE user_messages SET state = sqlc.arg(to_state), sent_at = sqlc.arg(sent_at), error_class = sqlc.arg(error_class), claim_token = NULL, lease_until = NULL
WHERE id = sqlc.arg(id) AND state = 'sending' AND claim_token = sqlc.arg(claim_token);

-- name: PutBackUserMessage :execrows
UPDATE user_messages SET state = 'pending', next_attempt_at = sqlc.arg(next_attempt_at), error_class = sqlc.arg(error_class), claim_token = NULL, lease_until = NULL
WHERE id = sqlc.arg(id) AND state = 'sending' AND claim_token = sqlc.arg(claim_token);

-- name: DeleteUserMessagesBefore :execrows
DELETE FROM user_messages WHERE created_at < ? AND state NOT IN ('pending', 'sending') LIMIT 1000;

-- name: HomeOfUser :one
SELECT st.name, st.zone, st.locale
FROM memberships m
JOIN settings st ON st.tenant_id = m.tenant_id
WHERE m.user_id = ?
ORDER BY m.created_at, m.tenant_id
LIMIT 1;
