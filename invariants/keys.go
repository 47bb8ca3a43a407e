package invariants

var keys = []invariant{
	{"an old secret of an API key ends within seven days of its rotation, and with the key", `
SELECT CONCAT('API key ', id) FROM api_keys
WHERE old_secret_hash IS NOT NULL
  AND (revoked_at IS NOT NULL OR rotated_at IS NULL OR old_secret_until IS NULL OR old_secret_until > rotated_at + INTERVAL 7 DAY)`, none},
	{"what an API key did is noted as done by a key of the same business", `
SELECT CONCAT('audit entry ', a.id) FROM tenants t
JOIN audit_entries a ON a.tenant_id = t.id AND a.actor = 'key'
LEFT JOIN api_keys k ON k.tenant_id = a.tenant_id AND k.id = a.actor_id
WHERE k.id IS NULL`, none},
}
