-- +goose Up
CREATE UNIQUE INDEX audit_entries_chain ON audit_entries (tenant_id, chain_sequence);

-- +goose Down
DROP INDEX audit_entries_chain ON audit_entries;
