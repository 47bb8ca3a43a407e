-- +goose Up
CREATE TABLE pending_log_ins (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  token_hash BINARY(32) NOT NULL COMMENT 'SHA-256 of the random id in the cookie',
  user_id BIGINT NOT NULL COMMENT 'whose password was right',
  tenant_id BIGINT NOT NULL COMMENT 'the business that the session will be for, if the user still belongs to it then',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC',
  expires_at DATETIME(6) NOT NULL COMMENT 'UTC',
  UNIQUE KEY pending_log_ins_token_hash (token_hash),
  KEY pending_log_ins_user (user_id),
  KEY pending_log_ins_expires (expires_at),
  CONSTRAINT pending_log_ins_user_fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE pending_log_ins;
