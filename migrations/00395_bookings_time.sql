-- +goose Up
CREATE INDEX bookings_time ON bookings (tenant_id, starts_at);

-- +goose Down
DROP INDEX bookings_time ON bookings;
