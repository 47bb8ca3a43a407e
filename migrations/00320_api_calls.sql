-- +goose Up
CREATE TABLE api_calls (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  tenant_id BIGINT NOT NULL,
  key_id BIGINT NOT NULL COMMENT 'API key that called',
  name_hash BINARY(32) NOT NULL COMMENT 'SHA-256 of the Idempotency-Key',
  request_hash BINARY(32) NOT NULL COMMENT 'SHA-256 of method, address, body and the headers that matter',
  claim BINARY(16) NOT NULL COMMENT 'random; of whoever carries it out',
  claimed_until DATETIME(6) NOT NULL COMMENT 'UTC; from then on whoever carries it out is taken for dead',
  answer MEDIUMBLOB NULL COMMENT 'sealed JSON: status, headers and body; NULL: not answered yet',
  created_at DATETIME(6) NOT NULL COMMENT 'UTC; kept for a day from then on',
  UNIQUE KEY api_calls_tenant_id (tenant_id, id),
  UNIQUE KEY api_calls_name (tenant_id, key_id, name_hash),
  KEY api_calls_age (created_at),
  CONSTRAINT api_calls_key FOREIGN KEY (tenant_id, key_id) REFERENCES api_keys (tenant_id, id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE api_calls;
