-- name: MailEventsKnown :many
SELECT event_id FROM mail_events WHERE event_id IN (sqlc.slice(event_ids));

-- name: AddMailEvent :exec
INSERT INTO mail_events (tenant_id, event_id, outbox_id, user_message_id, kind, class, happened_at, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?);

-- name: AnyMailEvent :one
SELECT COUNT(*) FROM (SELECT 1 FROM mail_events WHERE tenant_id = ? LIMIT 1) found;

-- name: DeleteMailEventsBefore :execrows
DELETE FROM mail_events WHERE created_at < ? LIMIT 1000;

-- name: OutboxByMessageIDs :many
SELECT * FROM outbox WHERE message_id IN (sqlc.slice(message_ids));

-- name: UserMessagesByMessageIDs :many
SELECT * FROM user_messages WHERE message_id IN (sqlc.slice(message_ids));

-- name: ReportOutboxMessage :execrows
UPDATE outbox SET state = sqlc.arg(to_state), error_class = sqlc.arg(to_class), sent_at = sqlc.arg(sent_at), delivered_at = sqlc.arg(delivered_at),
  claim_token = NULL, lease_until = NULL
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = sqlc.arg(from_state) AND error_class = sqlc.arg(from_class)
  AND delivered_at <=> sqlc.arg(from_delivered);

-- name: ReportUserMessage :execrows
UPDATE user_messages SET state = sqlc.arg(to_state), error_class = sqlc.arg(to_class), sent_at = sqlc.arg(sent_at), delivered_at = sqlc.arg(delivered_at),
  claim_token = NULL, lease_until = NULL
WHERE id = sqlc.arg(id) AND state = sqlc.arg(from_state) AND error_class = sqlc.arg(from_class) AND delivered_at <=> sqlc.arg(from_delivered);

-- name: GetMailReports :one
SELECT * FROM mail_reports WHERE id = 1;

-- name: AddMailReports :exec
INSERT INTO mail_reports (id, last_at, events, strangers) VALUES (1, ?, 0, 0);

-- name: CountMailReports :execrows
UPDATE mail_reports SET last_at = sqlc.arg(last_at), events = events + sqlc.arg(events), strangers = strangers + sqlc.arg(strangers) WHERE id = 1;

-- name: PendingOffersTo :many
SELECT id FROM offers WHERE tenant_id = ? AND email_hash = ? AND state = 'pending' ORDER BY id;

-- name: CountDelivery :one
SELECT
  COUNT(*) AS sent,
  CAST(COALESCE(SUM(CASE WHEN delivered_at IS NOT NULL AND state = 'sent' OR error_class = 'complained' THEN 1 ELSE 0 END), 0) AS SIGNED) AS delivered,
  CAST(COALESCE(SUM(CASE WHEN state = 'failed' AND error_class <> 'complained' THEN 1 ELSE 0 END), 0) AS SIGNED) AS failed,
  CAST(COALESCE(SUM(CASE WHEN state = 'sent' AND delivered_at IS NULL AND sent_at < sqlc.arg(silent_before) THEN 1 ELSE 0 END), 0) AS SIGNED) AS silent
FROM outbox
WHERE tenant_id = sqlc.arg(tenant_id) AND sent_at >= sqlc.arg(from_time) AND sent_at < sqlc.arg(to_time) AND state IN ('sent', 'failed');

-- name: UsersNotReached :many
SELECT DISTINCT m.user_id FROM user_messages m
JOIN memberships ms ON ms.user_id = m.user_id
WHERE ms.tenant_id = ? AND m.state = 'failed' AND m.error_class <> 'complained' AND m.kind <> 'email_new' AND NOT EXISTS (
  SELECT 1 FROM user_messages x WHERE x.user_id = m.user_id AND x.id > m.id AND x.kind <> 'email_new' AND x.state IN ('sent', 'failed')
);

-- name: InvitationsNotReached :many
SELECT DISTINCT m.about_id FROM user_messages m
WHERE m.tenant_id = ? AND m.kind = 'invitation' AND m.state = 'failed' AND m.error_class <> 'complained' AND NOT EXISTS (
  SELECT 1 FROM user_messages x WHERE x.tenant_id = m.tenant_id AND x.kind = 'invitation' AND x.about_id = m.about_id AND x.id > m.id AND x.state IN ('sent', 'failed')
);
