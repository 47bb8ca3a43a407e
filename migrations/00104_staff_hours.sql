-- +goose Up
CREATE TABLE staff_hours (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  tenant_id BIGINT NOT NULL,
  staff_member_id BIGINT NOT NULL,
  weekday INT NOT NULL COMMENT '1 Monday to 7 Sunday',
  from_minute INT NOT NULL COMMENT 'local minute of day',
  to_minute INT NOT NULL COMMENT 'local minute of day, at most 1440',
  UNIQUE KEY staff_hours_tenant_id (tenant_id, id),
  KEY staff_hours_staff_member (tenant_id, staff_member_id, weekday, from_minute),
  CONSTRAINT staff_hours_staff_member_fk FOREIGN KEY (tenant_id, staff_member_id) REFERENCES staff_members (tenant_id, id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE staff_hours;
