-- +goose Up
ALTER TABLE closures ADD UNIQUE KEY closures_tenant_id (tenant_id, id);

-- +goose Down
ALTER TABLE closures DROP KEY closures_tenant_id;
