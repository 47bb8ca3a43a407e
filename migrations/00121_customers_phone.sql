-- +goose Up
CREATE INDEX customers_phone ON customers (tenant_id, phone_hash);

-- +goose Down
DROP INDEX customers_phone ON customers;
