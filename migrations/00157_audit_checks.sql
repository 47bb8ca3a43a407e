-- +goose Up
CREATE TABLE audit_checks (
  tenant_id BIGINT NOT NULL PRIMARY KEY COMMENT 'a business has one check, which the next replaces',
  asked_at DATETIME(6) NOT NULL COMMENT 'UTC',
  checked BIGINT NOT NULL DEFAULT 0 COMMENT 'chain_sequence of the last entry looked at',
  length BIGINT NOT NULL COMMENT 'entries linked when the check was asked for; those after are looked at too',
  erased BIGINT NOT NULL DEFAULT 0 COMMENT 'reasons found erased',
  faults BIGINT NOT NULL DEFAULT 0 COMMENT 'found so far',
  first_fault VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'what the first is; empty: none',
  first_sequence BIGINT NOT NULL DEFAULT 0 COMMENT 'chain_sequence of the first',
  first_entry_id BIGINT NOT NULL DEFAULT 0 COMMENT 'audit entry of the first; 0: it is not there',
  ended_at DATETIME(6) NULL COMMENT 'UTC; NULL while it runs',
  CONSTRAINT audit_checks_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE audit_checks;
