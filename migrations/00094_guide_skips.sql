-- +goose Up
CREATE TABLE guide_skips (
  tenant_id BIGINT NOT NULL,
  step VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'of the first-run guide, put off by somebody',
  skipped_at DATETIME(6) NOT NULL COMMENT 'UTC',
  PRIMARY KEY (tenant_id, step),
  CONSTRAINT guide_skips_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE guide_skips;
