-- name: AddPasskey :execlastid
INSERT INTO passkeys (public_id, user_id, name, credential_hash, credential_id, public_key, sign_count, transports, backup_eligible, backed_up, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: ListPasskeys :many
SELECT * FROM passkeys WHERE user_id = ? ORDER BY created_at, id;

-- name: GetPasskeyByCredential :one
SELECT * FROM passkeys WHERE credential_hash = ?;

-- name: UsePasskey :execrows
UPDATE passkeys SET sign_count = sqlc.arg(sign_count), backed_up = sqlc.arg(backed_up), used_at = sqlc.arg(now)
WHERE id = sqlc.arg(id) AND (sign_count < sqlc.arg(sign_count) OR (sign_count = 0 AND sqlc.arg(sign_count) = 0));

-- name: RenamePasskey :execrows
UPDATE passkeys SET name = ? WHERE user_id = ? AND public_id = ?;

-- name: DeletePasskey :execrows
DELETE FROM passkeys WHERE user_id = ? AND public_id = ?;

-- name: AddPasskeyChallenge :exec
INSERT INTO passkey_challenges (token_hash, purpose, user_id, ceremony, expires_at) VALUES (?, ?, ?, ?, ?);

-- name: GetPasskeyChallenge :one
SELECT * FROM passkey_challenges WHERE token_hash = ?;

-- name: TakePasskeyChallenge :execrows
DELETE FROM passkey_challenges WHERE token_hash = ?;

-- name: DeletePasskeyChallengesBefore :execrows
DELETE FROM passkey_challenges WHERE expires_at < ? LIMIT 1000;
