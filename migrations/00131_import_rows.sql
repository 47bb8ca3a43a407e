-- +goose Up
CREATE TABLE import_rows (
  tenant_id BIGINT NOT NULL,
  import_id BIGINT NOT NULL,
  line INT NOT NULL COMMENT 'of the file, the first is 1',
  state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  cells BLOB NOT NULL COMMENT 'sealed: the record as JSON',
  entry_id BIGINT NULL COMMENT 'the entry made of it; NULL: none',
  PRIMARY KEY (tenant_id, import_id, line),
  KEY import_rows_state (tenant_id, import_id, state, line),
  KEY import_rows_entry (tenant_id, entry_id),
  CONSTRAINT import_rows_import FOREIGN KEY (tenant_id, import_id) REFERENCES imports (tenant_id, id) ON DELETE RESTRICT,
  CONSTRAINT import_rows_entry_fk FOREIGN KEY (tenant_id, entry_id) REFERENCES entries (tenant_id, id) ON DELETE RESTRICT,
  CONSTRAINT import_rows_state_word CHECK (state IN ('staged', 'head', 'good', 'bad', 'blocked', 'double', 'listed', 'added', 'undone', 'kept'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE import_rows;
