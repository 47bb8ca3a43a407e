-- name: AddAuditEntry :exec
INSERT INTO audit_entries (tenant_id, at, actor, actor_id, action, record, record_id, detail, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: AuditEntriesOf :many
SELECT * FROM audit_entries WHERE tenant_id = ? AND record = ? AND record_id = ? ORDER BY id DESC LIMIT 100;

-- name: UnlinkedBusinesses :many
SELECT DISTINCT tenant_id FROM audit_entries WHERE chain_sequence IS NULL ORDER BY tenant_id LIMIT 1000;

-- name: UnlinkedAuditEntries :many
SELECT * FROM audit_entries WHERE tenant_id = ? AND chain_sequence IS NULL ORDER BY id LIMIT ?;

-- name: LinkAuditEntry :execrows
UPDATE audit_entries SET chain_sequence = sqlc.arg(chain_sequence), chain_hash = sqlc.arg(chain_hash), reason_hash = sqlc.arg(reason_hash)
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND chain_sequence IS NULL;

-- name: GetAuditHead :one
SELECT * FROM audit_heads WHERE tenant_id = ?;

-- name: AddAuditHead :exec
INSERT INTO audit_heads (tenant_id, length, hash, signature, linked_at) VALUES (?, ?, ?, ?, ?);

-- name: MoveAuditHead :execrows
UPDATE audit_heads SET length = sqlc.arg(length), hash = sqlc.arg(hash), signature = sqlc.arg(signature), linked_at = sqlc.arg(now)
WHERE tenant_id = sqlc.arg(tenant_id) AND length = sqlc.arg(length_before) AND hash = sqlc.arg(hash_before);

-- name: LastLinkedAuditEntry :one
SELECT * FROM audit_entries WHERE tenant_id = ? AND chain_sequence IS NOT NULL ORDER BY chain_sequence DESC LIMIT 1;

-- name: GetLinkedAuditEntry :one
SELECT * FROM audit_entries WHERE tenant_id = ? AND chain_sequence = ?;

-- name: AuditChainAfter :many
SELECT * FROM audit_entries WHERE tenant_id = ? AND chain_sequence > ? ORDER BY chain_sequence LIMIT ?;

-- name: CountUnlinkedAuditEntries :one
SELECT COUNT(*) FROM audit_entries WHERE tenant_id = ? AND chain_sequence IS NULL;

-- name: AuditHeadsToTell :many
SELECT * FROM audit_heads WHERE length > told_length AND (told_at IS NULL OR told_at <= sqlc.arg(told_before)) ORDER BY tenant_id LIMIT 1000;

-- name: ToldAuditHead :execrows
UPDATE audit_heads SET told_length = sqlc.arg(told_length), told_at = sqlc.arg(now)
WHERE tenant_id = sqlc.arg(tenant_id) AND (told_at IS NULL OR told_at <= sqlc.arg(told_before));

-- name: GetAuditCheck :one
SELECT * FROM audit_checks WHERE tenant_id = ?;

-- name: AddAuditCheck :exec
INSERT INTO audit_checks (tenant_id, asked_at, length) VALUES (?, ?, ?);

-- name: AgainAuditCheck :execrows
UPDATE audit_checks SET asked_at = sqlc.arg(asked_at), checked = 0, length = sqlc.arg(length), erased = 0, faults = 0, first_fault = '', first_sequence = 0,
  first_entry_id = 0, ended_at = NULL
WHERE tenant_id = sqlc.arg(tenant_id) AND ended_at IS NOT NULL;

-- name: RunningAuditChecks :many
SELECT * FROM audit_checks WHERE ended_at IS NULL ORDER BY asked_at LIMIT 100;

-- name: AdvanceAuditCheck :execrows
UPDATE audit_checks SET checked = sqlc.arg(checked), length = sqlc.arg(length), erased = sqlc.arg(erased), faults = sqlc.arg(faults),
  first_fault = sqlc.arg(first_fault), first_sequence = sqlc.arg(first_sequence), first_entry_id = sqlc.arg(first_entry_id), ended_at = sqlc.arg(ended_at)
WHERE tenant_id = sqlc.arg(tenant_id) AND asked_at = sqlc.arg(asked_at) AND checked = sqlc.arg(checked_before) AND ended_at IS NULL;
