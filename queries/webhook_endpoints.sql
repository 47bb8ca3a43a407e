-- name: AddWebhookEndpoint :execlastid
INSERT INTO webhook_endpoints (tenant_id, public_id, name, url, event_types, secret, after_sequence, created_by, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: ListWebhookEndpoints :many
SELECT * FROM webhook_endpoints WHERE tenant_id = ? AND removed_at IS NULL ORDER BY name, id;

-- name: GetWebhookEndpointByPublicID :one
SELECT * FROM webhook_endpoints WHERE tenant_id = ? AND public_id = ?;

-- name: GetWebhookEndpoint :one
SELECT * FROM webhook_endpoints WHERE tenant_id = ? AND id = ?;

-- name: LockWebhookEndpoint :one
SELECT * FROM webhook_endpoints WHERE tenant_id = ? AND id = ? FOR UPDATE;

-- name: CountStoppedWebhookEndpoints :one
SELECT COUNT(*) FROM webhook_endpoints WHERE tenant_id = ? AND state = 'stopped' AND removed_at IS NULL;

-- name: ChangeWebhookEndpoint :execrows
UPDATE webhook_endpoints SET name = sqlc.arg(name), url = sqlc.arg(url), event_types = sqlc.arg(event_types), version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND version = sqlc.arg(version) AND removed_at IS NULL;

-- name: RotateWebhookSecret :execrows
UPDATE webhook_endpoints SET secret = sqlc.arg(secret), old_secret = sqlc.arg(old_secret), old_secret_until = sqlc.arg(old_secret_until), version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND version = sqlc.arg(version) AND removed_at IS NULL;

-- name: PauseWebhookEndpoint :execrows
UPDATE webhook_endpoints SET state = 'paused', stopped_because = '', version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'active' AND removed_at IS NULL;

-- name: ResumeWebhookEndpoint :execrows
UPDATE webhook_endpoints SET state = 'active', stopped_because = '', failing_since = NULL, failures = 0, wait_until = NULL, after_sequence = sqlc.arg(after_sequence), version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state IN ('paused', 'stopped') AND removed_at IS NULL;

-- name: StopWebhookEndpoint :execrows
UPDATE webhook_endpoints SET state = 'stopped', stopped_because = sqlc.arg(because), version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'active' AND removed_at IS NULL;

-- name: RemoveWebhookEndpoint :execrows
UPDATE webhook_endpoints SET removed_at = sqlc.arg(now), version = version + 1 WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND removed_at IS NULL;

-- name: RestoreWebhookEndpoint :execrows
UPDATE webhook_endpoints SET removed_at = NULL, version = version + 1 WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND removed_at IS NOT NULL;

-- name: WebhookDelivered :execrows
UPDATE webhook_endpoints SET failing_since = NULL, failures = 0, wait_until = NULL, last_at = sqlc.arg(at), last_status = sqlc.arg(status), last_class = ''
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id);

-- name: WebhookFailed :execrows
UPDATE webhook_endpoints SET failing_since = sqlc.arg(failing_since), failures = failures + 1, wait_until = sqlc.arg(wait_until),
  last_at = sqlc.arg(at), last_status = sqlc.arg(status), last_class = sqlc.arg(class)
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id);

-- name: WebhookEndpointsBehind :many
SELECT e.* FROM webhook_endpoints e JOIN audit_heads h ON h.tenant_id = e.tenant_id
WHERE e.state = 'active' AND e.removed_at IS NULL AND e.after_sequence < h.length ORDER BY e.tenant_id, e.id LIMIT 1000;

-- name: MoveWebhookCursor :execrows
UPDATE webhook_endpoints SET after_sequence = sqlc.arg(to_sequence)
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND after_sequence = sqlc.arg(from_sequence) AND event_types = sqlc.arg(event_types)
  AND state = 'active' AND removed_at IS NULL;

-- name: WebhookEndpointsDue :many
SELECT e.tenant_id, e.id FROM webhook_endpoints e
WHERE e.state = 'active' AND e.removed_at IS NULL AND (e.wait_until IS NULL OR e.wait_until <= sqlc.arg(at)) AND EXISTS (
  SELECT 1 FROM webhook_deliveries d WHERE d.tenant_id = e.tenant_id AND d.endpoint_id = e.id AND d.state = 'pending' AND d.next_attempt_at <= sqlc.arg(now)
) ORDER BY e.id LIMIT 1000;

-- name: WebhookEndpointsDueByHand :many
SELECT DISTINCT d.tenant_id, d.endpoint_id FROM webhook_deliveries d JOIN webhook_endpoints e ON e.tenant_id = d.tenant_id AND e.id = d.endpoint_id
WHERE d.by_hand = TRUE AND d.state = 'pending' AND d.next_attempt_at <= sqlc.arg(now) AND e.removed_at IS NULL LIMIT 1000;

-- name: WebhookEndpointsToForget :many
SELECT e.tenant_id, e.id FROM webhook_endpoints e WHERE e.removed_at < sqlc.arg(before) AND NOT EXISTS (
  SELECT 1 FROM webhook_deliveries d WHERE d.tenant_id = e.tenant_id AND d.endpoint_id = e.id
) ORDER BY e.id LIMIT 200;

-- name: ForgetWebhookEndpoint :execrows
DELETE FROM webhook_endpoints WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND removed_at < sqlc.arg(before);
