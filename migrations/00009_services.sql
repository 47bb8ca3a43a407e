-- +goose Up
CREATE TABLE services (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  tenant_id BIGINT NOT NULL,
  public_id VARCHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(120) NOT NULL,
  duration_minutes INT NOT NULL,
  buffer_minutes INT NOT NULL DEFAULT 0 COMMENT 'after the appointment, before the next',
  price_kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'amount, free or on_request',
  price_minor BIGINT NOT NULL DEFAULT 0 COMMENT 'minor units of the currency; 0 unless price_kind is amount',
  active BOOLEAN NOT NULL DEFAULT TRUE COMMENT 'false: removed; kept for the record',
  position INT NOT NULL DEFAULT 0 COMMENT 'order on pages',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC',
  UNIQUE KEY services_tenant_id (tenant_id, id),
  UNIQUE KEY services_public_id (tenant_id, public_id),
  CONSTRAINT services_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT,
  CONSTRAINT services_price CHECK (price_kind IN ('amount', 'free', 'on_request'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE services;
