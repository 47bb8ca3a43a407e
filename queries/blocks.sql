-- name: AddBlock :execlastid
INSERT INTO blocks (tenant_id, public_id, name, email, phone, email_hash, phone_hash, reason, user_id, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: GetBlockByPublicID :one
SELECT * FROM blocks WHERE tenant_id = ? AND public_id = ?;

-- name: ListBlocks :many
SELECT * FROM blocks WHERE tenant_id = sqlc.arg(tenant_id) AND id < sqlc.arg(before_id) ORDER BY id DESC LIMIT ?;

-- name: DeleteBlock :execrows
DELETE FROM blocks WHERE tenant_id = ? AND id = ?;

-- name: FindBlocks :many
SELECT * FROM blocks WHERE tenant_id = sqlc.arg(tenant_id) AND (email_hash = sqlc.narg(email_hash) OR phone_hash = sqlc.narg(phone_hash)) ORDER BY id;

-- name: BlockedAddresses :many
SELECT email_hash FROM blocks WHERE tenant_id = sqlc.arg(tenant_id) AND email_hash IN (sqlc.slice(email_hashes));

-- name: BlockedPhones :many
SELECT phone_hash FROM blocks WHERE tenant_id = sqlc.arg(tenant_id) AND phone_hash IN (sqlc.slice(phone_hashes));

-- name: CustomersByContact :many
SELECT * FROM customers WHERE tenant_id = sqlc.arg(tenant_id) AND (email_hash = sqlc.narg(email_hash) OR phone_hash = sqlc.narg(phone_hash)) ORDER BY id LIMIT 100;

-- name: CustomersToHash :many
SELECT * FROM customers WHERE id > ? AND phone IS NOT NULL AND phone_hash IS NULL ORDER BY id LIMIT ?;

-- name: SetPhoneHash :execrows
UPDATE customers SET phone_hash = ? WHERE tenant_id = ? AND id = ? AND phone_hash IS NULL;

-- name: LiveEntriesByCustomers :many
SELECT * FROM entries WHERE tenant_id = sqlc.arg(tenant_id) AND customer_id IN (sqlc.slice(customer_ids)) AND live_service_id IS NOT NULL ORDER BY id;
