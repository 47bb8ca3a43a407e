-- +goose Up
CREATE INDEX user_messages_newest ON user_messages (tenant_id, created_at);

-- +goose Down
DROP INDEX user_messages_newest ON user_messages;
