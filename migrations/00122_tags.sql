-- +goose Up
CREATE TABLE tags (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  tenant_id BIGINT NOT NULL,
  public_id VARCHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(40) NOT NULL COMMENT 'as the business wrote it; never about one person',
  live_name VARCHAR(80) NULL COMMENT 'the name in lower case while the tag is in use, so that no two look alike; NULL: removed',
  colour VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'one of the palette of the pages, which knows its contrast',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC',
  version INT NOT NULL DEFAULT 1,
  UNIQUE KEY tags_tenant_id (tenant_id, id),
  UNIQUE KEY tags_public_id (tenant_id, public_id),
  UNIQUE KEY tags_live_name (tenant_id, live_name),
  CONSTRAINT tags_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE tags;
