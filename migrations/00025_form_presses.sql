-- +goose Up
CREATE TABLE form_presses (
  tenant_id BIGINT NOT NULL COMMENT '0 where no business exists yet',
  press VARCHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'random, made with the form',
  result VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'public id of what the first press made',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC',
  PRIMARY KEY (tenant_id, press),
  KEY form_presses_age (created_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE form_presses;
