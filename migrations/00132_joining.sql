-- +goose Up
CREATE TABLE joining (
  tenant_id BIGINT NOT NULL PRIMARY KEY,
  list_cap INT NOT NULL DEFAULT 0 COMMENT 'live entries of the business at most; 0: no limit',
  paused BOOLEAN NOT NULL DEFAULT FALSE COMMENT 'nobody joins in public',
  paused_until DATETIME(6) NULL COMMENT 'UTC; when paused: the pause ends by itself; NULL: it does not',
  pause_reason VARCHAR(255) NOT NULL DEFAULT '' COMMENT 'shown to customers; empty: none',
  expiry_days INT NOT NULL DEFAULT 0 COMMENT 'an entry that nobody confirms for so long ends; 0: never',
  updated_at DATETIME(6) NOT NULL COMMENT 'UTC',
  version INT NOT NULL DEFAULT 1,
  CONSTRAINT joining_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT,
  CONSTRAINT joining_cap CHECK (list_cap >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE joining;
