-- name: AddEntry :execlastid
INSERT INTO entries (tenant_id, public_id, customer_id, service_id, live_service_id, state, source, joined_at, confirmed_at, priority,
  flexible_days, any_staff, preferred_staff_id, earliest_on, latest_on, notice_minutes, order_key_a, order_key_b,
  order_version_a, order_version_b, consented, token_hash, token_version, note, created_at, may_gain, stays_from, changed_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: AddEntryStaff :exec
INSERT INTO entry_staff (tenant_id, entry_id, staff_member_id) VALUES (?, ?, ?);

-- name: AddEntryWindow :exec
INSERT INTO entry_windows (tenant_id, entry_id, weekday, from_minute, to_minute, preferred) VALUES (?, ?, ?, ?, ?, ?);

-- name: DeleteEntryStaff :exec
DELETE FROM entry_staff WHERE tenant_id = ? AND entry_id = ?;

-- name: DeleteEntryWindows :exec
DELETE FROM entry_windows WHERE tenant_id = ? AND entry_id = ?;

-- name: AddConsent :exec
INSERT INTO consents (tenant_id, customer_id, entry_id, wording, locale, given_at) VALUES (?, ?, ?, ?, ?, ?);

-- name: GetEntry :one
SELECT * FROM entries WHERE tenant_id = ? AND id = ?;

-- name: GetEntryByPublicID :one
SELECT * FROM entries WHERE tenant_id = ? AND public_id = ?;

-- name: GetEntryByToken :one
SELECT * FROM entries WHERE token_hash = ?;

-- name: FindLiveEntry :one
SELECT * FROM entries WHERE tenant_id = sqlc.arg(tenant_id) AND customer_id = sqlc.arg(customer_id) AND live_service_id = sqlc.arg(live_service_id);

-- name: LockLiveEntries :many
SELECT * FROM entries WHERE tenant_id = ? AND customer_id = ? AND live_service_id IS NOT NULL ORDER BY id FOR UPDATE;

-- name: LockEntry :one
SELECT * FROM entries WHERE tenant_id = ? AND id = ? FOR UPDATE;

-- name: EntriesByID :many
SELECT * FROM entries WHERE tenant_id = sqlc.arg(tenant_id) AND id IN (sqlc.slice(ids));

-- name: MoveEntry :execrows
UPDATE entries SET state = sqlc.arg(to_state), changed_at = sqlc.arg(changed_at), version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = sqlc.arg(from_state);

-- name: ConfirmEntry :execrows
UPDATE entries SET state = 'waiting', confirmed_at = sqlc.arg(at), stays_from = sqlc.arg(stays_from), stay_asked_at = NULL, joined_at = sqlc.arg(joined_at),
  order_key_a = sqlc.arg(order_key_a), order_key_b = sqlc.arg(order_key_b),
  order_version_a = sqlc.arg(order_version_a), order_version_b = sqlc.arg(order_version_b), changed_at = sqlc.arg(changed_at), version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'unconfirmed';

-- name: EndEntry :execrows
UPDATE entries SET state = sqlc.arg(to_state), live_service_id = NULL, ended_at = sqlc.arg(at), changed_at = sqlc.arg(changed_at), version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = sqlc.arg(from_state);

-- name: ChangeEntryWishes :execrows
UPDATE entries SET flexible_days = sqlc.arg(flexible_days), any_staff = sqlc.arg(any_staff), preferred_staff_id = sqlc.arg(preferred_staff_id),
  earliest_on = sqlc.arg(earliest_on), latest_on = sqlc.arg(latest_on), notice_minutes = sqlc.arg(notice_minutes), may_gain = sqlc.arg(may_gain),
  changed_at = sqlc.arg(changed_at), version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND live_service_id IS NOT NULL;

-- name: SetEntryPriority :execrows
UPDATE entries SET priority = sqlc.arg(priority), changed_at = sqlc.arg(changed_at), version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND live_service_id IS NOT NULL;

-- name: SetEntryKeys :execrows
UPDATE entries SET order_key_a = ?, order_key_b = ?, order_version_a = ?, order_version_b = ? WHERE tenant_id = ? AND id = ?;

-- name: PassOverEntry :execrows
UPDATE entries SET passed_over = passed_over + 1 WHERE tenant_id = ? AND id = ?;

-- name: ScanWaitingA :many
SELECT * FROM entries
WHERE tenant_id = sqlc.arg(tenant_id) AND service_id = sqlc.arg(service_id) AND state = 'waiting'
  AND order_key_a >= sqlc.arg(after_key) AND (order_key_a > sqlc.arg(after_key) OR id > sqlc.arg(after_id))
ORDER BY order_key_a, id LIMIT ?;

-- name: ScanWaitingB :many
SELECT * FROM entries
WHERE tenant_id = sqlc.arg(tenant_id) AND service_id = sqlc.arg(service_id) AND state = 'waiting'
  AND order_key_b >= sqlc.arg(after_key) AND (order_key_b > sqlc.arg(after_key) OR id > sqlc.arg(after_id))
ORDER BY order_key_b, id LIMIT ?;

-- name: ScanFondA :many
SELECT * FROM entries
WHERE tenant_id = sqlc.arg(tenant_id) AND service_id = sqlc.arg(service_id) AND state = 'waiting' AND may_gain = 1
  AND order_key_a >= sqlc.arg(after_key) AND order_key_a <= sqlc.arg(until_key) AND (order_key_a > sqlc.arg(after_key) OR id > sqlc.arg(after_id))
  AND preferred_staff_id = sqlc.arg(preferred_staff_id)
ORDER BY order_key_a, id LIMIT ?;

-- name: ScanTimedA :many
SELECT * FROM entries
WHERE tenant_id = sqlc.arg(tenant_id) AND service_id = sqlc.arg(service_id) AND state = 'waiting' AND may_gain = 2
  AND order_key_a >= sqlc.arg(after_key) AND order_key_a <= sqlc.arg(until_key) AND (order_key_a > sqlc.arg(after_key) OR id > sqlc.arg(after_id))
ORDER BY order_key_a, id LIMIT ?;

-- name: ScanFondB :many
SELECT * FROM entries
WHERE tenant_id = sqlc.arg(tenant_id) AND service_id = sqlc.arg(service_id) AND state = 'waiting' AND may_gain = 1
  AND order_key_b >= sqlc.arg(after_key) AND order_key_b <= sqlc.arg(until_key) AND (order_key_b > sqlc.arg(after_key) OR id > sqlc.arg(after_id))
  AND preferred_staff_id = sqlc.arg(preferred_staff_id)
ORDER BY order_key_b, id LIMIT ?;

-- name: ScanTimedB :many
SELECT * FROM entries
WHERE tenant_id = sqlc.arg(tenant_id) AND service_id = sqlc.arg(service_id) AND state = 'waiting' AND may_gain = 2
  AND order_key_b >= sqlc.arg(after_key) AND order_key_b <= sqlc.arg(until_key) AND (order_key_b > sqlc.arg(after_key) OR id > sqlc.arg(after_id))
ORDER BY order_key_b, id LIMIT ?;

-- name: EntryStaffOf :many
SELECT entry_id, staff_member_id FROM entry_staff WHERE tenant_id = sqlc.arg(tenant_id) AND entry_id IN (sqlc.slice(entry_ids));

-- name: EntryWindowsOf :many
SELECT * FROM entry_windows WHERE tenant_id = sqlc.arg(tenant_id) AND entry_id IN (sqlc.slice(entry_ids)) ORDER BY entry_id, id;

-- name: CountAheadA :one
SELECT COUNT(*) FROM entries
WHERE tenant_id = sqlc.arg(tenant_id) AND service_id = sqlc.arg(service_id) AND state = 'waiting'
  AND order_key_a <= sqlc.arg(order_key) AND (order_key_a < sqlc.arg(order_key) OR id < sqlc.arg(id));

-- name: CountAheadB :one
SELECT COUNT(*) FROM entries
WHERE tenant_id = sqlc.arg(tenant_id) AND service_id = sqlc.arg(service_id) AND state = 'waiting'
  AND order_key_b <= sqlc.arg(order_key) AND (order_key_b < sqlc.arg(order_key) OR id < sqlc.arg(id));

-- name: CountLiveEntries :one
SELECT COUNT(*) FROM entries WHERE tenant_id = ? AND state IN ('waiting', 'offered', 'paused');

-- name: ListLiveEntriesA :many
SELECT * FROM entries
WHERE tenant_id = ? AND state IN ('waiting', 'offered', 'paused', 'unconfirmed')
ORDER BY order_key_a, id LIMIT ?;

-- name: ListLiveEntriesB :many
SELECT * FROM entries
WHERE tenant_id = ? AND state IN ('waiting', 'offered', 'paused', 'unconfirmed')
ORDER BY order_key_b, id LIMIT ?;

-- name: EntriesPastTheirDates :many
SELECT tenant_id, id, customer_id FROM entries
WHERE tenant_id = ? AND state IN ('unconfirmed', 'waiting', 'paused') AND latest_on < ? ORDER BY id LIMIT 200;

-- name: ReviveEntry :execrows
UPDATE entries SET state = sqlc.arg(to_state), live_service_id = service_id, ended_at = NULL, joined_at = sqlc.arg(joined_at),
  confirmed_at = sqlc.arg(confirmed_at), stays_from = sqlc.arg(stays_from), stay_asked_at = NULL, changed_at = sqlc.arg(changed_at), version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'booked';
