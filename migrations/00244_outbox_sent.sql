-- +goose Up
CREATE INDEX outbox_sent ON outbox (tenant_id, sent_at);

-- +goose Down
DROP INDEX outbox_sent ON outbox;
