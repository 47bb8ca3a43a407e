-- +goose Up
CREATE TABLE openings (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  tenant_id BIGINT NOT NULL,
  slot_id BIGINT NOT NULL,
  live_slot_id BIGINT NULL COMMENT 'slot_id while the slot is open or held, else NULL: one live opening per slot',
  origin VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'staff, cancellation or remainder: why the slot was to be given away',
  opened_at DATETIME(6) NOT NULL COMMENT 'UTC; its day is the one the opening counts for',
  starts_at DATETIME(6) NOT NULL COMMENT 'UTC; start of the slot',
  ended_at DATETIME(6) NULL COMMENT 'UTC; NULL while live',
  outcome VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'empty while live',
  booking_id BIGINT NULL COMMENT 'the booking that filled it, or that staff made over it; NULL: none',
  UNIQUE KEY openings_tenant_id (tenant_id, id),
  UNIQUE KEY openings_live (tenant_id, live_slot_id),
  KEY openings_opened (tenant_id, opened_at, outcome, ended_at),
  KEY openings_slot (tenant_id, slot_id),
  KEY openings_booking (tenant_id, booking_id),
  CONSTRAINT openings_slot_fk FOREIGN KEY (tenant_id, slot_id) REFERENCES slots (tenant_id, id) ON DELETE RESTRICT,
  CONSTRAINT openings_booking_fk FOREIGN KEY (tenant_id, booking_id) REFERENCES bookings (tenant_id, id) ON DELETE RESTRICT,
  CONSTRAINT openings_outcome CHECK (outcome IN ('', 'filled', 'booked', 'withdrawn', 'lapsed'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE openings;
