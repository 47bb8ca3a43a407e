-- +goose Up
CREATE TABLE api_keys (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  tenant_id BIGINT NOT NULL,
  public_id VARCHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'what the holder names to get an access token: client_id',
  name VARCHAR(60) NOT NULL COMMENT 'as the business calls it; never personal data',
  scopes VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'words of rules.Scope in their order, a blank between two',
  secret_hash BINARY(32) NOT NULL COMMENT 'SHA-256 of the secret',
  old_secret_hash BINARY(32) NULL COMMENT 'SHA-256 of the secret before the last rotation; NULL: there was none, or it ended with the rotation',
  old_secret_until DATETIME(6) NULL COMMENT 'UTC; from then on the old secret is refused; NULL exactly when old_secret_hash is',
  old_secret_used_at DATETIME(6) NULL COMMENT 'UTC; when the old secret was last used since the rotation, to the minute; NULL: not since',
  token_version INT NOT NULL DEFAULT 1 COMMENT 'access tokens of another one are refused',
  version INT NOT NULL DEFAULT 1 COMMENT 'raised by each change, rotation and by the revocation',
  made_by BIGINT NOT NULL COMMENT 'user',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC',
  rotated_at DATETIME(6) NULL COMMENT 'UTC; when the secret was last replaced; NULL: never',
  last_used_at DATETIME(6) NULL COMMENT 'UTC; to the minute; NULL: never',
  expires_at DATETIME(6) NULL COMMENT 'UTC; from then on the key is refused; NULL: it does not expire',
  revoked_at DATETIME(6) NULL COMMENT 'UTC; final; NULL: not revoked',
  UNIQUE KEY api_keys_tenant_id (tenant_id, id),
  UNIQUE KEY api_keys_public_id (public_id),
  KEY api_keys_made_by (made_by),
  CONSTRAINT api_keys_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT,
  CONSTRAINT api_keys_made_by_fk FOREIGN KEY (made_by) REFERENCES users (id) ON DELETE RESTRICT,
  CONSTRAINT api_keys_old_secret CHECK ((old_secret_hash IS NULL) = (old_secret_until IS NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE api_keys;
