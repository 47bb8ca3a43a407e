-- +goose Up
CREATE TABLE audit_heads (
  tenant_id BIGINT NOT NULL PRIMARY KEY,
  length BIGINT NOT NULL COMMENT 'entries linked',
  hash BINARY(32) NOT NULL COMMENT 'chain_hash of the last of them; zeros while there is none',
  signature BINARY(32) NOT NULL COMMENT 'HMAC-SHA-256 of business, length and hash under a key that ENCRYPTION_KEY wraps',
  linked_at DATETIME(6) NOT NULL COMMENT 'UTC; when the last was linked',
  told_length BIGINT NOT NULL DEFAULT 0 COMMENT 'length when it was last written into the log',
  told_at DATETIME(6) NULL COMMENT 'UTC; when; NULL: never',
  CONSTRAINT audit_heads_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE audit_heads;
