-- name: AddPasswordRequest :exec
INSERT INTO password_requests (email_hash, locale, asked_at) VALUES (?, ?, ?);

-- name: PasswordRequests :many
SELECT * FROM password_requests ORDER BY id LIMIT 100;

-- name: TakePasswordRequest :execrows
DELETE FROM password_requests WHERE id = ?;

-- name: AddEmailedPasswordLink :exec
INSERT INTO password_links (user_id, token_hash, created_at, expires_at, emailed) VALUES (?, ?, ?, ?, TRUE);
