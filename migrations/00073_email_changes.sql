-- +goose Up
CREATE TABLE email_changes (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  user_id BIGINT NOT NULL COMMENT 'a new change takes the place of the last',
  public_id VARCHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  new_email VARBINARY(1024) NOT NULL COMMENT 'sealed under the system data key',
  new_email_hash BINARY(32) NOT NULL COMMENT 'look-up HMAC, business 0',
  new_token_hash BINARY(32) NOT NULL COMMENT 'SHA-256 of the token in the link to the new address',
  old_token_hash BINARY(32) NOT NULL COMMENT 'SHA-256 of the token in the link to the present address',
  new_agreed_at DATETIME(6) NULL COMMENT 'UTC; NULL: the new address has not confirmed yet',
  old_agreed_at DATETIME(6) NULL COMMENT 'UTC; NULL: the present address has not agreed yet',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC',
  expires_at DATETIME(6) NOT NULL COMMENT 'UTC',
  UNIQUE KEY email_changes_user (user_id),
  UNIQUE KEY email_changes_public_id (public_id),
  UNIQUE KEY email_changes_new_token (new_token_hash),
  UNIQUE KEY email_changes_old_token (old_token_hash),
  KEY email_changes_expiry (expires_at),
  CONSTRAINT email_changes_user_fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE email_changes;
