-- name: AddSystemKey :exec
INSERT INTO system_keys (name, wrapped_key) VALUES (?, ?);

-- name: SystemKey :one
SELECT wrapped_key FROM system_keys WHERE name = ?;

-- name: TenantKey :one
SELECT wrapped_key FROM tenants WHERE id = ?;
