-- +goose Up
ALTER TABLE offers
  ADD COLUMN remind_minutes INT NOT NULL DEFAULT 0 COMMENT 'before the deadline that the customer is shown: they are reminded then; 0: never',
  ADD COLUMN remind_at DATETIME(6) NULL COMMENT 'UTC; when the customer is reminded; NULL: not, not yet known, done, or the offer has ended';

-- +goose Down
ALTER TABLE offers DROP COLUMN remind_minutes, DROP COLUMN remind_at;
