-- +goose Up
CREATE TABLE service_categories (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  tenant_id BIGINT NOT NULL,
  public_id VARCHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(80) NOT NULL COMMENT 'as customers see it',
  position INT NOT NULL DEFAULT 0 COMMENT 'order on pages',
  version INT NOT NULL DEFAULT 1,
  created_at DATETIME(6) NOT NULL COMMENT 'UTC',
  UNIQUE KEY service_categories_tenant_id (tenant_id, id),
  UNIQUE KEY service_categories_public_id (tenant_id, public_id),
  CONSTRAINT service_categories_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE service_categories;
