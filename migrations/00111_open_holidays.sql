-- +goose Up
CREATE TABLE open_holidays (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  tenant_id BIGINT NOT NULL,
  name VARCHAR(120) NOT NULL COMMENT 'of the holiday, in the language of its country',
  on_date DATE NULL COMMENT 'local, the one day on which it does not close the business; NULL: it never does',
  UNIQUE KEY open_holidays_tenant_id (tenant_id, id),
  UNIQUE KEY open_holidays_name (tenant_id, name, on_date),
  CONSTRAINT open_holidays_choice FOREIGN KEY (tenant_id) REFERENCES holiday_choices (tenant_id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE open_holidays;
