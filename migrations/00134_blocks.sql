-- +goose Up
CREATE TABLE blocks (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  tenant_id BIGINT NOT NULL,
  public_id VARCHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARBINARY(512) NOT NULL COMMENT 'sealed; as known when blocked',
  email VARBINARY(1024) NULL COMMENT 'sealed; NULL: not blocked by address',
  phone VARBINARY(255) NULL COMMENT 'sealed, E.164; NULL: not blocked by number',
  email_hash BINARY(32) NULL COMMENT 'look-up HMAC of the address',
  phone_hash BINARY(32) NULL COMMENT 'look-up HMAC of the number',
  reason VARBINARY(1024) NOT NULL COMMENT 'sealed; as given by a person',
  user_id BIGINT NOT NULL COMMENT 'who blocked them',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC',
  UNIQUE KEY blocks_tenant_id (tenant_id, id),
  UNIQUE KEY blocks_public_id (tenant_id, public_id),
  UNIQUE KEY blocks_email (tenant_id, email_hash),
  UNIQUE KEY blocks_phone (tenant_id, phone_hash),
  CONSTRAINT blocks_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT,
  CONSTRAINT blocks_by CHECK (email_hash IS NOT NULL OR phone_hash IS NOT NULL)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE blocks;
