-- +goose Up
ALTER TABLE bulk_acts
  ADD COLUMN key_id BIGINT NULL COMMENT 'API key that did it, which user_id made; NULL: the user at a page',
  ADD COLUMN undone_by_key_id BIGINT NULL COMMENT 'API key that undid it, which undone_by made; NULL: the user at a page, or not undone';

-- +goose Down
ALTER TABLE bulk_acts DROP COLUMN key_id, DROP COLUMN undone_by_key_id;
