-- +goose Up
ALTER TABLE bookings
  ADD COLUMN reminded_at DATETIME(6) NULL COMMENT 'UTC; when the customer was asked whether they still come; NULL: not',
  ADD COLUMN coming_at DATETIME(6) NULL COMMENT 'UTC; when the customer said that they come; NULL: not',
  ADD COLUMN thanked_at DATETIME(6) NULL COMMENT 'UTC; when the customer was thanked and asked how it was; NULL: not';

-- +goose Down
ALTER TABLE bookings DROP COLUMN reminded_at, DROP COLUMN coming_at, DROP COLUMN thanked_at;
