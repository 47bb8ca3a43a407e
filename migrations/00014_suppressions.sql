-- +goose Up
CREATE TABLE suppressions (
  tenant_id BIGINT NOT NULL,
  email_hash BINARY(32) NOT NULL,
  reason VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'bounce, complaint, unsubscribed or manual',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC',
  PRIMARY KEY (tenant_id, email_hash),
  CONSTRAINT suppressions_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE suppressions;
