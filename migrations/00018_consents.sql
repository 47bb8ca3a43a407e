-- +goose Up
CREATE TABLE consents (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  tenant_id BIGINT NOT NULL,
  customer_id BIGINT NOT NULL,
  entry_id BIGINT NOT NULL,
  wording TEXT NOT NULL COMMENT 'the exact text agreed to',
  locale VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  given_at DATETIME(6) NOT NULL COMMENT 'UTC',
  KEY consents_customer (tenant_id, customer_id),
  KEY consents_entry (tenant_id, entry_id),
  CONSTRAINT consents_entry_fk FOREIGN KEY (tenant_id, entry_id) REFERENCES entries (tenant_id, id) ON DELETE RESTRICT,
  CONSTRAINT consents_customer_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE consents;
