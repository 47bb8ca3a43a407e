-- +goose Up
CREATE TABLE slugs (
  slug VARCHAR(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY COMMENT 'a public address that a business has or had: nobody else ever gets it',
  tenant_id BIGINT NOT NULL,
  since DATETIME(6) NOT NULL COMMENT 'UTC; when it became the address of the business for the first time',
  KEY slugs_tenant (tenant_id),
  CONSTRAINT slugs_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE slugs;
