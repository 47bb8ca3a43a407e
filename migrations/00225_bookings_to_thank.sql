-- +goose Up
CREATE INDEX bookings_to_thank ON bookings (thanked_at, ends_at, id);

-- +goose Down
DROP INDEX bookings_to_thank ON bookings;
