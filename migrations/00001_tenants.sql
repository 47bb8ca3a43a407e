-- +goose Up
CREATE TABLE tenants (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  public_id VARCHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  slug VARCHAR(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'lower-case letters, digits and hyphens; part of the public address',
  wrapped_key VARBINARY(255) NOT NULL COMMENT 'the data key of the business, wrapped by ENCRYPTION_KEY',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC',
  UNIQUE KEY tenants_public_id (public_id),
  UNIQUE KEY tenants_slug (slug)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE tenants;
