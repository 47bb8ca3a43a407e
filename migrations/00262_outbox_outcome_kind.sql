-- +goose Up
CREATE INDEX outbox_outcome ON outbox (tenant_id, outcome, kind, created_at);

-- +goose Down
DROP INDEX outbox_outcome ON outbox;
