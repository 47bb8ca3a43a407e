-- +goose Up
INSERT INTO slugs (slug, tenant_id, since) SELECT slug, id, created_at FROM tenants;

-- +goose Down
DELETE FROM slugs;
