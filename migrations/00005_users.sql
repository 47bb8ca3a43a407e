-- +goose Up
CREATE TABLE users (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  public_id VARCHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARBINARY(512) NOT NULL COMMENT 'sealed under the system data key',
  email VARBINARY(1024) NOT NULL COMMENT 'sealed under the system data key',
  email_hash BINARY(32) NOT NULL COMMENT 'look-up HMAC, business 0',
  password_hash VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Argon2id, PHC form',
  locale VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC',
  UNIQUE KEY users_public_id (public_id),
  UNIQUE KEY users_email_hash (email_hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE users;
