-- name: ListCategories :many
SELECT * FROM service_categories WHERE tenant_id = ? ORDER BY position, id;

-- name: LockCategories :many
SELECT * FROM service_categories WHERE tenant_id = ? ORDER BY id FOR UPDATE;

-- name: AddCategory :execlastid
INSERT INTO service_categories (tenant_id, public_id, name, position, created_at) VALUES (?, ?, ?, ?, ?);

-- name: RenameCategory :execrows
UPDATE service_categories SET name = sqlc.arg(name), version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND version = sqlc.arg(version);

-- name: SetCategoryPosition :execrows
UPDATE service_categories SET position = ? WHERE tenant_id = ? AND id = ?;

-- name: DeleteCategory :execrows
DELETE FROM service_categories WHERE tenant_id = ? AND id = ?;

-- name: ClearCategory :exec
UPDATE services SET category_id = NULL, position = position + sqlc.arg(behind) WHERE tenant_id = sqlc.arg(tenant_id) AND category_id = sqlc.arg(category_id);
