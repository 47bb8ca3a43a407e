-- +goose Up
CREATE INDEX bookings_attend_due ON bookings (attend_due_at);

-- +goose Down
DROP INDEX bookings_attend_due ON bookings;
