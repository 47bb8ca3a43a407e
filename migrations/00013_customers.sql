-- +goose Up
CREATE TABLE customers (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  tenant_id BIGINT NOT NULL,
  public_id VARCHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARBINARY(512) NOT NULL COMMENT 'sealed',
  email VARBINARY(1024) NULL COMMENT 'sealed; NULL: staff call this customer',
  phone VARBINARY(255) NULL COMMENT 'sealed, E.164; NULL: not given',
  email_hash BINARY(32) NULL COMMENT 'look-up HMAC of the address; several customers may share one',
  identity_hash BINARY(32) NULL COMMENT 'look-up HMAC of address and name; NULL without an address',
  locale VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'BCP 47 tag of the emails',
  visits INT NOT NULL DEFAULT 0 COMMENT 'completed bookings',
  no_shows INT NOT NULL DEFAULT 0,
  offers_answered INT NOT NULL DEFAULT 0 COMMENT 'accepted or declined',
  offers_lapsed INT NOT NULL DEFAULT 0 COMMENT 'expired unanswered',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC',
  UNIQUE KEY customers_tenant_id (tenant_id, id),
  UNIQUE KEY customers_public_id (tenant_id, public_id),
  UNIQUE KEY customers_identity (tenant_id, identity_hash),
  KEY customers_email (tenant_id, email_hash),
  CONSTRAINT customers_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE customers;
