-- name: AddTag :exec
INSERT INTO tags (tenant_id, public_id, name, live_name, colour, created_at) VALUES (?, ?, ?, ?, ?, ?);

-- name: ListTags :many
SELECT * FROM tags WHERE tenant_id = ? AND live_name IS NOT NULL ORDER BY live_name;

-- name: GetTagByPublicID :one
SELECT * FROM tags WHERE tenant_id = ? AND public_id = ?;

-- name: GetTag :one
SELECT * FROM tags WHERE tenant_id = ? AND id = ?;

-- name: LockTag :one
SELECT * FROM tags WHERE tenant_id = ? AND id = ? FOR UPDATE;

-- name: ChangeTag :execrows
UPDATE tags SET name = sqlc.arg(name), live_name = sqlc.arg(live_name), colour = sqlc.arg(colour), version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND version = sqlc.arg(version) AND live_name IS NOT NULL;

-- name: RemoveTag :execrows
UPDATE tags SET live_name = NULL, version = version + 1 WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND live_name IS NOT NULL;

-- name: RestoreTag :execrows
UPDATE tags SET live_name = sqlc.arg(live_name), version = version + 1 WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND live_name IS NULL;

-- name: CountTagged :many
SELECT tag_id, COUNT(*) AS customers FROM customer_tags WHERE tenant_id = ? GROUP BY tag_id;

-- name: TagsOfCustomers :many
SELECT ct.customer_id, t.public_id, t.name, t.colour FROM customer_tags ct JOIN tags t ON t.tenant_id = ct.tenant_id AND t.id = ct.tag_id
WHERE ct.tenant_id = sqlc.arg(tenant_id) AND t.live_name IS NOT NULL AND ct.customer_id IN (sqlc.slice(customer_ids))
ORDER BY t.live_name;

-- name: FindCustomerTag :one
SELECT * FROM customer_tags WHERE tenant_id = ? AND tag_id = ? AND customer_id = ?;

-- name: GiveTag :exec
INSERT INTO customer_tags (tenant_id, tag_id, customer_id, given_at) VALUES (?, ?, ?, ?);

-- name: TakeTag :execrows
DELETE FROM customer_tags WHERE tenant_id = ? AND tag_id = ? AND customer_id = ?;
