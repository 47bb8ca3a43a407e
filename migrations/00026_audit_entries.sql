-- +goose Up
CREATE TABLE audit_entries (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  tenant_id BIGINT NOT NULL,
  at DATETIME(6) NOT NULL COMMENT 'UTC',
  actor VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'user, customer or program',
  actor_id BIGINT NULL COMMENT 'user or customer; NULL: the program',
  action VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'noun.verb',
  record VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'table of the record acted on',
  record_id BIGINT NOT NULL,
  detail TEXT NOT NULL COMMENT 'JSON of what changed, never personal data',
  reason VARBINARY(1024) NULL COMMENT 'sealed; as given by a person',
  UNIQUE KEY audit_entries_tenant_id (tenant_id, id),
  KEY audit_entries_record (tenant_id, record, record_id),
  CONSTRAINT audit_entries_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE audit_entries;
