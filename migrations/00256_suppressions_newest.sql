-- +goose Up
CREATE INDEX suppressions_newest ON suppressions (tenant_id, created_at);

-- +goose Down
DROP INDEX suppressions_newest ON suppressions;
