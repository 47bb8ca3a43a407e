-- name: AddSuppression :exec
INSERT INTO suppressions (tenant_id, email_hash, reason, created_at, email, note, user_id) VALUES (?, ?, ?, ?, ?, ?, ?);

-- name: GetSuppression :one
SELECT * FROM suppressions WHERE tenant_id = ? AND email_hash = ?;

-- name: SuppressionsOf :many
SELECT email_hash, reason FROM suppressions WHERE tenant_id = sqlc.arg(tenant_id) AND email_hash IN (sqlc.slice(email_hashes));

-- name: ListSuppressions :many
SELECT * FROM suppressions FORCE INDEX (suppressions_newest)
WHERE tenant_id = sqlc.arg(tenant_id) AND created_at <= sqlc.arg(at) AND (created_at < sqlc.arg(at) OR email_hash < sqlc.arg(email_hash))
ORDER BY created_at DESC, email_hash DESC
LIMIT ?;

-- name: ChangeSuppressionReason :execrows
UPDATE suppressions SET reason = sqlc.arg(to_reason) WHERE tenant_id = sqlc.arg(tenant_id) AND email_hash = sqlc.arg(email_hash) AND reason = sqlc.arg(from_reason);

-- name: DeleteSuppression :execrows
DELETE FROM suppressions WHERE tenant_id = sqlc.arg(tenant_id) AND email_hash = sqlc.arg(email_hash) AND reason = sqlc.arg(reason);

-- name: AddLiftedSuppression :exec
INSERT INTO lifted_suppressions (tenant_id, email_hash, reason, email, note, user_id, suppressed_at, lifted_by, lifted_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: LastLiftedSuppression :one
SELECT * FROM lifted_suppressions WHERE tenant_id = ? AND email_hash = ? ORDER BY id DESC LIMIT 1;

-- name: DeleteLiftedSuppression :execrows
DELETE FROM lifted_suppressions WHERE tenant_id = ? AND id = ?;

-- name: CustomersByEmails :many
SELECT * FROM customers WHERE tenant_id = sqlc.arg(tenant_id) AND email_hash IN (sqlc.slice(email_hashes)) ORDER BY id;

-- name: GetCustomerByUnsubscribe :one
SELECT * FROM customers WHERE unsubscribe_hash = ?;

-- name: KeepUnsubscribeLink :execrows
UPDATE customers SET unsubscribe_hash = sqlc.arg(unsubscribe_hash)
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND unsubscribe_version = sqlc.arg(unsubscribe_version);
