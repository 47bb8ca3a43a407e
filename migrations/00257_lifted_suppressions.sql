-- +goose Up
CREATE TABLE lifted_suppressions (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  tenant_id BIGINT NOT NULL,
  email_hash BINARY(32) NOT NULL COMMENT 'look-up HMAC of the address',
  reason VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'bounce, complaint, unsubscribed or manual: why it was suppressed',
  email VARBINARY(1024) NULL COMMENT 'sealed as it was in suppressions; NULL: not known',
  note VARBINARY(1024) NULL COMMENT 'likewise; NULL: none was given',
  user_id BIGINT NULL COMMENT 'who had suppressed it; NULL: nobody of the business',
  suppressed_at DATETIME(6) NOT NULL COMMENT 'UTC',
  lifted_by BIGINT NULL COMMENT 'user; NULL: the customer',
  lifted_at DATETIME(6) NOT NULL COMMENT 'UTC',
  UNIQUE KEY lifted_suppressions_tenant_id (tenant_id, id),
  KEY lifted_suppressions_address (tenant_id, email_hash),
  CONSTRAINT lifted_suppressions_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE lifted_suppressions;
