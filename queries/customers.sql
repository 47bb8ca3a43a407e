-- name: AddCustomer :execlastid
INSERT INTO customers (tenant_id, public_id, name, email, phone, email_hash, identity_hash, locale, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: GetCustomer :one
SELECT * FROM customers WHERE tenant_id = ? AND id = ?;

-- name: GetCustomerByPublicID :one
SELECT * FROM customers WHERE tenant_id = ? AND public_id = ?;

-- name: FindCustomerByIdentity :one
SELECT id FROM customers WHERE tenant_id = ? AND identity_hash = ?;

-- name: LockCustomer :one
SELECT * FROM customers WHERE tenant_id = ? AND id = ? FOR UPDATE;

-- name: LockCustomersByEmail :many
SELECT id FROM customers WHERE tenant_id = ? AND email_hash = ? ORDER BY id FOR UPDATE;

-- name: CountAnswer :execrows
UPDATE customers SET offers_answered = offers_answered + 1 WHERE tenant_id = ? AND id = ?;

-- name: CountLapse :execrows
UPDATE customers SET offers_lapsed = offers_lapsed + 1 WHERE tenant_id = ? AND id = ?;

-- name: CountVisit :execrows
UPDATE customers SET visits = visits + 1 WHERE tenant_id = ? AND id = ?;

-- name: CountNoShow :execrows
UPDATE customers SET no_shows = no_shows + 1 WHERE tenant_id = ? AND id = ?;

-- name: CustomersByID :many
SELECT * FROM customers WHERE tenant_id = sqlc.arg(tenant_id) AND id IN (sqlc.slice(ids));

-- name: SuppressedAddresses :many
SELECT email_hash FROM suppressions WHERE tenant_id = sqlc.arg(tenant_id) AND email_hash IN (sqlc.slice(email_hashes));

-- name: AddSuppression :exec
INSERT INTO suppressions (tenant_id, email_hash, reason, created_at) VALUES (?, ?, ?, ?);
