-- name: AddEmailChange :execlastid
INSERT INTO email_changes (user_id, public_id, new_email, new_email_hash, new_token_hash, old_token_hash, created_at, expires_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?);

-- name: GetEmailChange :one
SELECT * FROM email_changes WHERE id = ?;

-- name: EmailChangeOfUser :one
SELECT * FROM email_changes WHERE user_id = ?;

-- name: EmailChangeByToken :one
SELECT * FROM email_changes WHERE new_token_hash = sqlc.arg(token_hash) OR old_token_hash = sqlc.arg(token_hash);

-- name: AgreeAtNewEmail :execrows
UPDATE email_changes SET new_agreed_at = sqlc.arg(at) WHERE id = sqlc.arg(id) AND new_agreed_at IS NULL AND expires_at > sqlc.arg(now);

-- name: AgreeAtOldEmail :execrows
UPDATE email_changes SET old_agreed_at = sqlc.arg(at) WHERE id = sqlc.arg(id) AND old_agreed_at IS NULL AND expires_at > sqlc.arg(now);

-- name: TakeEmailChange :execrows
DELETE FROM email_changes WHERE id = sqlc.arg(id) AND new_agreed_at IS NOT NULL AND old_agreed_at IS NOT NULL AND expires_at > sqlc.arg(now);

-- name: DropEmailChange :execrows
DELETE FROM email_changes WHERE id = ?;

-- name: DropEmailChangeOfUser :execrows
DELETE FROM email_changes WHERE user_id = ?;

-- name: DeleteEmailChangesBefore :execrows
DELETE FROM email_changes WHERE expires_at < ? LIMIT 1000;

-- name: SetEmail :execrows
UPDATE users SET email = sqlc.arg(email), email_hash = sqlc.arg(email_hash) WHERE id = sqlc.arg(id);
