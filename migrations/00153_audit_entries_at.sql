-- +goose Up
CREATE INDEX audit_entries_at ON audit_entries (tenant_id, at);

-- +goose Down
DROP INDEX audit_entries_at ON audit_entries;
