-- +goose Up
CREATE TABLE mail_status (
  id INT NOT NULL PRIMARY KEY COMMENT 'always 1: one sender for all businesses',
  failing_since DATETIME(6) NULL COMMENT 'UTC; NULL: sending works. While set no new offers are made',
  failures INT NOT NULL DEFAULT 0 COMMENT 'in a row',
  error_class VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  updated_at DATETIME(6) NOT NULL COMMENT 'UTC'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE mail_status;
