-- +goose Up
CREATE TABLE invitations (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  tenant_id BIGINT NOT NULL,
  public_id VARCHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARBINARY(512) NOT NULL COMMENT 'sealed; as the owner wrote it',
  email VARBINARY(1024) NOT NULL COMMENT 'sealed; the address the login will have',
  email_hash BINARY(32) NOT NULL COMMENT 'look-up HMAC, business 0',
  role VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  staff_member_id BIGINT NULL COMMENT 'the staff member who will have this login; NULL: nobody',
  token_hash BINARY(32) NOT NULL COMMENT 'SHA-256 of the link token',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC',
  expires_at DATETIME(6) NOT NULL COMMENT 'UTC',
  UNIQUE KEY invitations_tenant_id (tenant_id, id),
  UNIQUE KEY invitations_public_id (tenant_id, public_id),
  UNIQUE KEY invitations_email (tenant_id, email_hash),
  UNIQUE KEY invitations_token_hash (token_hash),
  KEY invitations_staff_member (tenant_id, staff_member_id),
  CONSTRAINT invitations_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT,
  CONSTRAINT invitations_staff_member_fk FOREIGN KEY (tenant_id, staff_member_id) REFERENCES staff_members (tenant_id, id) ON DELETE RESTRICT,
  CONSTRAINT invitations_role CHECK (role IN ('admin', 'staff'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE invitations;
