-- +goose Up
ALTER TABLE outbox ADD COLUMN delivered_at DATETIME(6) NULL COMMENT 'UTC, by the clock of the provider; the earliest report that it was delivered; NULL: none has come';

-- +goose Down
ALTER TABLE outbox DROP COLUMN delivered_at;
