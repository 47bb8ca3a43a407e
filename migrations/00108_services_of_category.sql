-- +goose Up
ALTER TABLE services ADD KEY services_category (tenant_id, category_id);

-- +goose Down
ALTER TABLE services DROP KEY services_category;
