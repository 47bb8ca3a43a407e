-- name: AddWebhookDelivery :exec
INSERT INTO webhook_deliveries (tenant_id, public_id, endpoint_id, event_id, event_type, sequence, body, by_hand, next_attempt_at, happened_at, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: GetWebhookDeliveryByPublicID :one
SELECT * FROM webhook_deliveries WHERE tenant_id = ? AND public_id = ?;

-- name: GetWebhookDelivery :one
SELECT * FROM webhook_deliveries WHERE tenant_id = ? AND id = ?;

-- name: WebhookDeliveries :many
SELECT * FROM webhook_deliveries WHERE tenant_id = sqlc.arg(tenant_id) AND endpoint_id = sqlc.arg(endpoint_id) AND id < sqlc.arg(before)
ORDER BY id DESC LIMIT ?;

-- name: WebhookDeliveriesIn :many
SELECT * FROM webhook_deliveries WHERE tenant_id = sqlc.arg(tenant_id) AND endpoint_id = sqlc.arg(endpoint_id) AND id < sqlc.arg(before) AND state = sqlc.arg(state)
ORDER BY id DESC LIMIT ?;

-- name: LastWebhookTest :one
SELECT * FROM webhook_deliveries WHERE tenant_id = sqlc.arg(tenant_id) AND endpoint_id = sqlc.arg(endpoint_id) AND sequence IS NULL ORDER BY id DESC LIMIT 1;

-- name: WebhookDeliveriesDue :many
SELECT id FROM webhook_deliveries
WHERE tenant_id = sqlc.arg(tenant_id) AND endpoint_id = sqlc.arg(endpoint_id) AND state = 'pending' AND next_attempt_at <= sqlc.arg(now)
ORDER BY next_attempt_at, id LIMIT ?;

-- name: WebhookDeliveriesDueByHand :many
SELECT id FROM webhook_deliveries
WHERE by_hand = TRUE AND state = 'pending' AND next_attempt_at <= sqlc.arg(now) AND tenant_id = sqlc.arg(tenant_id) AND endpoint_id = sqlc.arg(endpoint_id)
ORDER BY next_attempt_at, id LIMIT ?;

-- name: ClaimWebhookDelivery :execrows
UPDATE webhook_deliveries SET state = 'sending', claim_token = sqlc.arg(claim_token), lease_until = sqlc.arg(lease_until), attempts = attempts + 1, attempted_at = sqlc.arg(at)
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'pending' AND next_attempt_at <= sqlc.arg(now);

-- name: EndWebhookDelivery :execrows
UPDATE webhook_deliveries SET state = sqlc.arg(to_state), by_hand = FALSE, step = sqlc.arg(step), next_attempt_at = sqlc.arg(next_attempt_at), claim_token = NULL, lease_until = NULL,
  signature = sqlc.arg(signature), duration_ms = sqlc.arg(duration_ms), status = sqlc.arg(status), class = sqlc.arg(class), answer = sqlc.arg(answer)
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'sending' AND claim_token = sqlc.arg(claim_token);

-- name: WebhookLeasesPast :many
SELECT * FROM webhook_deliveries WHERE lease_until <= sqlc.arg(at) ORDER BY lease_until LIMIT 200;

-- name: PutBackWebhookDelivery :execrows
UPDATE webhook_deliveries SET state = 'pending', next_attempt_at = sqlc.arg(next_attempt_at), class = sqlc.arg(class), claim_token = NULL, lease_until = NULL
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'sending' AND claim_token = sqlc.arg(claim_token);

-- name: AgainWebhookDelivery :execrows
UPDATE webhook_deliveries SET state = 'pending', by_hand = TRUE, step = 0, next_attempt_at = sqlc.arg(now)
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND attempts = sqlc.arg(attempts) AND state IN ('delivered', 'failed', 'pending');

-- name: CountFailedWebhookDeliveries :one
SELECT COUNT(*) FROM webhook_deliveries
WHERE tenant_id = sqlc.arg(tenant_id) AND endpoint_id = sqlc.arg(endpoint_id) AND state = 'failed' AND sequence IS NOT NULL
  AND happened_at >= sqlc.arg(from_at) AND happened_at < sqlc.arg(until_at);

-- name: AgainWebhookDeliveries :execrows
UPDATE webhook_deliveries SET state = 'pending', step = 0, next_attempt_at = sqlc.arg(now)
WHERE tenant_id = sqlc.arg(tenant_id) AND endpoint_id = sqlc.arg(endpoint_id) AND state = 'failed' AND sequence IS NOT NULL
  AND happened_at >= sqlc.arg(from_at) AND happened_at < sqlc.arg(until_at)
LIMIT ?;

-- name: DropPendingWebhookDeliveries :execrows
UPDATE webhook_deliveries SET state = 'failed', by_hand = FALSE, class = 'skipped'
WHERE tenant_id = sqlc.arg(tenant_id) AND endpoint_id = sqlc.arg(endpoint_id) AND state = 'pending' LIMIT ?;

-- name: WebhookDeliveriesToForget :many
SELECT tenant_id, id FROM webhook_deliveries WHERE created_at < ? ORDER BY created_at LIMIT ?;

-- name: ForgetWebhookDeliveries :execrows
DELETE FROM webhook_deliveries WHERE created_at < sqlc.arg(before) AND id IN (sqlc.slice(ids));

-- name: WebhookEntries :many
SELECT e.id, e.public_id, s.public_id AS service_public_id FROM entries e
JOIN services s ON s.tenant_id = e.tenant_id AND s.id = e.service_id
WHERE e.tenant_id = sqlc.arg(tenant_id) AND e.id IN (sqlc.slice(ids));

-- name: WebhookSlots :many
SELECT s.id, s.public_id, s.starts_at, s.ends_at, m.public_id AS staff_public_id, v.public_id AS service_public_id FROM slots s
JOIN staff_members m ON m.tenant_id = s.tenant_id AND m.id = s.staff_member_id
LEFT JOIN services v ON v.tenant_id = s.tenant_id AND v.id = s.service_id
WHERE s.tenant_id = sqlc.arg(tenant_id) AND s.id IN (sqlc.slice(ids));

-- name: WebhookOffers :many
SELECT o.id, o.public_id, o.starts_at, o.ends_at, s.public_id AS slot_public_id, s.starts_at AS slot_starts_at, s.ends_at AS slot_ends_at,
  e.public_id AS entry_public_id, v.public_id AS service_public_id, m.public_id AS staff_public_id, b.public_id AS booking_public_id
FROM offers o
JOIN slots s ON s.tenant_id = o.tenant_id AND s.id = o.slot_id
JOIN entries e ON e.tenant_id = o.tenant_id AND e.id = o.entry_id
JOIN services v ON v.tenant_id = o.tenant_id AND v.id = o.service_id
JOIN staff_members m ON m.tenant_id = o.tenant_id AND m.id = o.staff_member_id
LEFT JOIN bookings b ON b.tenant_id = o.tenant_id AND b.offer_id = o.id
WHERE o.tenant_id = sqlc.arg(tenant_id) AND o.id IN (sqlc.slice(ids));

-- name: WebhookBookings :many
SELECT b.id, b.public_id, b.kind, b.starts_at, b.ends_at, s.public_id AS slot_public_id, s.starts_at AS slot_starts_at, s.ends_at AS slot_ends_at,
  m.public_id AS staff_public_id, v.public_id AS service_public_id, e.public_id AS entry_public_id, o.public_id AS offer_public_id
FROM bookings b
JOIN slots s ON s.tenant_id = b.tenant_id AND s.id = b.slot_id
JOIN staff_members m ON m.tenant_id = b.tenant_id AND m.id = b.staff_member_id
LEFT JOIN services v ON v.tenant_id = b.tenant_id AND v.id = b.service_id
LEFT JOIN entries e ON e.tenant_id = b.tenant_id AND e.id = b.entry_id
LEFT JOIN offers o ON o.tenant_id = b.tenant_id AND o.id = b.offer_id
WHERE b.tenant_id = sqlc.arg(tenant_id) AND b.id IN (sqlc.slice(ids));

-- name: WebhookServices :many
SELECT id, public_id FROM services WHERE tenant_id = sqlc.arg(tenant_id) AND id IN (sqlc.slice(ids));

-- name: WebhookStaffMembers :many
SELECT id, public_id FROM staff_members WHERE tenant_id = sqlc.arg(tenant_id) AND id IN (sqlc.slice(ids));

-- name: AuditNamesOfWebhooks :many
SELECT id, public_id, name, removed_at FROM webhook_endpoints WHERE tenant_id = sqlc.arg(tenant_id) AND id IN (sqlc.slice(ids));
