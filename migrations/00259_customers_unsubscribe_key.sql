-- +goose Up
CREATE UNIQUE INDEX customers_unsubscribe ON customers (unsubscribe_hash);

-- +goose Down
DROP INDEX customers_unsubscribe ON customers;
