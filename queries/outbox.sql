-- name: AddOutboxMessage :exec
INSERT INTO outbox (tenant_id, message_id, kind, customer_id, entry_id, offer_id, booking_id, cause_key, state, next_attempt_at, useful_until, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?, ?);

-- name: OutboxDue :many
SELECT tenant_id, id FROM outbox WHERE state = 'pending' AND next_attempt_at <= sqlc.arg(now) ORDER BY next_attempt_at LIMIT ?;

-- name: ClaimOutboxMessage :execrows
UPDATE outbox SET state = 'sending', claim_token = sqlc.arg(claim_token), lease_until = sqlc.arg(lease_until), attempts = attempts + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'pending' AND next_attempt_at <= sqlc.arg(now);

-- name: BeginOutboxMessage :execrows
UPDATE outbox SET error_class = sqlc.arg(error_class), lease_until = sqlc.arg(lease_until)
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'sending' AND claim_token = sqlc.arg(claim_token);

-- name: GetOutboxMessage :one
SELECT * FROM outbox WHERE tenant_id = ? AND id = ?;

-- name: OutboxLeasesPast :many
SELECT * FROM outbox WHERE state = 'sending' AND lease_until <= sqlc.arg(at) ORDER BY lease_until LIMIT 200;

-- name: EndOutboxMessage :execrows
UPDATE outbox SET state = sqlc.arg(to_state), sent_at = sqlc.arg(sent_at), error_class = sqlc.arg(error_class), claim_token = NULL, lease_until = NULL
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'sending' AND claim_token = sqlc.arg(claim_token);

-- name: PutBackOutboxMessage :execrows
UPDATE outbox SET state = 'pending', next_attempt_at = sqlc.arg(next_attempt_at), error_class = sqlc.arg(error_class), claim_token = NULL, lease_until = NULL
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'sending' AND claim_token = sqlc.arg(claim_token);

-- name: GetMailStatus :one
SELECT * FROM mail_status WHERE id = 1;

-- name: AddMailStatus :exec
INSERT INTO mail_status (id, failing_since, failures, error_class, updated_at) VALUES (1, NULL, 0, '', ?);

-- name: CountMailFailure :execrows
UPDATE mail_status SET
  failing_since = CASE WHEN failing_since IS NULL AND failures + 1 >= sqlc.arg(bound) THEN sqlc.arg(at) ELSE failing_since END,
  failures = failures + 1, error_class = sqlc.arg(error_class), updated_at = sqlc.arg(now)
WHERE id = 1;

-- name: ClaimMailProbe :execrows
UPDATE mail_status SET updated_at = sqlc.arg(now)
WHERE id = 1 AND failing_since IS NOT NULL AND updated_at <= sqlc.arg(before);

-- name: ClearMailFailures :execrows
UPDATE mail_status SET failures = 0, failing_since = NULL, error_class = '', updated_at = sqlc.arg(now)
WHERE id = 1 AND failures > 0;

-- name: ClaimOutboxMessages :execrows
UPDATE outbox SET state = 'sending', claim_token = sqlc.arg(claim_token), lease_until = sqlc.arg(lease_until), attempts = attempts + 1
WHERE id IN (sqlc.slice(ids)) AND state = 'pending' AND next_attempt_at <= sqlc.arg(now);

-- name: ClaimedOutboxMessages :many
SELECT * FROM outbox WHERE id IN (sqlc.slice(ids)) AND state = 'sending' AND claim_token = sqlc.arg(claim_token) ORDER BY next_attempt_at, id;
