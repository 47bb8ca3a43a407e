-- +goose Up
ALTER TABLE user_messages ADD COLUMN delivered_at DATETIME(6) NULL COMMENT 'UTC, by the clock of the provider; the earliest report that it was delivered; NULL: none has come';

-- +goose Down
ALTER TABLE user_messages DROP COLUMN delivered_at;
