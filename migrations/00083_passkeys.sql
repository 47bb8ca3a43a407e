-- +goose Up
CREATE TABLE passkeys (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  public_id VARCHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  user_id BIGINT NOT NULL,
  name VARBINARY(512) NOT NULL COMMENT 'sealed under the system data key; as its owner calls it',
  credential_hash BINARY(32) NOT NULL COMMENT 'SHA-256 of credential_id',
  credential_id VARBINARY(1023) NOT NULL COMMENT 'as the authenticator chose it',
  public_key VARBINARY(4096) NOT NULL COMMENT 'COSE',
  sign_count BIGINT NOT NULL COMMENT 'the last the authenticator told; 0: it does not count',
  transports VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'how it can be reached, comma list of WebAuthn words; may be empty',
  backup_eligible BOOLEAN NOT NULL COMMENT 'it may live on several devices; never changes',
  backed_up BOOLEAN NOT NULL COMMENT 'it does, as last told',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC',
  used_at DATETIME(6) NULL COMMENT 'UTC; NULL: never',
  UNIQUE KEY passkeys_public_id (public_id),
  UNIQUE KEY passkeys_credential (credential_hash),
  KEY passkeys_user (user_id),
  CONSTRAINT passkeys_user_fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE passkeys;
