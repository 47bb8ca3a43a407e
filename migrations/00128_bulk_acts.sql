-- +goose Up
CREATE TABLE bulk_acts (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  tenant_id BIGINT NOT NULL,
  public_id VARCHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  user_id BIGINT NOT NULL COMMENT 'who did it',
  act VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'pause, resume, remove, priority, tag or untag',
  priority INT NOT NULL DEFAULT 0 COMMENT 'of the act priority: -3 to 3',
  tag_id BIGINT NULL COMMENT 'of the acts tag and untag',
  reason VARBINARY(1024) NULL COMMENT 'sealed; of the act priority',
  state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'collecting whom it is about, running, done, undoing or undone',
  filter VARBINARY(2048) NULL COMMENT 'sealed; whom to collect, as ListFilter.Values; NULL once collected',
  total INT NOT NULL DEFAULT 0 COMMENT 'entries it is about; 0 while collecting',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC',
  ended_at DATETIME(6) NULL COMMENT 'UTC; when the act, or its undoing, had been carried out; NULL while at work',
  undone_by BIGINT NULL COMMENT 'user; NULL: not undone',
  UNIQUE KEY bulk_acts_tenant_id (tenant_id, id),
  UNIQUE KEY bulk_acts_public_id (tenant_id, public_id),
  KEY bulk_acts_work (state, id),
  CONSTRAINT bulk_acts_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT,
  CONSTRAINT bulk_acts_tag FOREIGN KEY (tenant_id, tag_id) REFERENCES tags (tenant_id, id) ON DELETE RESTRICT,
  CONSTRAINT bulk_acts_state CHECK (state IN ('collecting', 'running', 'done', 'undoing', 'undone'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE bulk_acts;
