-- +goose Up
CREATE INDEX audit_entries_actor ON audit_entries (tenant_id, actor, actor_id, at);

-- +goose Down
DROP INDEX audit_entries_actor ON audit_entries;
