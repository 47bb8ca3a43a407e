-- +goose Up
CREATE TABLE list_caps (
  tenant_id BIGINT NOT NULL,
  service_id BIGINT NOT NULL,
  list_cap INT NOT NULL COMMENT 'live entries for the service at most',
  PRIMARY KEY (tenant_id, service_id),
  CONSTRAINT list_caps_service FOREIGN KEY (tenant_id, service_id) REFERENCES services (tenant_id, id) ON DELETE RESTRICT,
  CONSTRAINT list_caps_cap CHECK (list_cap > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE list_caps;
