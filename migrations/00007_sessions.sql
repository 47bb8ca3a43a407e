-- +goose Up
CREATE TABLE sessions (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  token_hash BINARY(32) NOT NULL COMMENT 'SHA-256 of the random id in the cookie',
  user_id BIGINT NOT NULL,
  tenant_id BIGINT NOT NULL COMMENT 'the business the user works in',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC',
  seen_at DATETIME(6) NOT NULL COMMENT 'UTC; written at most once a minute',
  expires_at DATETIME(6) NOT NULL COMMENT 'UTC',
  revoked_at DATETIME(6) NULL COMMENT 'UTC; NULL: valid until expires_at',
  UNIQUE KEY sessions_token_hash (token_hash),
  KEY sessions_user (user_id, revoked_at),
  KEY sessions_membership (tenant_id, user_id),
  CONSTRAINT sessions_membership_fk FOREIGN KEY (tenant_id, user_id) REFERENCES memberships (tenant_id, user_id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE sessions;
