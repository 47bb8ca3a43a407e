-- +goose Up
CREATE TABLE password_links (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  user_id BIGINT NOT NULL COMMENT 'a new link takes the place of the last',
  token_hash BINARY(32) NOT NULL COMMENT 'SHA-256 of the link token',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC',
  expires_at DATETIME(6) NOT NULL COMMENT 'UTC',
  UNIQUE KEY password_links_user (user_id),
  UNIQUE KEY password_links_token_hash (token_hash),
  CONSTRAINT password_links_user_fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE password_links;
