-- +goose Up
CREATE TABLE imports (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  tenant_id BIGINT NOT NULL,
  public_id VARCHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  user_id BIGINT NOT NULL COMMENT 'who uploaded the file',
  state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  file_name VARBINARY(512) NOT NULL COMMENT 'sealed',
  file_hash BINARY(32) NOT NULL COMMENT 'look-up HMAC of the bytes uploaded: tells the same file again',
  mapping TEXT NOT NULL COMMENT 'JSON: what each column holds, and how it is read; never what stands in it',
  rows_all INT NOT NULL COMMENT 'lines that hold somebody',
  rows_good INT NOT NULL DEFAULT 0 COMMENT 'when last checked: can be imported',
  rows_bad INT NOT NULL DEFAULT 0 COMMENT 'when last checked: must be mended',
  rows_listed INT NOT NULL DEFAULT 0 COMMENT 'on the list already, or twice in the file',
  rows_added INT NOT NULL DEFAULT 0 COMMENT 'entries made so far',
  rows_undone INT NOT NULL DEFAULT 0 COMMENT 'entries taken off again so far',
  rows_kept INT NOT NULL DEFAULT 0 COMMENT 'entries that undoing left, because something had become of them',
  consented BOOLEAN NOT NULL DEFAULT FALSE COMMENT 'a user stated that these people agreed to emails',
  wording TEXT NOT NULL COMMENT 'the exact statement; empty: none',
  locale VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'BCP 47 tag of the wording; empty: none',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC; of the upload',
  ended_at DATETIME(6) NULL COMMENT 'UTC; when it was done, undone or cancelled; NULL: not yet',
  version INT NOT NULL DEFAULT 1,
  UNIQUE KEY imports_tenant_id (tenant_id, id),
  UNIQUE KEY imports_public_id (tenant_id, public_id),
  KEY imports_file (tenant_id, file_hash),
  KEY imports_state (state, created_at),
  CONSTRAINT imports_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT,
  CONSTRAINT imports_state_word CHECK (state IN ('staged', 'checked', 'running', 'done', 'undoing', 'undone', 'cancelled'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE imports;
