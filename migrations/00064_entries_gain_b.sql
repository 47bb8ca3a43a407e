-- +goose Up
CREATE INDEX entries_gain_b ON entries (tenant_id, service_id, state, may_gain, order_key_b, id);

-- +goose Down
DROP INDEX entries_gain_b ON entries;
