-- +goose Up
CREATE TABLE staff_members (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  tenant_id BIGINT NOT NULL,
  public_id VARCHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(80) NOT NULL COMMENT 'as customers see it',
  user_id BIGINT NULL COMMENT 'NULL: has no login',
  active BOOLEAN NOT NULL DEFAULT TRUE COMMENT 'false: removed; kept for the record',
  position INT NOT NULL DEFAULT 0 COMMENT 'order on pages',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC',
  UNIQUE KEY staff_members_tenant_id (tenant_id, id),
  UNIQUE KEY staff_members_public_id (tenant_id, public_id),
  KEY staff_members_user (tenant_id, user_id),
  CONSTRAINT staff_members_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT,
  CONSTRAINT staff_members_login FOREIGN KEY (tenant_id, user_id) REFERENCES memberships (tenant_id, user_id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE staff_members;
