-- +goose Up
CREATE TABLE passkey_challenges (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  token_hash BINARY(32) NOT NULL COMMENT 'SHA-256 of the random id in the cookie',
  purpose VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  user_id BIGINT NULL COMMENT 'whom it was made for; NULL: whoever logs in',
  ceremony VARBINARY(8192) NOT NULL COMMENT 'JSON: what the answer is checked against, the challenge above all',
  expires_at DATETIME(6) NOT NULL COMMENT 'UTC',
  UNIQUE KEY passkey_challenges_token_hash (token_hash),
  KEY passkey_challenges_user (user_id),
  KEY passkey_challenges_expires (expires_at),
  CONSTRAINT passkey_challenges_user_fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE RESTRICT,
  CONSTRAINT passkey_challenges_purpose CHECK (purpose IN ('add', 'log_in', 'prove'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE passkey_challenges;
