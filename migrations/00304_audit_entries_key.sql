-- +goose Up
ALTER TABLE audit_entries
  MODIFY COLUMN actor VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'user, customer, key or program',
  MODIFY COLUMN actor_id BIGINT NULL COMMENT 'user, customer or API key; NULL: the program';

-- +goose Down
ALTER TABLE audit_entries
  MODIFY COLUMN actor VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'user, customer or program',
  MODIFY COLUMN actor_id BIGINT NULL COMMENT 'user or customer; NULL: the program';
