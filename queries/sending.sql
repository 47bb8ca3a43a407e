-- name: CustomerMessagesDue :many
SELECT o.tenant_id, o.id, o.kind, o.next_attempt_at, o.useful_until, s.zone, s.quiet_from_minute, s.quiet_to_minute, s.messages_per_hour
FROM (SELECT tenant_id, id, kind, next_attempt_at, useful_until FROM outbox
  WHERE state = 'pending' AND next_attempt_at <= sqlc.arg(now) ORDER BY next_attempt_at LIMIT ?) o
JOIN settings s ON s.tenant_id = o.tenant_id;

-- name: MessagesDueOf :many
SELECT id FROM outbox
WHERE tenant_id = sqlc.arg(tenant_id) AND state = 'pending' AND next_attempt_at <= sqlc.arg(now) AND useful_until > sqlc.arg(now)
  AND kind IN (sqlc.slice(kinds))
ORDER BY created_at, id LIMIT ?;

-- name: OtherMessagesDueOf :many
SELECT id FROM outbox
WHERE tenant_id = sqlc.arg(tenant_id) AND state = 'pending' AND next_attempt_at <= sqlc.arg(now) AND useful_until > sqlc.arg(now)
  AND kind NOT IN (sqlc.slice(kinds))
ORDER BY created_at, id LIMIT ?;

-- name: PutOffMessage :execrows
UPDATE outbox SET next_attempt_at = sqlc.arg(next_at),
  error_class = CASE WHEN error_class IN ('', 'quiet_hours', 'limited', 'day_limit') THEN sqlc.arg(class) ELSE error_class END
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'pending' AND next_attempt_at <= sqlc.arg(now);

-- name: PutOffMessagesOf :execrows
UPDATE outbox SET next_attempt_at = CASE WHEN useful_until < sqlc.arg(next_at) THEN useful_until ELSE sqlc.arg(next_at) END,
  error_class = CASE WHEN error_class IN ('', 'quiet_hours', 'limited', 'day_limit') THEN 'limited' ELSE error_class END
WHERE tenant_id = sqlc.arg(tenant_id) AND state = 'pending' AND next_attempt_at <= sqlc.arg(now) AND useful_until > sqlc.arg(now)
  AND kind NOT IN (sqlc.slice(kinds)) AND id NOT IN (sqlc.slice(ids));

-- name: WakeMessagesOf :execrows
UPDATE outbox SET next_attempt_at = sqlc.arg(now)
WHERE tenant_id = sqlc.arg(tenant_id) AND state = 'pending' AND next_attempt_at > sqlc.arg(now)
  AND error_class IN ('quiet_hours', 'limited', 'day_limit');

-- name: MessagesSentSince :one
SELECT COUNT(*) FROM outbox WHERE tenant_id = sqlc.arg(tenant_id) AND sent_at > sqlc.arg(since);

-- name: MessageSentLast :one
SELECT sent_at FROM outbox WHERE tenant_id = sqlc.arg(tenant_id) AND sent_at > sqlc.arg(since) ORDER BY sent_at DESC LIMIT 1 OFFSET ?;

-- name: MessagesOnTheirWay :one
SELECT COUNT(*) FROM outbox WHERE state = 'sending' AND tenant_id = ? AND kind <> 'offer';

-- name: OffersToSend :one
SELECT COUNT(*) FROM offers
WHERE tenant_id = ? AND live_customer_id > 0 AND state = 'pending' AND sent_at IS NULL AND email_hash IS NOT NULL;

-- name: MessagesToAddress :one
SELECT COUNT(*) FROM customers c
JOIN outbox o ON o.tenant_id = c.tenant_id AND o.customer_id = c.id
WHERE c.tenant_id = sqlc.arg(tenant_id) AND c.email_hash = sqlc.arg(email_hash)
  AND (o.sent_at >= sqlc.arg(since) OR (o.state = 'sending' AND o.id < sqlc.arg(id)) OR (o.state = 'unknown' AND o.created_at >= sqlc.arg(from_time)));

-- name: CountDropped :one
SELECT COUNT(*) FROM outbox
WHERE tenant_id = sqlc.arg(tenant_id) AND state = 'dropped' AND next_attempt_at >= sqlc.arg(since) AND error_class = sqlc.arg(class);

-- name: UpdateLimits :execrows
UPDATE settings SET messages_per_hour = ?, messages_per_day = ?, updated_at = ?, version = version + 1
WHERE tenant_id = ? AND version = ?;

-- name: UpdateQuietHours :execrows
UPDATE settings SET quiet_from_minute = ?, quiet_to_minute = ?, night_openings = ?, updated_at = ?, version = version + 1
WHERE tenant_id = ? AND version = ?;
