-- name: AddImport :execlastid
INSERT INTO imports (tenant_id, public_id, user_id, key_id, state, file_name, file_hash, mapping, rows_all, wording, created_at)
VALUES (?, ?, ?, ?, 'staged', ?, ?, ?, ?, '', ?);

-- name: GetImportByPublicID :one
SELECT * FROM imports WHERE tenant_id = ? AND public_id = ?;

-- name: LockImport :one
SELECT * FROM imports WHERE tenant_id = ? AND id = ? FOR UPDATE;

-- name: ListImports :many
SELECT * FROM imports WHERE tenant_id = sqlc.arg(tenant_id) AND id < sqlc.arg(before_id) ORDER BY id DESC LIMIT ?;

-- name: EarlierImports :many
SELECT * FROM imports WHERE tenant_id = sqlc.arg(tenant_id) AND file_hash = sqlc.arg(file_hash) AND id < sqlc.arg(before_id) AND state IN ('running', 'done') ORDER BY id DESC LIMIT 1;

-- name: ImportsAtWork :many
SELECT tenant_id, id, state FROM imports WHERE state IN ('running', 'undoing') ORDER BY id;

-- name: ImportsToForget :many
SELECT tenant_id, id FROM imports
WHERE (state IN ('staged', 'checked') AND created_at < sqlc.arg(uploaded_before))
   OR (state IN ('done', 'undone') AND ended_at < sqlc.arg(ended_before) AND rows_all > 0
     AND EXISTS (SELECT 1 FROM import_rows r WHERE r.tenant_id = imports.tenant_id AND r.import_id = imports.id))
ORDER BY id LIMIT 20;

-- name: SetImportChecked :execrows
UPDATE imports SET state = 'checked', mapping = sqlc.arg(mapping), rows_all = sqlc.arg(rows_all), rows_good = sqlc.arg(rows_good), rows_bad = sqlc.arg(rows_bad),
  rows_listed = sqlc.arg(rows_listed), version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state IN ('staged', 'checked') AND version = sqlc.arg(version);

-- name: StartImport :execrows
UPDATE imports SET state = 'running', consented = sqlc.arg(consented), wording = sqlc.arg(wording), locale = sqlc.arg(locale), version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'checked' AND version = sqlc.arg(version);

-- name: CountImported :execrows
UPDATE imports SET rows_added = rows_added + sqlc.arg(added), rows_listed = rows_listed + sqlc.arg(listed), rows_bad = rows_bad + sqlc.arg(bad)
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'running';

-- name: CountUndone :execrows
UPDATE imports SET rows_undone = rows_undone + sqlc.arg(undone), rows_kept = rows_kept + sqlc.arg(kept)
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'undoing';

-- name: MoveImport :execrows
UPDATE imports SET state = sqlc.arg(to_state), ended_at = sqlc.arg(ended_at), version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = sqlc.arg(from_state);

-- name: ImportRows :many
SELECT line, state, cells FROM import_rows WHERE tenant_id = ? AND import_id = ? ORDER BY line;

-- name: FirstImportRows :many
SELECT line, state, cells FROM import_rows WHERE tenant_id = ? AND import_id = ? ORDER BY line LIMIT ?;

-- name: ImportRowsIn :many
SELECT line, state, cells, entry_id FROM import_rows
WHERE tenant_id = sqlc.arg(tenant_id) AND import_id = sqlc.arg(import_id) AND state = sqlc.arg(state) AND line > sqlc.arg(after_line) ORDER BY line LIMIT ?;

-- name: MarkAllImportRows :execrows
UPDATE import_rows SET state = sqlc.arg(to_state) WHERE tenant_id = sqlc.arg(tenant_id) AND import_id = sqlc.arg(import_id);

-- name: MarkImportRows :execrows
UPDATE import_rows SET state = sqlc.arg(to_state)
WHERE tenant_id = sqlc.arg(tenant_id) AND import_id = sqlc.arg(import_id) AND state = sqlc.arg(from_state) AND line IN (sqlc.slice(of_lines));

-- name: DeleteImportRows :execrows
DELETE FROM import_rows WHERE tenant_id = ? AND import_id = ? LIMIT 2000;

-- name: CustomersByIdentities :many
SELECT * FROM customers WHERE tenant_id = sqlc.arg(tenant_id) AND identity_hash IN (sqlc.slice(identity_hashes));

-- name: CustomersByPhones :many
SELECT * FROM customers WHERE tenant_id = sqlc.arg(tenant_id) AND email_hash IS NULL AND phone_hash IN (sqlc.slice(phone_hashes)) ORDER BY id;

-- name: LockCustomersByID :many
SELECT * FROM customers WHERE tenant_id = sqlc.arg(tenant_id) AND id IN (sqlc.slice(ids)) ORDER BY id FOR UPDATE;

-- name: LiveEntriesOfCustomers :many
SELECT customer_id, service_id FROM entries WHERE tenant_id = sqlc.arg(tenant_id) AND customer_id IN (sqlc.slice(customer_ids)) AND live_service_id IS NOT NULL;

-- name: EntryIDsByPublicID :many
SELECT id, public_id FROM entries WHERE tenant_id = sqlc.arg(tenant_id) AND public_id IN (sqlc.slice(public_ids));

-- name: CustomerIDsByPublicID :many
SELECT id, public_id FROM customers WHERE tenant_id = sqlc.arg(tenant_id) AND public_id IN (sqlc.slice(public_ids));

-- name: LockEntriesByID :many
SELECT * FROM entries WHERE tenant_id = sqlc.arg(tenant_id) AND id IN (sqlc.slice(ids)) ORDER BY id FOR UPDATE;

-- name: StaffOffering :many
SELECT o.service_id, m.id, m.name FROM staff_services o
JOIN staff_members m ON m.tenant_id = o.tenant_id AND m.id = o.staff_member_id
WHERE o.tenant_id = ? AND m.active;
