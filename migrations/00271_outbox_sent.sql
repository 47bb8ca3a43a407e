-- +goose Up
ALTER TABLE outbox ADD KEY outbox_sent (tenant_id, sent_at);

-- +goose Down
ALTER TABLE outbox DROP KEY outbox_sent;
