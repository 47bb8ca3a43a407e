-- +goose Up
CREATE INDEX bookings_to_remind ON bookings (reminded_at, starts_at, id);

-- +goose Down
DROP INDEX bookings_to_remind ON bookings;
