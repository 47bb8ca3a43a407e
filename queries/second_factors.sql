-- name: GetSecondFactor :one
SELECT * FROM second_factors WHERE user_id = ?;

-- name: BeginSecondFactor :exec
INSERT INTO second_factors (user_id, next_secret) VALUES (sqlc.arg(user_id), sqlc.arg(next_secret))
ON DUPLICATE KEY UPDATE next_secret = sqlc.arg(next_secret);

-- name: ConfirmSecondFactor :execrows
UPDATE second_factors SET secret = next_secret, next_secret = NULL, last_step = sqlc.arg(step), since = sqlc.arg(now)
WHERE user_id = sqlc.arg(user_id) AND next_secret = sqlc.arg(next_secret);

-- name: UseCode :execrows
UPDATE second_factors SET last_step = sqlc.arg(step) WHERE user_id = sqlc.arg(user_id) AND secret = sqlc.arg(secret) AND last_step < sqlc.arg(step);

-- name: DeleteSecondFactor :execrows
DELETE FROM second_factors WHERE user_id = ?;

-- name: CountSecondFactors :one
SELECT COUNT(*) FROM second_factors WHERE user_id = ? AND secret IS NOT NULL;

-- name: AddRecoveryCode :exec
INSERT INTO recovery_codes (user_id, code_hash, created_at) VALUES (?, ?, ?);

-- name: UseRecoveryCode :execrows
UPDATE recovery_codes SET used_at = sqlc.arg(now) WHERE user_id = sqlc.arg(user_id) AND code_hash = sqlc.arg(code_hash) AND used_at IS NULL;

-- name: CountRecoveryCodes :one
SELECT COUNT(*) FROM recovery_codes WHERE user_id = ? AND used_at IS NULL;

-- name: DeleteRecoveryCodes :exec
DELETE FROM recovery_codes WHERE user_id = ?;

-- name: AddPendingLogIn :exec
INSERT INTO pending_log_ins (token_hash, user_id, tenant_id, created_at, expires_at) VALUES (?, ?, ?, ?, ?);

-- name: GetPendingLogIn :one
SELECT * FROM pending_log_ins WHERE token_hash = ?;

-- name: TakePendingLogIn :execrows
DELETE FROM pending_log_ins WHERE token_hash = sqlc.arg(token_hash) AND expires_at > sqlc.arg(now);

-- name: DeletePendingLogInsOfUser :exec
DELETE FROM pending_log_ins WHERE user_id = ?;

-- name: DeletePendingLogInsBefore :execrows
DELETE FROM pending_log_ins WHERE expires_at < ? LIMIT 1000;

-- name: WhoMustHaveSecondFactor :one
SELECT second_factor FROM settings WHERE tenant_id = ?;

-- name: DemandSecondFactor :execrows
UPDATE settings SET second_factor = sqlc.arg(demanded), updated_at = sqlc.arg(now) WHERE tenant_id = sqlc.arg(tenant_id) AND second_factor = sqlc.arg(demanded_before);
