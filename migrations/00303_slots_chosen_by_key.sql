-- +goose Up
ALTER TABLE slots ADD COLUMN chosen_by_key_id BIGINT NULL COMMENT 'the API key that chose, which chosen_by made; NULL: the user at a page, or nobody was chosen';

-- +goose Down
ALTER TABLE slots DROP COLUMN chosen_by_key_id;
