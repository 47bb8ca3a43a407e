-- +goose Up
INSERT INTO openings (tenant_id, slot_id, live_slot_id, origin, opened_at, starts_at)
SELECT s.tenant_id, s.id, s.id, s.origin,
  COALESCE((SELECT MAX(b.ended_at) FROM bookings b WHERE b.tenant_id = s.tenant_id AND b.slot_id = s.id AND b.state = 'cancelled'), s.created_at),
  s.starts_at
FROM slots s WHERE s.state IN ('open', 'held');

-- +goose Down
DELETE FROM openings;
