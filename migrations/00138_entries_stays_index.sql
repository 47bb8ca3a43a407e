-- +goose Up
CREATE INDEX entries_stays ON entries (tenant_id, state, stays_from);

-- +goose Down
DROP INDEX entries_stays ON entries;
