-- +goose Up
CREATE INDEX entries_gain_a ON entries (tenant_id, service_id, state, may_gain, order_key_a, id);

-- +goose Down
DROP INDEX entries_gain_a ON entries;
