-- +goose Up
ALTER TABLE services ADD CONSTRAINT services_category_fk FOREIGN KEY (tenant_id, category_id) REFERENCES service_categories (tenant_id, id) ON DELETE RESTRICT;

-- +goose Down
ALTER TABLE services DROP FOREIGN KEY services_category_fk;
