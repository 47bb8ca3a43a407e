-- name: APIKeyNames :many
SELECT id, public_id, name FROM api_keys WHERE tenant_id = sqlc.arg(tenant_id) AND id IN (sqlc.slice(ids));
