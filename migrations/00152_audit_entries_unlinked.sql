-- +goose Up
CREATE INDEX audit_entries_unlinked ON audit_entries (chain_sequence, tenant_id);

-- +goose Down
DROP INDEX audit_entries_unlinked ON audit_entries;
