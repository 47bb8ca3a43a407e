-- name: AddSlot :execlastid
INSERT INTO slots (tenant_id, public_id, staff_member_id, service_id, starts_at, ends_at, state, origin, next_try_at, outside_hours, created_by, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: GetSlot :one
SELECT * FROM slots WHERE tenant_id = ? AND id = ?;

-- name: GetSlotByPublicID :one
SELECT * FROM slots WHERE tenant_id = ? AND public_id = ?;

-- name: LockSlot :one
SELECT * FROM slots WHERE tenant_id = ? AND id = ? FOR UPDATE;

-- name: LockStaffMember :one
SELECT * FROM staff_members WHERE tenant_id = ? AND id = ? FOR UPDATE;

-- name: OccupyingSlots :many
SELECT * FROM slots
WHERE tenant_id = sqlc.arg(tenant_id) AND staff_member_id = sqlc.arg(staff_member_id) AND state IN ('open', 'held', 'booked')
  AND starts_at < sqlc.arg(ends_at) AND starts_at > sqlc.arg(starts_after) AND ends_at > sqlc.arg(starts_at)
ORDER BY id;

-- name: SlotsBetween :many
SELECT * FROM slots
WHERE tenant_id = sqlc.arg(tenant_id) AND starts_at < sqlc.arg(to_time) AND starts_at > sqlc.arg(starts_after) AND ends_at > sqlc.arg(from_time)
  AND state IN ('open', 'held', 'booked')
ORDER BY starts_at, id;

-- name: HoldSlot :execrows
UPDATE slots SET state = 'held', unfilled_reason = '', next_try_at = NULL, tried_at = sqlc.arg(at), scan_key = NULL, scan_id = NULL,
  cause_offer_id = NULL, chosen_entry_id = NULL, chosen_by = NULL, chosen_by_key_id = NULL, chosen_reason = NULL, version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'open';

-- name: LeaveSlotUnfilled :execrows
UPDATE slots SET unfilled_reason = ?, waits_until = ?, next_try_at = ?, tried_at = ?, scan_key = ?, scan_id = ?
WHERE tenant_id = ? AND id = ? AND state = 'open';

-- name: ReopenHeldSlot :execrows
UPDATE slots SET state = 'open', unfilled_reason = '', next_try_at = sqlc.arg(at), cause_offer_id = sqlc.arg(cause_offer_id),
  scan_key = NULL, scan_id = NULL, version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'held';

-- name: ReopenBookedSlot :execrows
UPDATE slots SET state = 'open', origin = 'cancellation', service_id = NULL, unfilled_reason = '', next_try_at = sqlc.arg(at),
  scan_key = NULL, scan_id = NULL, version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'booked';

-- name: BookSlot :execrows
UPDATE slots SET state = 'booked', ends_at = sqlc.arg(ends_at), withdraw_due_at = NULL,
  chosen_entry_id = NULL, chosen_by = NULL, chosen_by_key_id = NULL, chosen_reason = NULL, version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'held';

-- name: CloseSlot :execrows
UPDATE slots SET state = sqlc.arg(to_state), unfilled_reason = 'slot_closed', next_try_at = NULL, withdraw_due_at = NULL,
  cause_offer_id = NULL, chosen_entry_id = NULL, chosen_by = NULL, chosen_by_key_id = NULL, chosen_reason = NULL, version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state IN ('open', 'held');

-- name: WishSlotWithdrawn :execrows
UPDATE slots SET withdraw_due_at = sqlc.arg(due_at), version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state IN ('open', 'held') AND withdraw_due_at IS NULL;

-- name: UndoSlotWithdrawal :execrows
UPDATE slots SET withdraw_due_at = NULL, next_try_at = CASE WHEN state = 'open' THEN sqlc.arg(at) ELSE next_try_at END, version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state IN ('open', 'held') AND withdraw_due_at > sqlc.arg(at);

-- name: ChooseEntryForSlot :execrows
UPDATE slots SET chosen_entry_id = ?, chosen_by = ?, chosen_by_key_id = ?, chosen_reason = ?, version = version + 1
WHERE tenant_id = ? AND id = ? AND state IN ('open', 'held');

-- name: ForgetChosenEntry :execrows
UPDATE slots SET chosen_entry_id = NULL, chosen_by = NULL, chosen_by_key_id = NULL, chosen_reason = NULL, version = version + 1
WHERE tenant_id = ? AND id = ? AND state IN ('open', 'held');

-- name: WakeSlots :execrows
UPDATE slots SET next_try_at = sqlc.arg(at)
WHERE tenant_id = sqlc.arg(tenant_id) AND state = 'open' AND (next_try_at IS NULL OR next_try_at > sqlc.arg(at));

-- name: WakeAllSlots :execrows
UPDATE slots SET next_try_at = sqlc.arg(at)
WHERE state = 'open' AND unfilled_reason = sqlc.arg(reason) AND next_try_at > sqlc.arg(at);

-- name: SlotsToTry :many
SELECT tenant_id, id FROM slots WHERE state = 'open' AND next_try_at <= sqlc.arg(at) ORDER BY next_try_at LIMIT ?;

-- name: TenantSlotsToTry :many
SELECT id FROM slots
WHERE tenant_id = sqlc.arg(tenant_id) AND state = 'open' AND next_try_at <= sqlc.arg(at) ORDER BY starts_at LIMIT ?;

-- name: SlotsToWithdraw :many
SELECT tenant_id, id FROM slots WHERE withdraw_due_at <= sqlc.arg(at) AND state IN ('open', 'held') ORDER BY withdraw_due_at LIMIT 200;

-- name: SlotsPastStart :many
SELECT tenant_id, id FROM slots WHERE state = 'open' AND starts_at <= sqlc.arg(now) ORDER BY starts_at LIMIT 200;

-- name: ServicesOfSlot :many
SELECT s.* FROM services s
JOIN staff_services ss ON ss.tenant_id = s.tenant_id AND ss.service_id = s.id
JOIN staff_members m ON m.tenant_id = ss.tenant_id AND m.id = ss.staff_member_id AND m.active
WHERE s.tenant_id = sqlc.arg(tenant_id) AND ss.staff_member_id = sqlc.arg(staff_member_id) AND s.active
ORDER BY s.id;

-- name: AddClaim :exec
INSERT INTO slot_claims (tenant_id, slot_id, offer_id, booking_id) VALUES (?, ?, ?, ?);

-- name: PassClaimToBooking :execrows
UPDATE slot_claims SET offer_id = NULL, booking_id = sqlc.arg(booking_id)
WHERE tenant_id = sqlc.arg(tenant_id) AND slot_id = sqlc.arg(slot_id) AND offer_id = sqlc.arg(offer_id);

-- name: DropOfferClaim :execrows
DELETE FROM slot_claims WHERE tenant_id = ? AND slot_id = ? AND offer_id = ?;

-- name: DropBookingClaim :execrows
DELETE FROM slot_claims WHERE tenant_id = ? AND slot_id = ? AND booking_id = ?;

-- name: CountOpenSlots :one
SELECT COUNT(*) FROM slots WHERE tenant_id = ? AND state = 'open';

-- name: SlotsToGiveAhead :many
SELECT s.* FROM slots s
JOIN staff_services ss ON ss.tenant_id = s.tenant_id AND ss.staff_member_id = s.staff_member_id AND ss.service_id = sqlc.arg(service_id)
WHERE s.tenant_id = sqlc.arg(tenant_id) AND s.state IN ('open', 'held') AND (s.service_id IS NULL OR s.service_id = ss.service_id)
  AND TIMESTAMPDIFF(MINUTE, s.starts_at, s.ends_at) >= CAST(sqlc.arg(minutes) AS SIGNED)
ORDER BY s.starts_at, s.id LIMIT ?;

-- name: OpenSlotsAhead :many
SELECT * FROM slots WHERE tenant_id = ? AND state = 'open' ORDER BY starts_at, id LIMIT ?;

-- name: SlotsByID :many
SELECT * FROM slots WHERE tenant_id = sqlc.arg(tenant_id) AND id IN (sqlc.slice(ids));

-- name: SlotsOpenedWith :many
SELECT public_id FROM slots
WHERE tenant_id = sqlc.arg(tenant_id) AND staff_member_id = sqlc.arg(staff_member_id) AND starts_at >= sqlc.arg(starts_at) AND created_at = sqlc.arg(created_at)
  AND origin = 'staff' AND created_by = sqlc.arg(created_by)
ORDER BY starts_at, id;

-- name: SlotsByPublicID :many
SELECT * FROM slots WHERE tenant_id = sqlc.arg(tenant_id) AND public_id IN (sqlc.slice(public_ids)) ORDER BY starts_at, id;
