-- name: GetJoining :one
SELECT * FROM joining WHERE tenant_id = ?;

-- name: LockJoining :one
SELECT * FROM joining WHERE tenant_id = ? FOR UPDATE;

-- name: AddJoining :exec
INSERT INTO joining (tenant_id, updated_at, version) VALUES (?, ?, 0) ON DUPLICATE KEY UPDATE tenant_id = VALUES(tenant_id);

-- name: UpdateJoining :execrows
UPDATE joining SET list_cap = ?, paused = ?, paused_until = ?, pause_reason = ?, expiry_days = ?, updated_at = ?, version = version + 1
WHERE tenant_id = ? AND version = ?;

-- name: ListCaps :many
SELECT c.service_id, s.public_id, c.list_cap FROM list_caps c JOIN services s ON s.tenant_id = c.tenant_id AND s.id = c.service_id WHERE c.tenant_id = ?;

-- name: LockListCap :one
SELECT * FROM list_caps WHERE tenant_id = ? AND service_id = ? FOR UPDATE;

-- name: SetListCap :exec
INSERT INTO list_caps (tenant_id, service_id, list_cap) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE list_cap = VALUES(list_cap);

-- name: DeleteListCap :exec
DELETE FROM list_caps WHERE tenant_id = ? AND service_id = ?;

-- name: CountPlaces :one
SELECT COUNT(*) FROM entries WHERE tenant_id = ? AND state IN ('unconfirmed', 'waiting', 'offered', 'paused');

-- name: CountPlacesOf :one
SELECT COUNT(*) FROM entries WHERE tenant_id = ? AND service_id = ? AND state IN ('unconfirmed', 'waiting', 'offered', 'paused');

-- name: CountPlacesByService :many
SELECT service_id, COUNT(*) AS places FROM entries WHERE tenant_id = ? AND state IN ('unconfirmed', 'waiting', 'offered', 'paused') GROUP BY service_id;

-- name: ExpiringTenants :many
SELECT tenant_id, expiry_days FROM joining WHERE expiry_days > 0 ORDER BY tenant_id;

-- name: CappedTenants :many
SELECT tenant_id FROM joining WHERE list_cap > 0 UNION SELECT tenant_id FROM list_caps;

-- name: EntriesToAsk :many
SELECT * FROM entries
WHERE tenant_id = sqlc.arg(tenant_id) AND state IN ('waiting', 'paused') AND stays_from <= sqlc.arg(since) AND stay_asked_at IS NULL ORDER BY id LIMIT 200;

-- name: EntriesToExpire :many
SELECT id FROM entries
WHERE tenant_id = sqlc.arg(tenant_id) AND state IN ('waiting', 'paused') AND stays_from <= sqlc.arg(since) AND stay_asked_at <= sqlc.arg(asked_by) ORDER BY id LIMIT 200;

-- name: EntriesNeverConfirmed :many
SELECT id FROM entries WHERE tenant_id = sqlc.arg(tenant_id) AND state = 'unconfirmed' AND stays_from <= sqlc.arg(since) ORDER BY id LIMIT 200;

-- name: MarkEntryAsked :execrows
UPDATE entries SET stay_asked_at = sqlc.arg(at) WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state IN ('waiting', 'paused') AND stay_asked_at IS NULL;

-- name: LetEntryStay :execrows
UPDATE entries SET stays_from = sqlc.arg(at), stay_asked_at = NULL, changed_at = sqlc.arg(at), version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND live_service_id IS NOT NULL;

-- name: BringEntryBack :execrows
UPDATE entries SET state = sqlc.arg(to_state), live_service_id = service_id, ended_at = NULL, stays_from = sqlc.arg(at), stay_asked_at = NULL, changed_at = sqlc.arg(at), version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state IN ('expired', 'removed');

-- name: GetListCap :one
SELECT * FROM list_caps WHERE tenant_id = ? AND service_id = ?;
