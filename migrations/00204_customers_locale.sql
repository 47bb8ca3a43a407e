-- +goose Up
CREATE INDEX customers_locale ON customers (tenant_id, locale);

-- +goose Down
DROP INDEX customers_locale ON customers;
