-- +goose Up
CREATE TABLE system_keys (
  name VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY COMMENT 'token, lookup or data',
  wrapped_key VARBINARY(255) NOT NULL COMMENT 'wrapped by ENCRYPTION_KEY'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE system_keys;
