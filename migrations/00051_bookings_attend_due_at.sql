-- +goose Up
ALTER TABLE bookings ADD COLUMN attend_due_at DATETIME(6) NULL COMMENT 'UTC; what is recorded in attend_as can be undone until then; NULL: nothing recorded';

-- +goose Down
ALTER TABLE bookings DROP COLUMN attend_due_at;
