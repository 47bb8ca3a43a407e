-- +goose Up
ALTER TABLE offers ADD KEY offers_made (tenant_id, created_at, state);

-- +goose Down
ALTER TABLE offers DROP KEY offers_made;
