-- +goose Up
ALTER TABLE entries ADD COLUMN changed_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) COMMENT 'UTC; when its state, wishes, priority or note changed last; a new place alone is no change';

-- +goose Down
ALTER TABLE entries DROP COLUMN changed_at;
