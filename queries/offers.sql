-- name: AddOffer :execlastid
INSERT INTO offers (tenant_id, public_id, slot_id, entry_id, customer_id, live_customer_id, service_id, staff_member_id, state, email_hash,
  cause_offer_id, created_at, hold_seconds, expires_at, expires_cap_at, starts_at, ends_at, service_name, duration_minutes,
  buffer_minutes, price_kind, price_minor, currency, score, chosen_by, token_hash, token_version, remind_minutes)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: GetOffer :one
SELECT * FROM offers WHERE tenant_id = ? AND id = ?;

-- name: GetOfferByPublicID :one
SELECT * FROM offers WHERE tenant_id = ? AND public_id = ?;

-- name: GetOfferByToken :one
SELECT * FROM offers WHERE token_hash = ?;

-- name: FindPendingOfferOfSlot :one
SELECT * FROM offers WHERE tenant_id = ? AND slot_id = ? AND state = 'pending';

-- name: FindPendingOfferOfCustomer :one
SELECT * FROM offers WHERE tenant_id = ? AND live_customer_id = ?;

-- name: LockOffer :one
SELECT * FROM offers WHERE tenant_id = ? AND id = ? FOR UPDATE;

-- name: AcceptOffer :execrows
UPDATE offers SET state = 'accepted', live_customer_id = NULL, ended_at = sqlc.arg(at), withdraw_due_at = NULL, remind_at = NULL, version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'pending' AND expires_at > sqlc.arg(now);

-- name: DeclineOffer :execrows
UPDATE offers SET state = 'declined', live_customer_id = NULL, ended_at = sqlc.arg(at), withdraw_due_at = NULL, remind_at = NULL, version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'pending' AND expires_at > sqlc.arg(now);

-- name: ExpireOffer :execrows
UPDATE offers SET state = sqlc.arg(to_state), live_customer_id = NULL, ended_at = sqlc.arg(at), withdraw_due_at = NULL, remind_at = NULL, version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'pending' AND expires_at <= sqlc.arg(now);

-- name: WithdrawOffer :execrows
UPDATE offers SET state = sqlc.arg(to_state), live_customer_id = NULL, ended_at = sqlc.arg(at), withdraw_due_at = NULL, remind_at = NULL, version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'pending' AND expires_at > sqlc.arg(now);

-- name: WishOfferWithdrawn :execrows
UPDATE offers SET withdraw_due_at = sqlc.arg(due_at), version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'pending' AND withdraw_due_at IS NULL;

-- name: UndoOfferWithdrawal :execrows
UPDATE offers SET withdraw_due_at = NULL, version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'pending' AND withdraw_due_at > sqlc.arg(at);

-- name: RecordOfferSent :execrows
UPDATE offers SET sent_at = sqlc.arg(at), expires_at = sqlc.arg(expires_at), remind_at = sqlc.arg(remind_at), version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'pending' AND expires_at > sqlc.arg(now) AND sent_at IS NULL;

-- name: RecordOfferDelivered :execrows
UPDATE offers SET delivered_at = sqlc.arg(at), sent_at = COALESCE(sent_at, sqlc.arg(at)), expires_at = sqlc.arg(expires_at),
  remind_at = sqlc.arg(remind_at), version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'pending' AND expires_at > sqlc.arg(now) AND delivered_at IS NULL;

-- name: OffersOverdue :many
SELECT tenant_id, id, slot_id FROM offers WHERE state = 'pending' AND expires_at <= sqlc.arg(now) ORDER BY expires_at LIMIT ?;

-- name: OffersToWithdraw :many
SELECT tenant_id, id FROM offers WHERE state = 'pending' AND withdraw_due_at <= sqlc.arg(at) ORDER BY withdraw_due_at LIMIT 200;

-- name: PendingOffers :many
SELECT tenant_id, id, slot_id, expires_at FROM offers WHERE state = 'pending' AND id > ? ORDER BY id LIMIT ?;

-- name: PendingOffersOf :many
SELECT * FROM offers WHERE tenant_id = ? AND state = 'pending' ORDER BY expires_at, id;

-- name: PendingOffersByID :many
SELECT tenant_id, id, slot_id, expires_at FROM offers WHERE state = 'pending' AND id IN (sqlc.slice(ids));

-- name: CustomersWithLiveOffer :many
SELECT customer_id FROM offers WHERE tenant_id = sqlc.arg(tenant_id) AND live_customer_id IN (sqlc.slice(customer_ids));

-- name: CustomersWhoHadSlot :many
SELECT customer_id, CAST(SUM(CASE WHEN state = 'undeliverable' AND ended_at >= expires_at THEN 1 ELSE 2 END) AS SIGNED) AS weight FROM offers
WHERE tenant_id = ? AND slot_id = ? GROUP BY customer_id;

-- name: ContactsSince :many
SELECT email_hash, created_at FROM offers
WHERE tenant_id = sqlc.arg(tenant_id) AND created_at >= sqlc.arg(since) AND (state = 'pending' OR (sent_at IS NOT NULL AND state <> 'undeliverable'))
  AND email_hash IN (sqlc.slice(email_hashes));

-- name: OffersOfSlot :many
SELECT * FROM offers WHERE tenant_id = ? AND slot_id = ? ORDER BY id;

-- name: OffersOfEntry :many
SELECT * FROM offers WHERE tenant_id = ? AND entry_id = ? ORDER BY id DESC LIMIT 50;

-- name: PendingOffersOfSlots :many
SELECT * FROM offers WHERE tenant_id = sqlc.arg(tenant_id) AND state = 'pending' AND slot_id IN (sqlc.slice(slot_ids));

-- name: CountPendingOffers :one
SELECT COUNT(*) FROM offers WHERE tenant_id = ? AND state = 'pending';

-- name: CountOffersMade :many
SELECT state, COUNT(*) AS offers FROM offers
WHERE tenant_id = sqlc.arg(tenant_id) AND created_at >= sqlc.arg(from_time) AND created_at < sqlc.arg(to_time)
GROUP BY state;

-- name: OffersByID :many
SELECT * FROM offers WHERE tenant_id = sqlc.arg(tenant_id) AND id IN (sqlc.slice(ids));
