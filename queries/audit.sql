-- name: AddAuditEntry :exec
INSERT INTO audit_entries (tenant_id, at, actor, actor_id, action, record, record_id, detail, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: AuditEntriesOf :many
SELECT * FROM audit_entries WHERE tenant_id = ? AND record = ? AND record_id = ? ORDER BY id DESC LIMIT 100;
