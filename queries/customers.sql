-- name: AddCustomer :execlastid
INSERT INTO customers (tenant_id, public_id, name, email, phone, email_hash, identity_hash, locale, created_at, phone_hash)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

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

-- name: CustomersByEmail :many
SELECT * FROM customers WHERE tenant_id = ? AND email_hash = ? ORDER BY id;

-- name: RecentCustomers :many
SELECT * FROM customers WHERE tenant_id = sqlc.arg(tenant_id) AND id < sqlc.arg(before_id) ORDER BY id DESC LIMIT ?;

-- name: CustomersByPrefixes :many
SELECT c.* FROM customers c
JOIN (
  SELECT p.customer_id FROM customer_prefixes p
  WHERE p.tenant_id = sqlc.arg(tenant_id) AND p.prefix_hash IN (sqlc.slice(hashes)) AND p.customer_id < sqlc.arg(before_id)
  GROUP BY p.customer_id HAVING COUNT(*) = sqlc.arg(words)
  ORDER BY p.customer_id DESC LIMIT ?
) f ON f.customer_id = c.id
WHERE c.tenant_id = sqlc.arg(tenant_id)
ORDER BY c.id DESC;
