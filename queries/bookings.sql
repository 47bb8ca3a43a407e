-- name: AddBooking :execlastid
INSERT INTO bookings (tenant_id, public_id, slot_id, staff_member_id, kind, customer_id, service_id, offer_id, entry_id, state, starts_at, ends_at,
  service_name, price_kind, price_minor, currency, note, created_by, created_at, token_hash, token_version)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'confirmed', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: GetBooking :one
SELECT * FROM bookings WHERE tenant_id = ? AND id = ?;

-- name: GetBookingByPublicID :one
SELECT * FROM bookings WHERE tenant_id = ? AND public_id = ?;

-- name: GetBookingByToken :one
SELECT * FROM bookings WHERE token_hash = ?;

-- name: GetBookingByOffer :one
SELECT * FROM bookings WHERE tenant_id = ? AND offer_id = ?;

-- name: LockBooking :one
SELECT * FROM bookings WHERE tenant_id = ? AND id = ? FOR UPDATE;

-- name: CancelBooking :execrows
UPDATE bookings SET state = 'cancelled', cancelled_by = sqlc.arg(cancelled_by), ended_at = sqlc.arg(at), cancel_due_at = NULL, attend_as = '',
  attend_due_at = NULL, version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'confirmed';

-- name: CancelWishedBooking :execrows
UPDATE bookings SET state = 'cancelled', cancelled_by = 'business', ended_at = sqlc.arg(at), cancel_due_at = NULL, version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'confirmed' AND cancel_due_at <= sqlc.arg(at);

-- name: WishBookingCancelled :execrows
UPDATE bookings SET cancel_due_at = sqlc.arg(due_at), attend_as = '', attend_due_at = NULL, version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'confirmed' AND cancel_due_at IS NULL;

-- name: UndoBookingWish :execrows
UPDATE bookings SET cancel_due_at = NULL, attend_as = '', attend_due_at = NULL, version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'confirmed' AND (cancel_due_at > sqlc.arg(at) OR attend_due_at > sqlc.arg(at));

-- name: WishBookingAttended :execrows
UPDATE bookings SET attend_as = sqlc.arg(attend_as), attend_due_at = sqlc.arg(due_at), cancel_due_at = NULL, version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'confirmed' AND starts_at <= sqlc.arg(now);

-- name: EndWishedBooking :execrows
UPDATE bookings SET state = sqlc.arg(to_state), ended_at = sqlc.arg(at), attend_as = '', attend_due_at = NULL, version = version + 1
WHERE tenant_id = sqlc.arg(tenant_id) AND id = sqlc.arg(id) AND state = 'confirmed' AND attend_due_at <= sqlc.arg(at);

-- name: BookingsToCancel :many
SELECT tenant_id, id FROM bookings WHERE state = 'confirmed' AND cancel_due_at <= sqlc.arg(at) ORDER BY cancel_due_at LIMIT 200;

-- name: BookingsToEnd :many
SELECT tenant_id, id FROM bookings WHERE state = 'confirmed' AND attend_due_at <= sqlc.arg(at) ORDER BY attend_due_at LIMIT 200;

-- name: BookedCustomersBetween :many
SELECT customer_id, starts_at, ends_at FROM bookings
WHERE tenant_id = sqlc.arg(tenant_id) AND state = 'confirmed' AND starts_at < sqlc.arg(ends_at) AND starts_at > sqlc.arg(starts_after)
  AND ends_at > sqlc.arg(starts_at) AND customer_id IN (sqlc.slice(customer_ids));

-- name: CustomersBookedOnSlot :many
SELECT customer_id FROM bookings WHERE tenant_id = ? AND slot_id = ? AND customer_id IS NOT NULL;

-- name: BookingsBetween :many
SELECT * FROM bookings
WHERE tenant_id = sqlc.arg(tenant_id) AND state IN ('confirmed', 'completed', 'no_show')
  AND starts_at < sqlc.arg(to_time) AND starts_at > sqlc.arg(starts_after) AND ends_at > sqlc.arg(from_time)
ORDER BY starts_at, id;

-- name: ConfirmedBookingsFrom :many
SELECT * FROM bookings
WHERE tenant_id = ? AND state = 'confirmed' AND starts_at >= ? ORDER BY starts_at, id LIMIT ?;

-- name: LastBookingOfEntry :one
SELECT * FROM bookings WHERE tenant_id = ? AND entry_id = ? ORDER BY id DESC LIMIT 1;

-- name: StandingBookingsOfSlots :many
SELECT * FROM bookings
WHERE tenant_id = sqlc.arg(tenant_id) AND state IN ('confirmed', 'completed', 'no_show') AND slot_id IN (sqlc.slice(slot_ids));

-- name: SumRecovered :many
SELECT CAST(TIMESTAMPDIFF(SECOND, sqlc.arg(from_time), created_at) DIV 900 AS SIGNED) AS quarter_hour, price_kind, currency,
  COUNT(*) AS bookings, CAST(SUM(price_minor) AS SIGNED) AS minor FROM bookings
WHERE tenant_id = sqlc.arg(tenant_id) AND created_at >= sqlc.arg(from_time) AND created_at < sqlc.arg(to_time)
  AND offer_id IS NOT NULL AND state IN ('confirmed', 'completed')
GROUP BY quarter_hour, price_kind, currency;

-- name: BookingsByID :many
SELECT * FROM bookings WHERE tenant_id = sqlc.arg(tenant_id) AND id IN (sqlc.slice(ids));

-- name: BookingsOfOffers :many
SELECT offer_id, public_id FROM bookings WHERE tenant_id = sqlc.arg(tenant_id) AND offer_id IN (sqlc.slice(offer_ids));
