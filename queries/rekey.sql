-- name: BeginRekey :execrows
UPDATE settings SET rekeying = TRUE, rekey_since = sqlc.arg(at), rekey_after_id = 0, rekey_total = sqlc.arg(total), rekey_written = 0,
  rekey_moved_at = NULL, updated_at = sqlc.arg(now)
WHERE tenant_id = sqlc.arg(tenant_id);

-- name: EndRekey :execrows
UPDATE settings SET rekeying = FALSE, rekey_since = NULL, rekey_after_id = 0, rekey_moved_at = NULL
WHERE tenant_id = ? AND rekeying;

-- name: AdvanceRekey :execrows
UPDATE settings SET rekey_after_id = sqlc.arg(to_id), rekey_written = rekey_written + sqlc.arg(written), rekey_moved_at = sqlc.arg(now)
WHERE tenant_id = sqlc.arg(tenant_id) AND rekeying AND rekey_since = sqlc.arg(rekey_since) AND rekey_after_id = sqlc.arg(from_id);

-- name: SwitchOrderKey :execrows
UPDATE settings SET live_order_key = sqlc.arg(live_order_key), rekeying = FALSE, rekey_since = NULL, rekey_after_id = 0, rekey_moved_at = NULL
WHERE tenant_id = sqlc.arg(tenant_id) AND rekeying AND rekey_since = sqlc.arg(rekey_since);

-- name: RekeyingTenants :many
SELECT tenant_id FROM settings WHERE rekeying ORDER BY tenant_id;

-- name: CountEntriesOnList :one
SELECT COUNT(*) FROM entries WHERE tenant_id = ? AND state IN ('waiting', 'offered', 'paused', 'unconfirmed');

-- name: EntriesToRekey :many
SELECT id FROM entries WHERE tenant_id = ? AND id > ? AND live_service_id IS NOT NULL ORDER BY id LIMIT ?;

-- name: StaleEntriesA :many
SELECT id FROM entries WHERE tenant_id = ? AND live_service_id IS NOT NULL AND order_version_a <> ? ORDER BY id LIMIT ?;

-- name: StaleEntriesB :many
SELECT id FROM entries WHERE tenant_id = ? AND live_service_id IS NOT NULL AND order_version_b <> ? ORDER BY id LIMIT ?;

-- name: LockEntriesToRekey :many
SELECT id, customer_id, joined_at, priority, flexible_days, any_staff, passed_over FROM entries
WHERE tenant_id = sqlc.arg(tenant_id) AND id IN (sqlc.slice(ids)) AND live_service_id IS NOT NULL ORDER BY id FOR UPDATE;

-- name: CustomerFacts :many
SELECT id, visits, no_shows, offers_answered, offers_lapsed FROM customers WHERE tenant_id = sqlc.arg(tenant_id) AND id IN (sqlc.slice(ids));

-- name: RankFactsA :many
SELECT e.id, e.service_id, e.state, e.joined_at, e.priority, e.flexible_days, e.any_staff, e.passed_over, e.order_key_a AS order_key,
  c.visits, c.no_shows, c.offers_answered, c.offers_lapsed
FROM entries e JOIN customers c ON c.tenant_id = e.tenant_id AND c.id = e.customer_id
WHERE e.tenant_id = ? AND e.state IN ('waiting', 'offered', 'paused', 'unconfirmed')
ORDER BY e.order_key_a, e.id LIMIT ?;

-- name: RankFactsB :many
SELECT e.id, e.service_id, e.state, e.joined_at, e.priority, e.flexible_days, e.any_staff, e.passed_over, e.order_key_b AS order_key,
  c.visits, c.no_shows, c.offers_answered, c.offers_lapsed
FROM entries e JOIN customers c ON c.tenant_id = e.tenant_id AND c.id = e.customer_id
WHERE e.tenant_id = ? AND e.state IN ('waiting', 'offered', 'paused', 'unconfirmed')
ORDER BY e.order_key_b, e.id LIMIT ?;

-- name: SlotsToGiveNext :many
SELECT * FROM slots WHERE tenant_id = ? AND state IN ('open', 'held') AND starts_at > ? ORDER BY starts_at, id LIMIT ?;

-- name: WeightsChanges :many
SELECT a.*, u.public_id AS user_public_id, u.name AS user_name, k.name AS key_name
FROM audit_entries a LEFT JOIN users u ON u.id = a.actor_id AND a.actor = 'user'
LEFT JOIN api_keys k ON k.tenant_id = a.tenant_id AND k.id = a.actor_id AND a.actor = 'key'
WHERE a.tenant_id = sqlc.arg(tenant_id) AND a.record = 'settings' AND a.record_id = sqlc.arg(record_id) AND a.action = 'weights.change'
ORDER BY a.id DESC LIMIT ?;
