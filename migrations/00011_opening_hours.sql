-- +goose Up
CREATE TABLE opening_hours (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  tenant_id BIGINT NOT NULL,
  weekday INT NOT NULL COMMENT '1 Monday to 7 Sunday',
  from_minute INT NOT NULL COMMENT 'local minute of day',
  to_minute INT NOT NULL COMMENT 'local minute of day, at most 1440',
  KEY opening_hours_tenant (tenant_id, weekday, from_minute),
  CONSTRAINT opening_hours_tenant_fk FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE opening_hours;
