-- +goose Up
CREATE INDEX offers_time ON offers (tenant_id, created_at);

-- +goose Down
DROP INDEX offers_time ON offers;
