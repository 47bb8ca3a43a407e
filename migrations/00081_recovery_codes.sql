-- +goose Up
CREATE TABLE recovery_codes (
  user_id BIGINT NOT NULL,
  code_hash BINARY(32) NOT NULL COMMENT 'SHA-256 of a random code of 80 bits',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC',
  used_at DATETIME(6) NULL COMMENT 'UTC; NULL: still good',
  PRIMARY KEY (user_id, code_hash),
  CONSTRAINT recovery_codes_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE recovery_codes;
