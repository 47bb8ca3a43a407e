-- +goose Up
CREATE TABLE message_signatures (
  tenant_id BIGINT NOT NULL,
  language VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'one the catalogue is written in, such as de',
  signature VARCHAR(500) NOT NULL COMMENT 'ends each message to customers in this language; lines end in \\n; empty: none',
  version INT NOT NULL DEFAULT 0 COMMENT 'grows with every change',
  updated_at DATETIME(6) NOT NULL COMMENT 'UTC',
  PRIMARY KEY (tenant_id, language),
  CONSTRAINT message_signatures_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- +goose Down
DROP TABLE message_signatures;
