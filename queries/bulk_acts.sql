-- name: AddBulkAct :execlastid
INSERT INTO bulk_acts (tenant_id, public_id, user_id, key_id, act, priority, tag_id, reason, state, filter, total, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: GetBulkActByPublicID :one
SELECT * FROM bulk_acts WHERE tenant_id = ? AND public_id = ?;

-- name: GetBulkAct :one
SELECT * FROM bulk_acts WHERE tenant_id = ? AND id = ?;

-- name: RecentBulkActs :many
SELECT * FROM bulk_acts WHERE tenant_id = sqlc.arg(tenant_id) AND id < sqlc.arg(before_id) ORDER BY id DESC LIMIT ?;

-- name: BulkActsAtWork :many
SELECT * FROM bulk_acts WHERE state IN ('collecting', 'running', 'undoing') ORDER BY id LIMIT 100;

-- name: BeginBulkAct :execrows
UPDATE bulk_acts SET state = 'running', filter = NULL, total = sqlc.arg(total)
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'collecting';

-- name: EndBulkAct :execrows
UPDATE bulk_acts SET state = sqlc.arg(to_state), ended_at = sqlc.arg(at)
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = sqlc.arg(from_state);

-- name: BeginBulkUndo :execrows
UPDATE bulk_acts SET state = 'undoing', ended_at = NULL, undone_by = sqlc.arg(user_id), undone_by_key_id = sqlc.arg(key_id)
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'done';

-- name: CountBulkChanges :many
SELECT state, COUNT(*) AS entries FROM bulk_changes WHERE tenant_id = ? AND bulk_act_id = ? GROUP BY state;

-- name: BulkChangesIn :many
SELECT * FROM bulk_changes WHERE tenant_id = ? AND bulk_act_id = ? AND state = ? AND entry_id > ? ORDER BY entry_id LIMIT ?;

-- name: EndBulkChange :execrows
UPDATE bulk_changes SET state = sqlc.arg(to_state), before_state = sqlc.arg(before_state), before_priority = sqlc.arg(before_priority),
  after_version = sqlc.arg(after_version), changed_at = sqlc.arg(changed_at)
WHERE tenant_id = sqlc.arg(tenant_id) AND bulk_act_id = sqlc.arg(bulk_act_id) AND entry_id = sqlc.arg(entry_id) AND state = 'pending';

-- name: UndoBulkChange :execrows
UPDATE bulk_changes SET state = sqlc.arg(to_state)
WHERE tenant_id = sqlc.arg(tenant_id) AND bulk_act_id = sqlc.arg(bulk_act_id) AND entry_id = sqlc.arg(entry_id) AND state = 'changed';

-- name: CountPrioritiesSince :one
SELECT COUNT(*) FROM audit_entries
WHERE tenant_id = sqlc.arg(tenant_id) AND record = 'entries' AND record_id = sqlc.arg(entry_id) AND action = 'entry.priority' AND at > sqlc.arg(since);

-- name: LockBulkAct :one
SELECT * FROM bulk_acts WHERE tenant_id = ? AND id = ? FOR UPDATE;
