-- +goose Up
ALTER TABLE bookings ADD KEY bookings_made (tenant_id, created_at);

-- +goose Down
ALTER TABLE bookings DROP KEY bookings_made;
