-- +goose Up
CREATE TABLE customer_prefixes (
  tenant_id BIGINT NOT NULL,
  prefix_hash BINARY(32) NOT NULL COMMENT 'look-up HMAC of the beginning of a word of the name',
  customer_id BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, prefix_hash, customer_id),
  KEY customer_prefixes_customer (tenant_id, customer_id),
  CONSTRAINT customer_prefixes_customer_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE customer_prefixes;
