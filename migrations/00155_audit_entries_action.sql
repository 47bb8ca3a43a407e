-- +goose Up
CREATE INDEX audit_entries_action ON audit_entries (tenant_id, action, at);

-- +goose Down
DROP INDEX audit_entries_action ON audit_entries;
