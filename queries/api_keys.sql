-- name: APIKeyNames :many
SELECT id, public_id, name FROM api_keys WHERE tenant_id = sqlc.arg(tenant_id) AND id IN (sqlc.slice(ids));

-- name: APIKeysThatActed :many
SELECT k.id, k.public_id, k.name FROM api_keys k
WHERE k.tenant_id = ? AND EXISTS (SELECT 1 FROM audit_entries a WHERE a.tenant_id = k.tenant_id AND a.actor = 'key' AND a.actor_id = k.id)
ORDER BY k.name, k.id LIMIT 200;
