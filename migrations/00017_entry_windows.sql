-- +goose Up
CREATE TABLE entry_windows (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  tenant_id BIGINT NOT NULL,
  entry_id BIGINT NOT NULL,
  weekday INT NOT NULL COMMENT '0 any day, 1 Monday to 7 Sunday',
  from_minute INT NOT NULL COMMENT 'local minute of day',
  to_minute INT NOT NULL COMMENT 'local minute of day, at most 1440',
  preferred BOOLEAN NOT NULL DEFAULT FALSE COMMENT 'earns the preferred-time bonus',
  KEY entry_windows_entry (tenant_id, entry_id),
  CONSTRAINT entry_windows_entry_fk FOREIGN KEY (tenant_id, entry_id) REFERENCES entries (tenant_id, id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE entry_windows;
