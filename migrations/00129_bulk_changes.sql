-- +goose Up
CREATE TABLE bulk_changes (
  tenant_id BIGINT NOT NULL,
  bulk_act_id BIGINT NOT NULL,
  entry_id BIGINT NOT NULL,
  state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'pending, changed, unchanged (there was nothing to do), restored or kept (changed since, so not restored)',
  before_state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'of the entry; empty until changed',
  before_priority INT NOT NULL DEFAULT 0,
  after_version INT NOT NULL DEFAULT 0 COMMENT 'of the entry: as long as it has this version nobody has changed it since',
  changed_at DATETIME(6) NULL COMMENT 'UTC; when the act changed it; NULL: not yet, or never',
  PRIMARY KEY (tenant_id, bulk_act_id, entry_id),
  KEY bulk_changes_work (tenant_id, bulk_act_id, state, entry_id),
  KEY bulk_changes_entry (tenant_id, entry_id),
  CONSTRAINT bulk_changes_act FOREIGN KEY (tenant_id, bulk_act_id) REFERENCES bulk_acts (tenant_id, id) ON DELETE RESTRICT,
  CONSTRAINT bulk_changes_entry_fk FOREIGN KEY (tenant_id, entry_id) REFERENCES entries (tenant_id, id) ON DELETE RESTRICT,
  CONSTRAINT bulk_changes_state CHECK (state IN ('pending', 'changed', 'unchanged', 'restored', 'kept'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE bulk_changes;
