-- +goose Up
ALTER TABLE tenants ADD COLUMN demo BOOLEAN NOT NULL DEFAULT FALSE COMMENT 'made up, to look around in; counts for nothing';

-- +goose Down
ALTER TABLE tenants DROP COLUMN demo;
