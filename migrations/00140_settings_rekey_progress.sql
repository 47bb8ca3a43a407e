-- +goose Up
ALTER TABLE settings
  ADD COLUMN rekey_total INT NOT NULL DEFAULT 0 COMMENT 'live entries when the new weights were saved',
  ADD COLUMN rekey_written INT NOT NULL DEFAULT 0 COMMENT 'entries gone through since then',
  ADD COLUMN rekey_moved_at DATETIME(6) NULL COMMENT 'UTC; when the last of them were written; NULL: none yet';

-- +goose Down
ALTER TABLE settings DROP COLUMN rekey_total, DROP COLUMN rekey_written, DROP COLUMN rekey_moved_at;
