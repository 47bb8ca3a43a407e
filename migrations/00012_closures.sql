-- +goose Up
CREATE TABLE closures (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  tenant_id BIGINT NOT NULL,
  public_id VARCHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  staff_member_id BIGINT NULL COMMENT 'NULL: the whole business',
  from_date DATE NOT NULL COMMENT 'local, first closed day',
  to_date DATE NOT NULL COMMENT 'local, last closed day',
  reason VARCHAR(120) NOT NULL DEFAULT '' COMMENT 'shown to staff',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC',
  UNIQUE KEY closures_public_id (tenant_id, public_id),
  KEY closures_dates (tenant_id, to_date, from_date),
  KEY closures_staff_member (tenant_id, staff_member_id),
  CONSTRAINT closures_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT,
  CONSTRAINT closures_staff_member_fk FOREIGN KEY (tenant_id, staff_member_id) REFERENCES staff_members (tenant_id, id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE closures;
