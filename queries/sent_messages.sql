-- name: OutboxMessageByMessageID :one
SELECT * FROM outbox WHERE tenant_id = ? AND message_id = ?;

-- name: UserMessageByMessageID :one
SELECT * FROM user_messages WHERE tenant_id = ? AND message_id = ?;

-- name: MailEventsOfMessage :many
SELECT * FROM mail_events WHERE tenant_id = ? AND outbox_id = ? ORDER BY happened_at DESC, id DESC LIMIT 50;

-- name: MailEventsOfUserMessage :many
SELECT * FROM mail_events WHERE user_message_id = ? ORDER BY happened_at DESC, id DESC LIMIT 50;

-- name: RepeatOutboxMessage :execrows
UPDATE outbox SET state = 'pending', next_attempt_at = sqlc.arg(now), error_class = '', sent_at = NULL, delivered_at = NULL, claim_token = NULL, lease_until = NULL
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = sqlc.arg(from_state) AND attempts = sqlc.arg(attempts) AND useful_until > sqlc.arg(now);

-- name: RepeatUserMessage :execrows
UPDATE user_messages SET state = 'pending', next_attempt_at = sqlc.arg(now), error_class = '', sent_at = NULL, delivered_at = NULL, claim_token = NULL, lease_until = NULL
WHERE id = sqlc.arg(id) AND state = sqlc.arg(from_state) AND attempts = sqlc.arg(attempts) AND useful_until > sqlc.arg(now);
