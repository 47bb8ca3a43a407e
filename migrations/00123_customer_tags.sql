-- +goose Up
CREATE TABLE customer_tags (
  tenant_id BIGINT NOT NULL,
  tag_id BIGINT NOT NULL,
  customer_id BIGINT NOT NULL,
  given_at DATETIME(6) NOT NULL COMMENT 'UTC; tells an undo whether it is still the same giving',
  PRIMARY KEY (tenant_id, tag_id, customer_id),
  KEY customer_tags_customer (tenant_id, customer_id),
  CONSTRAINT customer_tags_tag FOREIGN KEY (tenant_id, tag_id) REFERENCES tags (tenant_id, id) ON DELETE RESTRICT,
  CONSTRAINT customer_tags_customer_fk FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE customer_tags;
