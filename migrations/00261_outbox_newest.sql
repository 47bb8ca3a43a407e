-- +goose Up
CREATE INDEX outbox_newest ON outbox (tenant_id, created_at);

-- +goose Down
DROP INDEX outbox_newest ON outbox;
