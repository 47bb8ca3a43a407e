-- +goose Up
CREATE TABLE slots (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  tenant_id BIGINT NOT NULL,
  public_id VARCHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  staff_member_id BIGINT NOT NULL,
  service_id BIGINT NULL COMMENT 'NULL: open for every service of the staff member that fits',
  starts_at DATETIME(6) NOT NULL COMMENT 'UTC',
  ends_at DATETIME(6) NOT NULL COMMENT 'UTC, exclusive, buffer included; at most 24 h after starts_at',
  state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  origin VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'staff, cancellation or remainder: why it was to be given away',
  unfilled_reason VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'why no offer is out; empty when not tried yet or held or booked',
  next_try_at DATETIME(6) NULL COMMENT 'UTC; when to look for a candidate; NULL unless open',
  tried_at DATETIME(6) NULL COMMENT 'UTC; NULL: never tried',
  scan_key BIGINT NULL COMMENT 'order key where the candidate scan goes on; NULL: from the top',
  scan_id BIGINT NULL COMMENT 'entry id where the candidate scan goes on',
  cause_offer_id BIGINT NULL COMMENT 'the ended offer whose successor is owed; NULL: none',
  chosen_entry_id BIGINT NULL COMMENT 'staff chose this entry for the next offer',
  chosen_by BIGINT NULL COMMENT 'the user who chose',
  chosen_reason VARBINARY(1024) NULL COMMENT 'sealed',
  withdraw_due_at DATETIME(6) NULL COMMENT 'UTC; a withdrawal that can be undone until then',
  created_by BIGINT NULL COMMENT 'user; NULL: by itself',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC',
  version INT NOT NULL DEFAULT 1,
  UNIQUE KEY slots_tenant_id (tenant_id, id),
  UNIQUE KEY slots_public_id (tenant_id, public_id),
  KEY slots_staff_time (tenant_id, staff_member_id, starts_at),
  KEY slots_time (tenant_id, starts_at),
  KEY slots_next_try (state, next_try_at),
  KEY slots_withdraw_due (withdraw_due_at),
  CONSTRAINT slots_staff_member FOREIGN KEY (tenant_id, staff_member_id) REFERENCES staff_members (tenant_id, id) ON DELETE RESTRICT,
  CONSTRAINT slots_state CHECK (state IN ('open', 'held', 'booked', 'withdrawn', 'lapsed'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE slots;
