-- +goose Up
ALTER TABLE services
  ADD COLUMN category_id BIGINT NULL COMMENT 'NULL: none; shown after those that have one',
  ADD COLUMN version INT NOT NULL DEFAULT 1;

-- +goose Down
ALTER TABLE services DROP COLUMN category_id, DROP COLUMN version;
