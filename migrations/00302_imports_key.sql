-- +goose Up
ALTER TABLE imports ADD COLUMN key_id BIGINT NULL COMMENT 'API key that uploaded the file, which user_id made; NULL: the user at a page';

-- +goose Down
ALTER TABLE imports DROP COLUMN key_id;
